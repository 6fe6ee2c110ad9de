"""What a timetable is made of: plain frozen things, so that rules can be tried without a database.

Moments are aware and UTC; keys are whatever the caller identifies rows by.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from eventapp.foundation.message import Message, message
from eventapp.programme.kinds import MODERATED, Role, SessionKind
from eventapp.programme.states import NAMED_IN_PUBLIC, OUT, ContributorState
from eventapp.programme.timetable.conflicts import Key


@dataclass(frozen=True, slots=True)
class TimetableEvent:
    """The frame: from the opening of the doors to the end, on the wall clock of an IANA zone."""

    zone: str
    opens_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class TimetableRoom:
    """A room; without capacity, nobody has counted its seats."""

    key: Key
    name: str
    capacity: int | None = None
    step_free: bool = True


@dataclass(frozen=True, slots=True)
class TimetableSlot:
    """A time in which talk rounds run side by side."""

    key: Key
    name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class TimetablePerson:
    """A contributor, when they can be there, and whether that is fixed or a wish."""

    key: Key
    name: str
    last_name: str
    available_from: datetime | None = None
    available_until: datetime | None = None
    availability_fixed: bool = False
    organisation: str = ""
    needs_step_free: bool = False

    def is_there(self, start: datetime, end: datetime) -> bool:
        """Whether the person can be there for all of that time."""
        early = self.available_from is not None and start < self.available_from
        return not early and not (self.available_until is not None and end > self.available_until)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person's part in a session, and how sure it is."""

    person: Key
    role: Role
    state: ContributorState = ContributorState.AGREED

    @property
    def agreed(self) -> bool:
        """Whether the person has said yes, so that the name may be public."""
        return self.state in NAMED_IN_PUBLIC

    @property
    def counts(self) -> bool:
        """Whether to plan with this person: not declined, not dropped out."""
        return self.state not in OUT


def session_label(kind: SessionKind, key: str, title: str) -> str | Message:
    """What people call a session: a talk round by its key, "T2", the others by their title."""
    if kind is SessionKind.TALK_ROUND:
        return key
    return message("“%(title)s”", title=title)


@dataclass(frozen=True, slots=True)
class TimetableSession:
    """A session with its time; `label` is what people call it, see `session_label`.

    `repeats` is the session whose content it offers once more.
    """

    key: Key
    label: str | Message
    kind: SessionKind
    starts_at: datetime
    ends_at: datetime
    room: Key | None = None
    capacity: int | None = None
    assignments: tuple[Assignment, ...] = ()
    slot: Key | None = None
    repeats: Key | None = None

    @property
    def content(self) -> Key:
        """What it is about: a repetition has the content of the session it repeats."""
        return self.key if self.repeats is None else self.repeats

    @property
    def runs(self) -> bool:
        """Whether it has a length at all; one that ends before it begins blocks nobody."""
        return self.starts_at < self.ends_at

    @property
    def order(self) -> tuple[datetime, datetime, str]:
        """By time; sessions of one time in an order that does not depend on the input's."""
        return self.starts_at, self.ends_at, str(self.key)


@dataclass(frozen=True, slots=True)
class Settings:
    """What an event may set about its rules; 0 minutes for setting up ask for nothing."""

    min_room_change_minutes: int = 10
    setup_minutes: int = 0
    moderated_kinds: frozenset[SessionKind] = MODERATED


@dataclass(frozen=True)
class Timetable:
    """One event's programme, as far as rules look at it. Cancelled sessions are left out."""

    event: TimetableEvent
    rooms: Sequence[TimetableRoom]
    persons: Sequence[TimetablePerson]
    sessions: Sequence[TimetableSession]
    settings: Settings = Settings()
    slots: Sequence[TimetableSlot] = ()

    @cached_property
    def room_of(self) -> dict[Key, TimetableRoom]:
        """Rooms by their key."""
        return {room.key: room for room in self.rooms}

    @cached_property
    def person_of(self) -> dict[Key, TimetablePerson]:
        """Persons by their key."""
        return {person.key: person for person in self.persons}

    @cached_property
    def agendas(self) -> list[tuple[TimetablePerson, list[TimetableSession]]]:
        """Each person with the sessions that run with them, by time."""
        sessions: dict[Key, dict[Key, TimetableSession]] = {}
        for session in sorted(self.sessions, key=lambda each: each.order):
            for part in session.assignments if session.runs else ():
                if part.counts:
                    sessions.setdefault(part.person, {})[session.key] = session
        return [(self.person_of[key], [*theirs.values()]) for key, theirs in sessions.items()]

    def parts(self, session: TimetableSession) -> Iterator[tuple[TimetablePerson, Assignment]]:
        """Who does what in a session, in its order."""
        for part in session.assignments:
            yield self.person_of[part.person], part

    def wall(self, moment: datetime) -> str:
        """The time on the event's wall clock, with the day if it is not the event's first."""
        zone = ZoneInfo(self.event.zone)
        local = moment.astimezone(zone)
        first_day = self.event.opens_at.astimezone(zone).date()
        return local.strftime("%H:%M" if local.date() == first_day else "%d.%m., %H:%M")

    def span(self, start: datetime, end: datetime) -> str:
        """From when to when on the event's wall clock: "16:50–17:35"."""
        return f"{self.wall(start)}–{end.astimezone(ZoneInfo(self.event.zone)):%H:%M}"

    def place(self, session: TimetableSession) -> Message | str:
        """A session and where it is: "T2 (Akademie 2)"."""
        room = None if session.room is None else self.room_of[session.room]
        if room is None:
            return session.label
        return message("%(session)s (%(room)s)", session=session.label, room=room.name)
