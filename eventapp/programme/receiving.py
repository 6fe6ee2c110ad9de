"""Brings a programme file and an event together: what its reader has to know of the event."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.programme.exchange_entries import ProgrammeDocument
from eventapp.programme.foreign import Reading, Target, read_any

_NIGHT = timedelta(hours=6)


def read_for(event: Event, content: bytes) -> Reading:
    """The programme in a file, read for this event. Raises BadProgramme with the reasons."""
    zone = ZoneInfo(event.zone)
    last_day = (event.ends_at - _NIGHT).astimezone(zone).date()
    target = Target(
        event.zone,
        event.starts_on,
        max(event.starts_on, last_day),
        tuple(room.name for room in rooms_of(event)),
    )
    return read_any(content, target)


def days_of(document: ProgrammeDocument) -> tuple[date, date] | None:
    """The days on which the programme begins and ends on the wall; None without any time.

    The hours after midnight belong to the day before.
    """
    moments = [session.starts_at for session in document.sessions if session.starts_at]
    zone = ZoneInfo(document.event.zone)
    if not moments:
        return None
    first, last = ((at - _NIGHT).astimezone(zone).date() for at in (min(moments), max(moments)))
    return first, last


def moved_to(document: ProgrammeDocument, first_day: date) -> ProgrammeDocument:
    """The same programme beginning on that day, at the same times on the wall."""
    days = days_of(document)
    return document.moved((first_day - days[0]).days) if days else document
