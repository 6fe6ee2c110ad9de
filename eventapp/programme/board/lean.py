"""A programme as the board needs it: plain rows, without entities, read in a third of the time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from eventapp.events.models import Event
from eventapp.foundation.i18n import localised
from eventapp.programme.board.sheet import Calendar
from eventapp.programme.kinds import SessionKind, usual_length
from eventapp.programme.states import OUTSIDE, UNRELEASED, SessionState
from eventapp.programme.timetable.checks import (
    Assignment,
    Change,
    Checked,
    Settings,
    Timetable,
    TimetableEvent,
    TimetablePerson,
    TimetableRoom,
    TimetableSession,
    TimetableSlot,
)
from eventapp.programme.timetable.entries import session_label


@dataclass(frozen=True, slots=True)
class BoardSlot:
    """A slot of talk rounds."""

    id: int
    name_de: str
    name_en: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class BoardSession:
    """A session without its texts; `parts` are the ids of contributions with what they say."""

    id: int
    version: int
    key: str
    kind: SessionKind
    state: SessionState
    title_de: str
    title_en: str
    starts_at: datetime | None
    ends_at: datetime | None
    room_id: int | None
    slot_id: int | None
    repeats_id: int | None
    capacity: int | None
    public: bool
    parts: tuple[tuple[int, Assignment], ...] = ()

    @property
    def code(self) -> str:
        """What people call a talk round: "T1"."""
        return self.key if self.kind is SessionKind.TALK_ROUND else ""

    @property
    def known_outside(self) -> bool:
        """Whether somebody may have it in a calendar."""
        return self.state in OUTSIDE

    @property
    def waits(self) -> bool:
        """Whether everybody sees it otherwise, or not yet."""
        return self.state in UNRELEASED or self.state is SessionState.CHANGED

    @property
    def minutes(self) -> int:
        """How long it is, or would be at first."""
        if self.starts_at is None or self.ends_at is None:
            return int(usual_length(self.kind).total_seconds() // 60)
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def timed(self) -> TimetableSession | None:
        """As the rules see it; None without a time."""
        if self.starts_at is None or self.ends_at is None:
            return None
        return TimetableSession(
            key=self.id,
            label=session_label(self.kind, self.key, localised(self, "title")),
            kind=self.kind,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            room=self.room_id,
            capacity=self.capacity,
            assignments=tuple(part for _id, part in self.parts),
            slot=self.slot_id,
            repeats=self.repeats_id,
        )


@dataclass(frozen=True)
class Board:
    """The programme of an event with what breaks a rule in it; sessions by their ids."""

    event: Event
    sessions: Mapping[int, BoardSession]
    rooms: tuple[TimetableRoom, ...]
    slots: tuple[BoardSlot, ...]
    persons: tuple[TimetablePerson, ...]
    checked: Checked

    @property
    def timetable(self) -> Timetable:
        """What the rules look at."""
        return self.checked.timetable

    @property
    def calendar(self) -> Calendar:
        """The days of the event."""
        return calendar_of(self.event)

    @property
    def tray(self) -> list[BoardSession]:
        """Sessions without a time, in the order of their short names."""
        waiting = [each for each in self.sessions.values() if each.starts_at is None]
        return sorted(waiting, key=lambda each: (len(each.key), each.key))

    @property
    def waiting(self) -> int:
        """How many sessions everybody sees otherwise, or not yet."""
        return sum(each.waits for each in self.sessions.values() if each.starts_at)

    @property
    def to_arrange(self) -> bool:
        """Whether talk rounds that nobody knows yet wait for a time."""
        return any(
            each.kind is SessionKind.TALK_ROUND and each.state in UNRELEASED for each in self.tray
        )

    def day_of(self, number: int, fallback: date) -> date:
        """The day on whose table a session stands; another one without a time."""
        starts_at = self.sessions[number].starts_at
        return self.calendar.day_of(starts_at) if starts_at else fallback

    def after(self, changed: Mapping[int, BoardSession | None]) -> "Board":
        """The same with sessions that are otherwise now, None for those that are gone: only what
        that touches is held against the rules."""
        put = [timed for each in changed.values() if each and (timed := each.timed())]
        gone = frozenset(changed) - {each.key for each in put}
        sessions = {key: each for key, each in self.sessions.items() if key not in changed}
        sessions |= {key: each for key, each in changed.items() if each}
        checked = self.checked.after(Change(tuple(put), gone))
        return replace(self, sessions=sessions, checked=checked)


def calendar_of(event: Event) -> Calendar:
    """The days of an event."""
    return Calendar(event.zone, event.doors_at or event.starts_at, event.ends_at)


def board_from(
    event: Event,
    sessions: Mapping[int, BoardSession],
    rooms: tuple[TimetableRoom, ...],
    slots: tuple[BoardSlot, ...],
    persons: tuple[TimetablePerson, ...],
    strays: Sequence[TimetableRoom] = (),
) -> Board:
    """The board of all these, held against the rules; `strays` are rooms of venues of old."""
    timetable = Timetable(
        TimetableEvent(event.zone, event.doors_at or event.starts_at, event.ends_at),
        [*rooms, *strays],
        persons,
        [timed for each in sessions.values() if (timed := each.timed())],
        Settings(event.min_room_change_minutes),
        [timetable_slot(slot) for slot in slots],
    )
    return Board(event, sessions, rooms, slots, persons, Checked.of(timetable))


def timetable_slot(slot: BoardSlot) -> TimetableSlot:
    """A slot as the rules see it."""
    return TimetableSlot(slot.id, localised(slot, "name"), slot.starts_at, slot.ends_at)
