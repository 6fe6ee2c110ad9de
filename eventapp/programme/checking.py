"""Holds stored programmes against the rules: rows in, conflicts out."""

from eventapp.foundation.i18n import localised
from eventapp.programme.models import Contributor, Session
from eventapp.programme.queries import Programme
from eventapp.programme.timetable import (
    Assignment,
    Conflict,
    Settings,
    Timetable,
    TimetableEvent,
    TimetablePerson,
    TimetableRoom,
    TimetableSession,
    conflicts,
)
from eventapp.programme.timetable_entries import session_label


def conflicts_in(programme: Programme) -> list[Conflict]:
    """What breaks a rule; keys are the ids of sessions, contributors and rooms."""
    return conflicts(timetable_of(programme))


def timetable_of(programme: Programme) -> Timetable:
    """What rules look at: planned sessions, in the words of the reader's language."""
    event = programme.event
    rooms = {room.id: room for room in programme.rooms}
    rooms |= {each.room.id: each.room for each in programme.planned if each.room}
    return Timetable(
        TimetableEvent(event.zone, event.doors_at or event.starts_at, event.ends_at),
        [TimetableRoom(room.id, room.name, room.capacity) for room in rooms.values()],
        [_person(contributor) for contributor in programme.contributors],
        [timetable_session(session) for session in programme.planned],
        Settings(event.min_room_change_minutes),
    )


def _person(contributor: Contributor) -> TimetablePerson:
    return TimetablePerson(
        key=contributor.id,
        name=contributor.name,
        last_name=contributor.last_name or contributor.name,
        available_from=contributor.available_from,
        available_until=contributor.available_until,
        availability_fixed=contributor.availability_fixed,
    )


def timetable_session(session: Session) -> TimetableSession:
    """A planned session as the rules see it."""
    if session.starts_at is None or session.ends_at is None:
        raise ValueError("a session without a time is in no timetable")
    return TimetableSession(
        key=session.id,
        label=session_label(session.kind, session.key, localised(session, "title")),
        kind=session.kind,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        room=session.room_id,
        capacity=session.capacity,
        assignments=tuple(
            Assignment(part.contributor_id, part.role, part.state) for part in session.contributions
        ),
    )
