"""Programmes for tests: the demo's with the patches of the conflict cases, and small ones."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from eventapp.programme.exchange import ROLES, STATES, read_programme
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import ContributorState
from eventapp.programme.timetable.checks import (
    Assignment,
    Key,
    Settings,
    Timetable,
    TimetableEvent,
    TimetablePerson,
    TimetableRoom,
    TimetableSession,
    TimetableSlot,
)

DEMO = Path(__file__).parents[2] / "demo" / "programme.json"
CASES = json.loads((Path(__file__).parent / "files" / "programme_conflicts.json").read_text())
OPENS = datetime(2027, 6, 24, 13, 0, tzinfo=UTC)  # 15:00 in Berlin
Change = Callable[[TimetableSession], TimetableSession]


def demo_file() -> dict[str, Any]:
    """The demo's programme as parsed JSON, to be changed at will."""
    return json.loads(DEMO.read_text(encoding="utf-8"))


def as_bytes(programme: object) -> bytes:
    """A programme as a file holds it."""
    return json.dumps(programme, ensure_ascii=False).encode()


def demo_timetable() -> Timetable:
    """The demo's programme as the rules see it."""
    return read_programme(DEMO.read_bytes()).timetable()


def patched(timetable: Timetable, patch: str) -> Timetable:
    """The timetable after one change, written as the conflict cases write it."""
    target, operator, value = patch.split(" ", 2)
    key, field = target.split(".")
    change = CHANGES[f"{field} {operator}"](value, key)
    return replace(
        timetable,
        sessions=[
            change(session) if field == "status" or session.key == key else session
            for session in timetable.sessions
        ],
    )


def _add(value: str, _key: str) -> Change:
    person, role = value.split("/")
    part = Assignment(person, ROLES[role.lower()])
    return lambda session: replace(session, assignments=(*session.assignments, part))


def _remove(value: str, _key: str) -> Change:
    return lambda session: replace(
        session, assignments=tuple(part for part in session.assignments if part.person != value)
    )


def _minutes(value: str, _key: str) -> Change:
    return lambda session: replace(
        session,
        assignments=(
            *(part for part in session.assignments if part.role is not Role.PROTOCOL),
            Assignment(value, Role.PROTOCOL),
        ),
    )


def _end(value: str, _key: str) -> Change:
    hour, minute = map(int, value.split(":"))
    zone = ZoneInfo("Europe/Berlin")
    return lambda session: replace(
        session,
        ends_at=session.ends_at.astimezone(zone).replace(hour=hour, minute=minute).astimezone(UTC),
    )


def _status(value: str, key: str) -> Change:
    return lambda session: replace(
        session,
        assignments=tuple(
            replace(part, state=STATES[value]) if part.person == key else part
            for part in session.assignments
        ),
    )


CHANGES: dict[str, Callable[[str, str], Change]] = {
    "people +=": _add,
    "people -=": _remove,
    "protocol =": _minutes,
    "end =": _end,
    "status =": _status,
    "room =": lambda value, _key: lambda session: replace(session, room=value),
    "capacity =": lambda value, _key: lambda session: replace(session, capacity=int(value)),
}


def session(key: Key, start: int, end: int, *people: str, **more: Any) -> TimetableSession:
    """A keynote from minute to minute after the opening, with people who give an input."""
    return TimetableSession(
        **{
            "key": key,
            "label": str(key),
            "kind": SessionKind.KEYNOTE,
            "starts_at": OPENS + timedelta(minutes=start),
            "ends_at": OPENS + timedelta(minutes=end),
            "assignments": tuple(Assignment(person, Role.INPUT) for person in people),
        }
        | more
    )


people = st.sampled_from(["Öhm", "Vaßholz", "Bärwald"])


@st.composite
def some_sessions(draw: st.DrawFn, *, most: int = 8) -> list[TimetableSession]:
    """A few sessions in three rooms, with people who may be in several of them."""
    made = []
    for number in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, 60)) * 5
        made.append(
            session(
                f"S{number}",
                start,
                start + draw(st.integers(-1, 12)) * 5,
                room=draw(st.sampled_from(["R1", "R2", "R3", None])),
                kind=draw(st.sampled_from([SessionKind.KEYNOTE, SessionKind.TALK_ROUND])),
                capacity=draw(st.sampled_from([None, 40, 60])),
                slot=draw(st.sampled_from([None, "A", "B", "C"])),
                assignments=tuple(draw(st.lists(parts(), max_size=4))),
            )
        )
    return made


@st.composite
def parts(draw: st.DrawFn) -> Assignment:
    """What one of three people does somewhere, and how sure it is."""
    role = draw(st.sampled_from([Role.INPUT, Role.MODERATION, Role.PROTOCOL, Role.SIGNING]))
    state = draw(st.sampled_from([ContributorState.AGREED, ContributorState.ASKED]))
    return Assignment(draw(people), role, state)


def afternoon(*sessions: TimetableSession, **settings: Any) -> Timetable:
    """The same with three slots, everybody of one organisation, and rooms of several kinds."""
    slots = [
        TimetableSlot(key, f"Runde {key}", at(start), at(start + 45))
        for key, start in (("A", 60), ("B", 120), ("C", 180))
    ]
    known = [
        TimetablePerson(name, f"Frau {name}", name, organisation="Agentur", needs_step_free=needs)
        for name, needs in (("Öhm", False), ("Vaßholz", False), ("Bärwald", True))
    ]
    rooms = [
        TimetableRoom("R1", "Raum R1", 50),
        TimetableRoom("R2", "Raum R2", 70),
        TimetableRoom("R3", "Raum R3", 30, step_free=False),
    ]
    return replace(
        timetable(*sessions),
        persons=known,
        rooms=rooms,
        slots=slots,
        settings=Settings(**{"setup_minutes": 10} | settings),
    )


def at(minute: int) -> datetime:
    """So many minutes after the opening."""
    return OPENS + timedelta(minutes=minute)


def timetable(*sessions: TimetableSession, **person: Any) -> Timetable:
    """An afternoon of six hours in three rooms; everybody named in a session is known."""
    names = dict.fromkeys(part.person for each in sessions for part in each.assignments)
    return Timetable(
        TimetableEvent("Europe/Berlin", OPENS, OPENS + timedelta(hours=6)),
        [TimetableRoom(key, f"Raum {key}", 50) for key in ("R1", "R2", "R3")],
        [
            TimetablePerson(
                **{"key": name, "name": f"Frau {name}", "last_name": str(name)} | person
            )
            for name in names
        ],
        sessions,
    )
