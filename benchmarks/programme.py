"""The rules of a timetable, which the editor asks after every change, and a large import."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from benchmarks.bulk import seconds
from benchmarks.table import Row
from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.queries import first_host
from eventapp.app import create_app
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.settings import Settings
from eventapp.programme.actions import import_programme
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.receiving import read_for
from eventapp.programme.timetable.checks import (
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
from eventapp.programme.timetable.suggestions import suggestions

SESSIONS, PEOPLE, AT_ONCE, PARTS = 300, 900, 10, 6
ROOMS = 3  # too few for ten at once, so that there is something to find
LENGTH = timedelta(minutes=55)
RUNS = 5
IMPORTED, IMPORTED_ROOMS, IMPORTED_PEOPLE, DAYS = 900, 30, 900, 3


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


def measure_schedule(settings: Settings) -> list[Row]:
    """Wall time from the bytes of a schedule.xml to the programme in the database; then again."""
    with create_app(settings).app_context():
        event = _empty_event()
        content = schedule_xml(event.starts_at)
        what = f"{IMPORTED} sessions, {IMPORTED_ROOMS} rooms, {IMPORTED_PEOPLE} persons"
        rows = [
            Row(f"{name}, {what}", seconds(lambda: _import(event, content)), 5, "s")
            for name in ("import of a schedule.xml", "the same file again")
        ]
        db.session.remove()
    return rows


def _import(event: Event, content: bytes) -> None:
    report = import_programme(event, read_for(event, content).document, by=SYSTEM)
    taken = sum(report.counts.values())
    if taken != IMPORTED + IMPORTED_ROOMS + IMPORTED_PEOPLE:
        raise RuntimeError(f"{taken} entries were taken over")


def _empty_event() -> Event:
    starts_at = datetime(2027, 9, 1, 7, tzinfo=UTC)
    with transaction():
        event = Event(
            host=first_host(),
            slug="uebernahme",
            title_de="Übernahme",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(days=DAYS),
            capacity=10_000,
        )
        db.session.add(event)
    return event


def schedule_xml(opens: datetime) -> bytes:
    """A conference of three days, as frab would write it; each session with two of the people."""
    return (
        "<schedule><conference><title>Messe</title></conference>"
        + "".join(_day_xml(opens + timedelta(days=day), day) for day in range(DAYS))
        + "</schedule>"
    ).encode()


def _day_xml(opens: datetime, day: int) -> str:
    rooms = "".join(
        f"<room name='Saal {room}'>"
        + "".join(_event_xml(opens, day, room, turn) for turn in range(_A_DAY))
        + "</room>"
        for room in range(IMPORTED_ROOMS)
    )
    return f"<day index='{day + 1}' date='{opens:%Y-%m-%d}'>{rooms}</day>"


_A_DAY = IMPORTED // IMPORTED_ROOMS // DAYS


def _event_xml(opens: datetime, day: int, room: int, turn: int) -> str:
    number = (day * IMPORTED_ROOMS + room) * _A_DAY + turn
    starts_at = opens + timedelta(hours=turn)
    people = "".join(
        f"<person id='{person + 1}'>Vorname{person} Nachname{person}</person>"
        for person in (number, (number + 450) % IMPORTED_PEOPLE)
    )
    return (
        f"<event guid='00000000-0000-4000-8000-{number:012d}' id='{number + 1}'>"
        f"<date>{starts_at.isoformat()}</date><duration>00:45</duration><room>Saal {room}</room>"
        f"<title>Vortrag {number}</title><type>lecture</type><language>de</language>"
        f"<abstract>{'Worum es geht. ' * 20}</abstract><persons>{people}</persons></event>"
    )


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
