"""What a programme does when something below it moves: it follows in the same transaction.

Calendars name the room and the place of a session, so an entry changes with them although nobody
touched the session. Where only its entry changes, the row is updated past its version: nothing
that an organiser's open form shows has changed.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, update

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event, Room
from eventapp.events.signals import days_shifted, entry_moved, room_renamed, venue_left
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock
from eventapp.programme import queries
from eventapp.programme.actions.revision import note, touch_session
from eventapp.programme.models import Session, Slot
from eventapp.programme.states import IN_CALENDARS, SessionState

TIMES = ("starts_at", "ends_at")


@entry_moved.connect
def renew_entries(event: Event) -> None:
    """Date, place or status of the event stand in the entries of all its sessions.

    Their sequence grows with that of the event, see `calendar_entry`.
    """
    _renew(Session.event_id == event.id)


@room_renamed.connect
def move_entries(room: Room) -> None:
    """Whoever looks for the old name would not find the room: the sessions there have moved."""
    _renew(Session.room_id == room.id, sequence=Session.sequence + 1)


@venue_left.connect
def leave_rooms(event: Event, by: Actor) -> None:
    """Sessions are without a room until somebody gives them one of the new venue."""
    for session in queries.sessions_in_rooms(event):
        different: dict[str, tuple[object, object]] = {"room_id": (session.room_id, None)}
        session.room = None
        _moved(session, different, by)


@days_shifted.connect
def move_along(event: Event, days: int, by: Actor) -> None:
    """Slots and sessions keep their times of day on the event's new day."""
    for slot in queries.slots_of(event):
        lock(slot)
        note(by, "slot.changed", slot, event, different=_shifted(slot, event.zone, days))
    for session in queries.sessions_with_time(event):
        _moved(session, _shifted(session, event.zone, days), by)


def _renew(which: ColumnElement[bool], **more: Any) -> None:
    """Give entries in calendars a new moment of change."""
    db.session.execute(
        update(Session)
        .where(which, Session.state.in_(IN_CALENDARS))
        .values(last_modified_at=clock.now(), **more)
    )


def _moved(session: Session, different: dict[str, tuple[object, object]], by: Actor) -> None:
    if session.state is SessionState.PUBLISHED:
        session.move_to(SessionState.CHANGED)
    touch_session(session, different)
    note(by, "session.changed", session, session.event, different=different)


def _shifted(row: Session | Slot, zone: str, days: int) -> dict[str, tuple[object, object]]:
    """Move a row that has times by whole days; gives both versions of them."""
    before = {name: getattr(row, name) for name in TIMES}
    for name, moment in before.items():
        setattr(row, name, _days_later(moment, zone, days))
    return {name: (before[name], getattr(row, name)) for name in TIMES}


def _days_later(moment: datetime, zone: str, days: int) -> datetime:
    """The same time on the wall clock, days later."""
    return (moment.astimezone(ZoneInfo(zone)) + timedelta(days=days)).astimezone(UTC)
