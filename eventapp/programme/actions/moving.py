"""Sessions moved to other times, rooms and slots, several in one step that can be taken back.

The trail keeps where each was and where it came to be. A step is taken back as long as the sessions
are still there: taking back is a step of its own, and can be taken back as well.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from eventapp.accounts.audit import Actor
from eventapp.accounts.models import AuditEntry
from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import NotFound, Overtaken
from eventapp.programme import queries
from eventapp.programme.actions.revision import note, touch_session
from eventapp.programme.checking import session_at, timetable_of
from eventapp.programme.content import CONTENT, UNDOES
from eventapp.programme.errors import (
    EndBeforeStart,
    MovedMeanwhile,
    NeedsTime,
    NotNow,
    WouldCollide,
)
from eventapp.programme.models import Session
from eventapp.programme.states import SessionState
from eventapp.programme.timetable.checks import Change, Checked, hard_conflicts
from eventapp.programme.timetable.places import Place

MOMENTS, NUMBERS = ("starts_at", "ends_at"), ("room_id", "slot_id")
Columns = dict[str, object]
Different = dict[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class SessionMove:
    """Where a session is to be, None for no time at all; `seen` is the version the person saw."""

    session_id: int
    seen: int
    place: Place | None

    @property
    def columns(self) -> Columns:
        """The place as the row holds it."""
        place = self.place
        if place is None:
            return dict.fromkeys((*MOMENTS, *NUMBERS))
        return {
            "starts_at": place.starts_at,
            "ends_at": place.ends_at,
            "room_id": place.room,
            "slot_id": place.slot,
        }


def move_sessions(event: Event, moves: Sequence[SessionMove], *, by: Actor) -> None:
    """Move sessions, all or none; what others see already, they see changed.

    Raises MovedMeanwhile with both versions if a colleague was faster, NotNow for a cancelled one,
    NotFound for a session, room or slot of another event, Invalid for a place that cannot be.
    """
    with transaction():
        lock(event)
        around = _around(event, [move.session_id for move in moves])
        written = []
        for move in sorted(moves, key=lambda each: each.session_id):
            session = _own(around, move)
            different = _different(session, move.columns)
            if different and session.version != move.seen:
                raise MovedMeanwhile(session.id, different)
            if different:
                _move(session, different, by)
                written.append(_kept(session, different))
        if written:
            kept = {CONTENT: (json.dumps(written), None)}
            note(by, "sessions.moved", event, event, different=kept, name=str(len(written)))


def move_without_harm(event: Event, moves: Sequence[SessionMove], *, by: Actor) -> None:
    """The same for what was suggested: raises WouldCollide if it creates a hard conflict by now."""
    with transaction():
        lock(event)
        programme = queries.programme_of(event)
        before = Checked.of(timetable_of(programme))
        around = _around(event, [move.session_id for move in moves])
        put = [session_at(_own(around, each), each.place) for each in moves if each.place]
        move_sessions(event, moves, by=by)
        after = before.after(Change(tuple(put)))
        for conflict in hard_conflicts(after.conflicts):
            if conflict.identity not in before.hard:
                raise WouldCollide(conflict)


def move_back(event: Event, step: AuditEntry, *, by: Actor) -> None:
    """Sessions that were moved in one step are where they were before.

    Raises Overtaken if one of them is not where that step left it, or what it was in is gone.
    """
    with transaction():
        lock(event)
        kept = places_in(step)
        around = _around(event, [each.session_id for each in kept])
        written = []
        for each in kept:
            session = around.sessions.get(each.session_id)
            if session is None or not each.stands(session) or not around.has(each.before):
                raise Overtaken
            if session.known_outside and each.before["starts_at"] is None:
                raise Overtaken
            different = _different(session, each.before)
            _move(session, different, by)
            written.append(_kept(session, different))
        different = {CONTENT: (json.dumps(written), None), UNDOES: (None, step.id)}
        note(by, "sessions.moved_back", event, event, different=different, name=str(len(kept)))


class Placed(Protocol):
    """What of a session tells where it is."""

    @property
    def version(self) -> int:
        """How often it was changed."""

    @property
    def state(self) -> SessionState:
        """How far it is."""


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """Where a session was before a step, and where it came to be; `after` is None in entries of old
    which tell the version instead."""

    session_id: int
    version: int
    before: Columns
    after: Columns | None

    def stands(self, session: Placed) -> bool:
        """Whether the session is as the step left it; cancelled ones are not."""
        if session.state is SessionState.CANCELLED:
            return False
        if self.after is None:
            return session.version == self.version
        return not _different(session, self.after)


def places_in(step: AuditEntry) -> list[KeptPlace]:
    """The places that an entry of the trail keeps, by session."""
    return [
        KeptPlace(
            kept["id"], kept["version"], _read(kept), _read(kept["to"]) if "to" in kept else None
        )
        for kept in json.loads(str(step.before[CONTENT]))
    ]


@dataclass(frozen=True, slots=True)
class _Around:
    """The sessions to be moved, and the ids of all rooms and slots that they may go to."""

    sessions: Mapping[int, Session]
    rooms: set[object]
    slots: set[object]

    def has(self, columns: Columns) -> bool:
        """Whether a room and a slot are among the event's."""
        return columns["room_id"] in self.rooms and columns["slot_id"] in self.slots


def _around(event: Event, numbers: Sequence[int]) -> _Around:
    return _Around(
        {session.id: session for session in queries.sessions_among(event, numbers)},
        {None, *(room.id for room in rooms_of(event))},
        {None, *(slot.id for slot in queries.slots_of(event))},
    )


def _own(around: _Around, move: SessionMove) -> Session:
    session = around.sessions.get(move.session_id)
    if session is None or not around.has(move.columns):
        raise NotFound
    if session.state is SessionState.CANCELLED:
        raise NotNow
    if move.place is None and session.known_outside:
        raise NeedsTime
    if move.place is not None and move.place.ends_at <= move.place.starts_at:
        raise EndBeforeStart
    return session


def _different(session: Placed, columns: Columns) -> Different:
    pairs = {name: (getattr(session, name), wanted) for name, wanted in columns.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _move(session: Session, different: Different, by: Actor) -> None:
    for column, (_stored, wanted) in different.items():
        setattr(session, column, wanted)
    touch_session(session)
    note(by, "session.changed", session, session.event, different=different)
    db.session.flush()


def _kept(session: Session, different: Different) -> dict[str, object]:
    """Where it was, and which version is to be taken back."""
    before = {name: getattr(session, name) for name in (*MOMENTS, *NUMBERS)}
    before |= {name: stored for name, (stored, _wanted) in different.items()}
    after = {name: _written(getattr(session, name)) for name in (*MOMENTS, *NUMBERS)}
    plain = {name: _written(value) for name, value in before.items()}
    return {"id": session.id, "version": session.version, **plain, "to": after}


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(kept: Mapping[str, Any]) -> Columns:
    moments = {name: kept[name] and datetime.fromisoformat(kept[name]) for name in MOMENTS}
    return moments | {name: kept[name] for name in NUMBERS}
