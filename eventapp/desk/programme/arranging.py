"""A public programme laid out by day, and within a day by time, by room or by kind."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from eventapp.events.models import Room
from eventapp.foundation.message import message
from eventapp.programme.kinds import SessionKind, kind_label
from eventapp.programme.public import PublicEntry, PublicPerson, PublicProgramme, PublicSession
from eventapp.programme.schedule_plan import programme_day

KINDS = {kind: place for place, kind in enumerate(SessionKind)}


class Arrangement(StrEnum):
    """How a day of the programme is laid out."""

    TIME = "time"
    ROOM = "room"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the programme; what begins after midnight belongs to the evening before."""

    day: date
    entries: tuple[PublicEntry, ...]

    @property
    def sessions(self) -> list[PublicSession]:
        """All its sessions by time."""
        found = [session for entry in self.entries for session in entry.sessions]
        return sorted(found, key=lambda one: one.starts_at)  # in an entry by their names


@dataclass(frozen=True, slots=True)
class Section:
    """Sessions of one room or one kind, by time."""

    heading: str
    sessions: tuple[PublicSession, ...]
    step_free: bool = False


def days_of(programme: PublicProgramme, zone: str) -> list[Day]:
    """The days with something to show, each once."""
    there = ZoneInfo(zone)
    days = groupby(programme.entries, key=lambda entry: programme_day(entry.starts_at, there))
    return [Day(day, tuple(entries)) for day, entries in days]


def chosen_day(days: Sequence[Day], asked: str, today: date | None) -> Day | None:
    """The day asked for; else today, else the first. None without any."""
    by_name = {each.day.isoformat(): each for each in days}
    fallback = days[0] if days else None
    return by_name.get(asked) or by_name.get(str(today)) or fallback


def sections_of(day: Day, by: Arrangement, rooms: Sequence[Room]) -> list[Section]:
    """A day by room, in the order of the house, or by kind, in the order of a day's course."""
    if by is Arrangement.ROOM:
        return _by_room(day.sessions, {room.id: place for place, room in enumerate(rooms)})
    ordered = sorted(day.sessions, key=lambda one: KINDS[one.kind])
    return [
        Section(str(kind_label(kind)), tuple(found))
        for kind, found in groupby(ordered, key=lambda one: one.kind)
    ]


def _by_room(sessions: Iterable[PublicSession], order: Mapping[int, int]) -> list[Section]:
    def place(session: PublicSession) -> tuple[int, str]:
        if session.room is None:
            return len(order) + 1, ""
        return order.get(session.room.id, len(order)), session.room.name

    return [
        _room(tuple(found)) for _place, found in groupby(sorted(sessions, key=place), key=place)
    ]


def _room(sessions: tuple[PublicSession, ...]) -> Section:
    room = sessions[0].room
    if room is None:
        return Section(str(message("Room still open")), sessions)
    return Section(room.name, sessions, room.step_free)


def all_sessions(programme: PublicProgramme) -> list[PublicSession]:
    """Everything that takes place and everything that is cancelled, by time."""
    taking_place = [session for entry in programme.entries for session in entry.sessions]
    return sorted([*taking_place, *programme.cancelled], key=lambda one: (one.starts_at, one.id))


def people_in(session: PublicSession) -> Iterator[PublicPerson]:
    """Everybody named in a session, once for each role."""
    for part in session.parts:
        yield from part.people
    yield from session.panel
    for party in session.signing:
        yield from party.people


def beside(session: PublicSession, programme: PublicProgramme) -> list[PublicSession]:
    """What else one could attend while a session runs."""
    return [
        other
        for entry in programme.entries
        for other in entry.sessions
        if other.id != session.id
        and not other.calm
        and other.starts_at < session.ends_at
        and session.starts_at < other.ends_at
    ]
