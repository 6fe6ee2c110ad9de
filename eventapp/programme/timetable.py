"""Finds what is wrong with a programme before anybody reads it. Pure: no Flask, no SQL.

    >>> for conflict in conflicts(timetable):
    ...     print(conflict.severity, conflict.rule, conflict.text)

Rules that cross into other slices (a wheelchair user seated in a room with stairs) are handed in
from above: `conflicts(timetable, more=[rooms_are_accessible(seats)])`.
"""

from collections.abc import Callable, Iterable, Sequence

from eventapp.programme.timetable_entries import (
    Assignment,
    Conflict,
    Key,
    Rule,
    Settings,
    Severity,
    Timetable,
    TimetableEvent,
    TimetablePerson,
    TimetableRoom,
    TimetableSession,
)
from eventapp.programme.timetable_people_rules import PEOPLE_RULES
from eventapp.programme.timetable_rules import SESSION_RULES

__all__ = [
    "Assignment",
    "Check",
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
    "conflicts",
    "hard_conflicts",
]

Check = Callable[[Timetable], Iterable[Conflict]]


def conflicts(timetable: Timetable, *, more: Iterable[Check] = ()) -> list[Conflict]:
    """All that breaks a rule: hard conflicts first, then by time.

    `more` are rules from higher slices, which carry their own knowledge (seats, wishes).
    """
    found = [
        conflict
        for check in (*SESSION_RULES, *PEOPLE_RULES, *more)
        for conflict in check(timetable)
    ]
    return sorted(found, key=lambda conflict: conflict.order)


def hard_conflicts(found: Iterable[Conflict]) -> Sequence[Conflict]:
    """Those among the conflicts with which a programme may not be published."""
    return [conflict for conflict in found if conflict.severity is Severity.HARD]
