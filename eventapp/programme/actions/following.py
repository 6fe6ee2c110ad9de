"""What a programme does when something below it moves: it follows in the same transaction.

Calendars name the room and the place of a session, so an entry changes with them although nobody
touched the session. The draft follows, and what was released follows by itself (`correcting`): a
released session is as much like its draft afterwards as it was before. Where only its entry
changes, the row is updated past its version: nothing that an organiser's open form shows has
changed.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event, Room
from eventapp.events.signals import days_shifted, entry_moved, room_renamed, venue_left
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock
from eventapp.programme import queries
from eventapp.programme.actions import correcting
from eventapp.programme.actions.revision import note
from eventapp.programme.models import Session, Slot
from eventapp.programme.release_queries import ids_shown

TIMES = ("starts_at", "ends_at")


@entry_moved.connect
def renew_entries(event: Event) -> None:
    """Date, place or status of the event stand in the entries of all its sessions.

    Their sequence grows with that of the event, see `calendar_entry`.
    """
    shown = update(Session).where(Session.id.in_(ids_shown(event)))
    db.session.execute(shown.values(last_modified_at=clock.now()))


@room_renamed.connect
def move_entries(room: Room) -> None:
    """Whoever looks for the old name would not find the room: the sessions there have moved."""
    correcting.rename_room(room)


@venue_left.connect
def leave_rooms(event: Event, by: Actor) -> None:
    """Sessions are without a room until somebody gives them one of the new venue."""
    for session in queries.sessions_in_rooms(event):
        room_id, session.room = session.room_id, None
        _note(session, {"room_id": (room_id, None)}, by)
    correcting.leave_rooms(event, by=by)


@days_shifted.connect
def move_along(event: Event, days: int, by: Actor) -> None:
    """Slots and sessions keep their times of day on the event's new day."""
    for slot in queries.slots_of(event):
        lock(slot)
        note(by, "slot.changed", slot, event, different=_shifted(slot, event.zone, days))
    for session in queries.sessions_with_time(event):
        _note(session, _shifted(session, event.zone, days), by)
    correcting.shift_days(event, lambda at: _days_later(at, event.zone, days), by=by)


def _note(session: Session, different: dict[str, tuple[object, object]], by: Actor) -> None:
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
