"""Holds stored programmes against the rules: rows in, conflicts out."""

from eventapp.foundation.i18n import localised
from eventapp.programme.kinds import SessionKind
from eventapp.programme.models import Contributor, Session, Slot
from eventapp.programme.queries import Programme
from eventapp.programme.timetable.arranging import Waiting
from eventapp.programme.timetable.checks import (
    Assignment,
    Checked,
    Conflict,
    Settings,
    Timetable,
    TimetableEvent,
    TimetablePerson,
    TimetableRoom,
    TimetableSession,
    TimetableSlot,
    conflicts,
)
from eventapp.programme.timetable.entries import session_label
from eventapp.programme.timetable.places import Place


def conflicts_in(programme: Programme) -> list[Conflict]:
    """What breaks a rule; keys are the ids of sessions, contributors and rooms."""
    return conflicts(timetable_of(programme))


def checked(programme: Programme) -> Checked:
    """The same, from which follows quickly what a change would mean."""
    return Checked.of(timetable_of(programme))


def timetable_of(programme: Programme) -> Timetable:
    """What rules look at: planned sessions, in the words of the reader's language."""
    event = programme.event
    rooms = {room.id: room for room in programme.rooms}
    rooms |= {each.room.id: each.room for each in programme.planned if each.room}
    return Timetable(
        TimetableEvent(event.zone, event.doors_at or event.starts_at, event.ends_at),
        [
            TimetableRoom(room.id, room.name, room.capacity, room.step_free)
            for room in rooms.values()
        ],
        [_person(contributor) for contributor in programme.contributors],
        [timetable_session(session) for session in programme.planned],
        Settings(event.min_room_change_minutes),
        [_slot(slot) for slot in programme.slots],
    )


def _slot(slot: Slot) -> TimetableSlot:
    return TimetableSlot(slot.id, localised(slot, "name"), slot.starts_at, slot.ends_at)


def _person(contributor: Contributor) -> TimetablePerson:
    return TimetablePerson(
        key=contributor.id,
        name=contributor.name,
        last_name=contributor.last_name or contributor.name,
        available_from=contributor.available_from,
        available_until=contributor.available_until,
        availability_fixed=contributor.availability_fixed,
        organisation=contributor.organisation_name,
    )


def waiting_rounds(programme: Programme) -> list[Waiting]:
    """The talk rounds without a time that nobody outside has seen: they may be put anywhere."""
    event = programme.event
    return [
        Waiting(session_at(each, Place(event.starts_at, event.ends_at, each.room_id, each.slot_id)))
        for each in programme.unplanned
        if each.kind is SessionKind.TALK_ROUND and each.may_be_deleted
    ]


def timetable_session(session: Session) -> TimetableSession:
    """A planned session as the rules see it."""
    if session.starts_at is None or session.ends_at is None:
        raise ValueError("a session without a time is in no timetable")
    place = Place(session.starts_at, session.ends_at, session.room_id, session.slot_id)
    return session_at(session, place)


def session_at(session: Session, place: Place) -> TimetableSession:
    """A session as the rules see it, somewhere."""
    return TimetableSession(
        key=session.id,
        label=session_label(session.kind, session.key, localised(session, "title")),
        kind=session.kind,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        room=place.room,
        capacity=session.capacity,
        assignments=tuple(
            Assignment(part.contributor_id, part.role, part.state) for part in session.contributions
        ),
        slot=place.slot,
        repeats=session.repeats_id,
    )
