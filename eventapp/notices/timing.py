"""When notices are due and from when on they are pointless. Pure.

Days are counted on the wall calendar of the event's zone.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eventapp.notices.states import NoticeKind

REMINDER_DAYS = 14
"""A reminder goes out so many days before the deadline: four weeks before the usual event."""
PRACTICAL_DAYS = 7
HOUR = time(9)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDays:
    """The dates of an event that its notices hang on."""

    starts_at: datetime
    zone: str
    reply_by_on: date | None

    @property
    def starts_on(self) -> date:
        """The day on which it begins."""
        return local(self.starts_at, self.zone).date()

    @property
    def deadline(self) -> date:
        """The last day for answers; without one they are welcome until the event begins."""
        return self.reply_by_on or self.starts_on


def local(moment: datetime, zone: str) -> datetime:
    """A moment on the wall clock of the zone."""
    return moment.astimezone(ZoneInfo(zone))


def anchor(kind: NoticeKind, days: EventDays) -> date:
    """The day from which the days before are counted."""
    return days.deadline if kind is NoticeKind.REMINDER else days.starts_on


def usual_due(kind: NoticeKind, days: EventDays, *, made_at: datetime) -> datetime:
    """When the notice that exists by rule is due, at nine in the morning.

    The reminder waits for half of the time between `made_at`, when the event came to be, and the
    deadline where that is shorter: nobody is reminded of what arrived yesterday.
    """
    last = anchor(kind, days)
    before = PRACTICAL_DAYS
    if kind is NoticeKind.REMINDER:
        lead = (last - local(made_at, days.zone).date()).days
        before = min(REMINDER_DAYS, max(lead // 2, 0))
    return _moment(last - timedelta(days=before), HOUR, days.zone)


def next_reminder(days: EventDays, *, now: datetime) -> datetime:
    """When another reminder is proposed: at nine, half of the time left before it is pointless.

    On the last day within the hour, as far as there is one.
    """
    today, end = local(now, days.zone).date(), closes_at(NoticeKind.REMINDER, days)
    left = (days.deadline - today).days
    morning = _moment(today + timedelta(days=max(left // 2, 1)), HOUR, days.zone)
    if morning < end:
        return morning
    soon = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return soon if soon < end else now


def closes_at(kind: NoticeKind, days: EventDays) -> datetime:
    """From when on the notice is pointless: the deadline is over, or the event has begun."""
    if kind is NoticeKind.PRACTICAL:
        return days.starts_at
    midnight = _moment(days.deadline + timedelta(days=1), time(0), days.zone)
    return min(midnight, days.starts_at)


def moved_along(
    due_at: datetime, kind: NoticeKind, *, before: EventDays, after: EventDays
) -> datetime:
    """As many days before the event or its deadline as before, at the same time of the day."""
    wall = local(due_at, before.zone)
    days = anchor(kind, after) - anchor(kind, before)
    return _moment(wall.date() + days, wall.time(), after.zone)


def _moment(day: date, clock_time: time, zone: str) -> datetime:
    return datetime.combine(day, clock_time, ZoneInfo(zone)).astimezone(UTC)
