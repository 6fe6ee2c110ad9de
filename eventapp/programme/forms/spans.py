"""When something begins and ends, as people type it who mean the night after the event's day."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from eventapp.events.forms.fields import moment_of
from eventapp.events.models import Event

_DAY = timedelta(days=1)
Span = tuple[datetime | None, datetime | None]


def read_span(form: Any, event: Event, day: date, last_day: date | None = None) -> Span:
    """The moments of the fields `starts` and `ends`; what is wrong stands beside them afterwards.

    At an event that passes midnight, 00:30 on its first day and an end before the start are meant
    on the next day, where that lies within the event. Nobody has to think of the date at night.
    """
    starts, ends = form.starts.data, form.ends.data
    if starts is not None and _means_next_day(event, day, starts):
        day += _DAY
    until = last_day or day
    if starts and ends and not last_day and ends <= starts and _within(event, day + _DAY, ends):
        until = day + _DAY
    starts_at = moment_of(form.starts, day, starts, event.zone)
    ends_at = moment_of(form.ends, until, ends, event.zone)
    if starts_at and ends_at and ends_at <= starts_at:
        form.ends.errors = [_("The end must come after the start.")]
    return starts_at, ends_at


def _means_next_day(event: Event, day: date, starts: time) -> bool:
    """Whether this time is over before the event begins, and the next day's is within it."""
    begins = min(event.doors_at or event.starts_at, event.starts_at)
    first = day == event.starts_on
    return first and _moment(event, day, starts) < begins and _within(event, day + _DAY, starts)


def _within(event: Event, day: date, clock_time: time) -> bool:
    return _moment(event, day, clock_time) <= event.ends_at


def _moment(event: Event, day: date, clock_time: time) -> datetime:
    """What a wall clock would show then, also at a time that the clocks leave out."""
    return datetime.combine(day, clock_time, ZoneInfo(event.zone)).astimezone(UTC)
