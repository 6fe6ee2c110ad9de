"""Finds what is wrong with a programme before anybody reads it. Pure: no Flask, no SQL.

    >>> for conflict in conflicts(timetable):
    ...     print(conflict.severity, conflict.rule, conflict.text)

Rules that cross into other slices (a wheelchair user seated in a room with stairs) are handed in
from above: `conflicts(timetable, more=[rooms_are_accessible(seats)])`, see `timetable/seats`.
What a change means, without looking at everything again: `Checked.of(timetable).after(change)`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cached_property
from itertools import islice

from eventapp.programme.timetable.casting_rules import CASTING_RULES, in_every_slot
from eventapp.programme.timetable.conflicts import Conflict, Key, Rule, Severity
from eventapp.programme.timetable.entries import (
    Assignment,
    Settings,
    Timetable,
    TimetableEvent,
    TimetablePerson,
    TimetableRoom,
    TimetableSession,
    TimetableSlot,
)
from eventapp.programme.timetable.people_rules import PEOPLE_RULES
from eventapp.programme.timetable.rules import ROOM_RULES, SESSION_RULES

__all__ = [
    "Assignment",
    "Change",
    "Check",
    "Checked",
    "Conflict",
    "Key",
    "Rule",
    "Settings",
    "Severity",
    "Timetable",
    "TimetableEvent",
    "TimetablePerson",
    "TimetableRoom",
    "TimetableSession",
    "TimetableSlot",
    "conflicts",
    "hard_conflicts",
]

Check = Callable[[Timetable], Iterable[Conflict]]
Found = tuple[Conflict, ...]
MOST_OF_A_RULE = 10_000
"""So many are looked for and no more: a thousand sessions at one time in one room make half a
million pairs, which nobody reads and no memory holds."""


class Scope(Enum):
    """What a rule has to look at to find one conflict, and so what may change its answer."""

    SESSION = auto()  # one session with its people
    ROOM = auto()  # all sessions of one room
    PERSON = auto()  # all sessions of one person, and only this person's parts in them


RULES: dict[Scope, tuple[Check, ...]] = {
    Scope.SESSION: (*SESSION_RULES, *CASTING_RULES),
    Scope.ROOM: ROOM_RULES,
    Scope.PERSON: (*PEOPLE_RULES, in_every_slot),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Sessions that are there or are different now, and the keys of those that are gone."""

    put: tuple[TimetableSession, ...] = ()
    gone: frozenset[Key] = field(default_factory=frozenset)

    @property
    def keys(self) -> frozenset[Key]:
        """Whom it is about."""
        return self.gone | {session.key for session in self.put}


@dataclass(frozen=True)
class Checked:
    """A timetable with its conflicts, from which those after a change follow quickly.

    `more` are rules from higher slices, which carry their own knowledge (seats, wishes) and look
    at the whole each time.
    """

    timetable: Timetable
    found: Mapping[Scope, Found]
    more: tuple[Check, ...] = ()

    @classmethod
    def of(cls, timetable: Timetable, more: Iterable[Check] = ()) -> "Checked":
        """Everything looked at."""
        found = {scope: _all_found(checks, timetable) for scope, checks in RULES.items()}
        return cls(timetable, found, tuple(more))

    @cached_property
    def every(self) -> Found:
        """All that breaks a rule, in no order."""
        own = (conflict for found in self.found.values() for conflict in found)
        return (*own, *_all_found(self.more, self.timetable))

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """All that breaks a rule: hard conflicts first, then by time."""
        return sorted(self.every, key=lambda conflict: conflict.order)

    @cached_property
    def hard(self) -> frozenset[object]:
        """Which hard conflicts there are, whenever they may be."""
        return frozenset(conflict.identity for conflict in hard_conflicts(self.every))

    def after(self, change: Change) -> "Checked":
        """The timetable after a change: only sessions, rooms and people concerned are looked at.

        Gives the same as looking at everything again.
        """
        before = [each for each in self.timetable.sessions if each.key in change.keys]
        concerned = [*before, *change.put]
        rooms = {each.room for each in concerned} - {None}
        people = {part.person for each in concerned for part in each.assignments}
        timetable = replace(self.timetable, sessions=_changed(self.timetable.sessions, change))
        kept: dict[Scope, list[Conflict]] = {
            Scope.SESSION: [
                each for each in self.found[Scope.SESSION] if each.sessions[0] not in change.keys
            ],
            Scope.ROOM: [each for each in self.found[Scope.ROOM] if each.rooms[0] not in rooms],
            Scope.PERSON: [
                each for each in self.found[Scope.PERSON] if each.persons[0] not in people
            ],
        }
        cuts = {
            Scope.SESSION: change.put,
            Scope.ROOM: tuple(each for each in timetable.sessions if each.room in rooms),
            Scope.PERSON: _with(timetable.sessions, people),
        }
        found = {
            scope: (*kept[scope], *_all_found(RULES[scope], replace(timetable, sessions=cut)))
            for scope, cut in cuts.items()
        }
        return Checked(timetable, found, self.more)


def conflicts(timetable: Timetable, *, more: Iterable[Check] = ()) -> list[Conflict]:
    """All that breaks a rule: hard conflicts first, then by time."""
    return Checked.of(timetable, more).conflicts


def hard_conflicts(found: Iterable[Conflict]) -> Sequence[Conflict]:
    """Those among the conflicts with which a programme may not be published."""
    return [conflict for conflict in found if conflict.severity is Severity.HARD]


def _all_found(checks: Iterable[Check], timetable: Timetable) -> Found:
    return tuple(
        conflict for check in checks for conflict in islice(check(timetable), MOST_OF_A_RULE)
    )


def _changed(sessions: Iterable[TimetableSession], change: Change) -> tuple[TimetableSession, ...]:
    put = {session.key: session for session in change.put}
    stayed = [put.pop(each.key, each) for each in sessions if each.key not in change.gone]
    return (*stayed, *put.values())


def _with(sessions: Iterable[TimetableSession], people: set[Key]) -> tuple[TimetableSession, ...]:
    """What these people do, and nobody else."""
    cut = []
    for session in sessions:
        parts = tuple(part for part in session.assignments if part.person in people)
        if parts:
            cut.append(
                session if parts == session.assignments else replace(session, assignments=parts)
            )
    return tuple(cut)
