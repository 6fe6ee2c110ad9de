"""The rules of a timetable, which the editor asks after every change."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from benchmarks.table import Row
from eventapp.foundation import clock
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.timetable import (
    Assignment,
    Change,
    Checked,
    Severity,
    Timetable,
    TimetableEvent,
    TimetablePerson,
    TimetableRoom,
    TimetableSession,
    conflicts,
)
from eventapp.programme.timetable_suggestions import suggestions

SESSIONS, PEOPLE, AT_ONCE, PARTS = 300, 900, 10, 6
ROOMS = 3  # too few for ten at once, so that there is something to find
LENGTH = timedelta(minutes=55)
RUNS = 5


def measure_timetable() -> list[Row]:
    """CPU time of one look through a large programme, of a move, and of finding ways out."""
    programme = _programme()
    if not conflicts(programme):
        raise RuntimeError("nothing was found in a programme full of conflicts")
    size = f"{SESSIONS} sessions and {PEOPLE} contributors"
    checked = Checked.of(programme)
    first = next(each for each in checked.conflicts if each.severity is Severity.HARD)
    return [
        Row(f"timetable conflicts, {size}", _least(lambda: conflicts(programme)), 50),
        Row(f"timetable conflicts after a move, {size}", _least(lambda: _move(checked)), 10),
        Row(f"ways out of a conflict, {size}", _least(lambda: suggestions(checked, first)), 100),
    ]


def _move(checked: Checked) -> object:
    """One session of the middle goes to the next room."""
    moved = replace(checked.timetable.sessions[SESSIONS // 2], room="R1")
    return checked.after(Change((moved,))).conflicts


def _least(work: Callable[[], object]) -> float:
    """CPU time in milliseconds, the least of several runs."""
    return min(_seconds_for(work) for _ in range(RUNS)) * 1000


def _seconds_for(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began


def _programme() -> Timetable:
    opens = clock.now().replace(minute=0, second=0, microsecond=0)
    sessions = [
        TimetableSession(
            key=f"S{number}",
            label=f"S{number}",
            kind=SessionKind.KEYNOTE,
            starts_at=opens + timedelta(hours=number // AT_ONCE),
            ends_at=opens + timedelta(hours=number // AT_ONCE) + LENGTH,
            room=f"R{number % ROOMS}",
            assignments=tuple(
                Assignment(f"P{(number * 7 + part) % PEOPLE}", Role.INPUT) for part in range(PARTS)
            ),
        )
        for number in range(SESSIONS)
    ]
    return Timetable(
        TimetableEvent("Europe/Berlin", opens, opens + timedelta(hours=SESSIONS // AT_ONCE)),
        [TimetableRoom(f"R{number}", f"Raum {number}", 50) for number in range(ROOMS)],
        [
            TimetablePerson(key=f"P{number}", name=f"Frau {number}", last_name=str(number))
            for number in range(PEOPLE)
        ],
        sessions,
    )
