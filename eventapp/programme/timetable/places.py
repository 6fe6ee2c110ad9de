"""Where a session could stand: times and rooms that are free of hard conflicts. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from eventapp.programme.kinds import CALM, FOR_EVERYBODY
from eventapp.programme.timetable.conflicts import Key
from eventapp.programme.timetable.entries import (
    Timetable,
    TimetableRoom,
    TimetableSession,
    TimetableSlot,
)

STEP = timedelta(minutes=5)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Place:
    """When and where a session is; `slot` is the one to which its time belongs."""

    starts_at: datetime
    ends_at: datetime
    room: Key | None
    slot: Key | None = None

    @property
    def span(self) -> Span:
        """From when to when."""
        return self.starts_at, self.ends_at


def place_of(session: TimetableSession) -> Place:
    """Where a session is now."""
    return Place(session.starts_at, session.ends_at, session.room, session.slot)


def put_at(session: TimetableSession, place: Place) -> TimetableSession:
    """The session at another place."""
    return replace(
        session,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        room=place.room,
        slot=place.slot,
    )


def in_slot(slot: TimetableSlot, room: Key | None) -> Place:
    """A room at the time of a slot."""
    return Place(slot.starts_at, slot.ends_at, room, slot.key)


@dataclass(slots=True)
class Occupancy:
    """Which rooms and people are taken when; sessions can be added and taken away again."""

    timetable: Timetable
    rooms: dict[Key, list[Span]] = field(default_factory=dict)
    people: dict[Key, list[tuple[datetime, datetime, Key | None]]] = field(default_factory=dict)

    @classmethod
    def of(cls, timetable: Timetable, *, without: Collection[Key] = ()) -> "Occupancy":
        """What all sessions take but those with these keys."""
        occupancy = cls(timetable)
        for session in timetable.sessions:
            if session.runs and session.key not in without:
                occupancy.add(session)
        return occupancy

    def add(self, session: TimetableSession) -> None:
        """Its room and its people are taken."""
        if session.room is not None:
            self.rooms.setdefault(session.room, []).append((session.starts_at, session.ends_at))
        for person in people_of(session):
            taken = session.starts_at, session.ends_at, session.room
            self.people.setdefault(person, []).append(taken)

    def remove(self, session: TimetableSession) -> None:
        """They are free again."""
        if session.room is not None:
            self.rooms[session.room].remove((session.starts_at, session.ends_at))
        for person in people_of(session):
            self.people[person].remove((session.starts_at, session.ends_at, session.room))

    def is_free(self, room: Key, span: Span) -> bool:
        """Whether nobody else has the room."""
        return not any(start < span[1] and span[0] < end for start, end in self.rooms.get(room, ()))

    def are_free(self, session: TimetableSession, span: Span) -> bool:
        """Whether all people of the session can be there, as far as it is certain."""
        return all(self.can_be_there(person, span) for person in people_of(session))

    def can_be_there(self, key: Key, span: Span) -> bool:
        """Whether nothing else and no fixed availability keeps the person away."""
        person = self.timetable.person_of[key]
        if person.availability_fixed and not person.is_there(*span):
            return False
        return not any(
            start < span[1] and span[0] < end for start, end, _room in self.people.get(key, ())
        )

    def hurried(self, session: TimetableSession) -> int:
        """How many of its people would have too little time to come from or go to other rooms."""
        least = timedelta(minutes=self.timetable.settings.min_room_change_minutes)
        return sum(
            any(
                room not in {None, session.room}
                and (
                    session.ends_at <= start < session.ends_at + least
                    or session.starts_at - least < end <= session.starts_at
                )
                for start, end, room in self.people.get(person, ())
            )
            for person in people_of(session)
        )

    def takes_place(self, span: Span) -> bool:
        """Whether the time lies within the event."""
        event = self.timetable.event
        return event.opens_at <= span[0] < span[1] <= event.ends_at


def beside(timetable: Timetable, session: TimetableSession, span: Span) -> bool:
    """Whether it would run beside something that is meant for everybody, or be that itself."""
    return any(
        other.starts_at < span[1]
        and span[0] < other.ends_at
        and other.key != session.key
        and other.kind not in CALM
        and (session.kind in FOR_EVERYBODY or other.kind in FOR_EVERYBODY)
        for other in timetable.sessions
    )


def people_of(session: TimetableSession) -> list[Key]:
    """Who is to be there, each once."""
    return list(dict.fromkeys(part.person for part in session.assignments if part.counts))


def is_large_enough(room: TimetableRoom, session: TimetableSession) -> bool:
    """Whether the session's places fit into the room."""
    return room.capacity is None or (session.capacity or 0) <= room.capacity


def reaches(room: TimetableRoom, session: TimetableSession, timetable: Timetable) -> bool:
    """Whether everybody who contributes gets in."""
    return room.step_free or not any(
        timetable.person_of[key].needs_step_free for key in people_of(session)
    )


def roomy(room: TimetableRoom, session: TimetableSession) -> tuple[int, int]:
    """Smaller is better: known seats before unknown, and of these the tightest fit."""
    if room.capacity is None:
        return 1, 0
    return 0, room.capacity - (session.capacity or 0)
