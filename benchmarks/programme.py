"""The rules of a timetable, which the editor asks after every change."""

import time
from datetime import timedelta

from benchmarks.table import Row
from eventapp.foundation import clock
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.timetable import (
    Assignment,
    Timetable,
    TimetableEvent,
    TimetablePerson,
    TimetableRoom,
    TimetableSession,
    conflicts,
)

SESSIONS, PEOPLE, AT_ONCE, PARTS = 300, 900, 10, 6
ROOMS = 3  # too few for ten at once, so that there is something to find
LENGTH = timedelta(minutes=55)
RUNS = 5


def measure_timetable() -> list[Row]:
    """CPU time of one look through a large programme, the least of five."""
    programme = _programme()
    if not conflicts(programme):
        raise RuntimeError("nothing was found in a programme full of conflicts")
    least = min(_seconds_for(programme) for _ in range(RUNS))
    name = f"timetable conflicts, {SESSIONS} sessions and {PEOPLE} contributors"
    return [Row(name, least * 1000, 50)]


def _seconds_for(programme: Timetable) -> float:
    began = time.thread_time()
    conflicts(programme)
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
