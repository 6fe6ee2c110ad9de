"""Sessions moved to other times, rooms and slots, several in one step that can be taken back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventapp.accounts.audit import Actor
from eventapp.accounts.models import AuditEntry
from eventapp.events.models import Event
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import NotFound, Overtaken
from eventapp.programme import queries
from eventapp.programme.actions.revision import note, touch_session
from eventapp.programme.checking import session_at, timetable_of
from eventapp.programme.content import CONTENT
from eventapp.programme.errors import EndBeforeStart, MovedMeanwhile, NotNow, WouldCollide
from eventapp.programme.models import Session
from eventapp.programme.queries import Programme
from eventapp.programme.states import SessionState
from eventapp.programme.timetable.checks import Change, Checked, hard_conflicts
from eventapp.programme.timetable.places import Place

MOMENTS, NUMBERS = ("starts_at", "ends_at"), ("room_id", "slot_id")
Columns = dict[str, object]
Different = dict[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class SessionMove:
    """Where a session is to be; `seen` is the version that the person saw."""

    session_id: int
    seen: int
    place: Place

    @property
    def columns(self) -> Columns:
        """The place as the row holds it."""
        place = self.place
        return {
            "starts_at": place.starts_at,
            "ends_at": place.ends_at,
            "room_id": place.room,
            "slot_id": place.slot,
        }


def move_sessions(event: Event, moves: Sequence[SessionMove], *, by: Actor) -> None:
    """Move sessions, all or none; what others see already, they see changed.

    Raises MovedMeanwhile with both versions if a colleague was faster, NotNow for a cancelled one,
    NotFound for a session, room or slot of another event.
    """
    with transaction():
        lock(event)
        programme = queries.programme_of(event)
        written = []
        for move in sorted(moves, key=lambda each: each.session_id):
            session = _own(programme, move)
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
        put = [session_at(_own(programme, move), move.place) for move in moves]
        move_sessions(event, moves, by=by)
        after = before.after(Change(tuple(put)))
        for conflict in hard_conflicts(after.conflicts):
            if conflict.identity not in before.hard:
                raise WouldCollide(conflict)


def move_back(event: Event, step: AuditEntry, *, by: Actor) -> None:
    """Sessions that were moved in one step are where they were before.

    Raises Overtaken if one of them has been changed since then, or what it was in is gone.
    """
    with transaction():
        lock(event)
        programme = queries.programme_of(event)
        sessions = {session.id: session for session in programme.sessions}
        for kept in json.loads(str(step.before[CONTENT])):
            session, columns = sessions.get(kept["id"]), _read(kept)
            if session is None or session.version != kept["version"]:
                raise Overtaken
            if not _exists(programme, columns):
                raise Overtaken
            _move(session, _different(session, columns), by)
        note(by, "sessions.moved_back", event, event)


def _own(programme: Programme, move: SessionMove) -> Session:
    session = next((one for one in programme.sessions if one.id == move.session_id), None)
    if session is None or not _exists(programme, move.columns):
        raise NotFound
    if session.state is SessionState.CANCELLED:
        raise NotNow
    if move.place.ends_at <= move.place.starts_at:
        raise EndBeforeStart
    return session


def _exists(programme: Programme, columns: Columns) -> bool:
    """Whether its room and its slot are among the event's."""
    rooms = {None, *(room.id for room in programme.rooms)}
    slots = {None, *(slot.id for slot in programme.slots)}
    return columns["room_id"] in rooms and columns["slot_id"] in slots


def _different(session: Session, columns: Columns) -> Different:
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
    plain = {name: _written(value) for name, value in before.items()}
    return {"id": session.id, "version": session.version, **plain}


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(kept: Mapping[str, Any]) -> Columns:
    moments = {name: kept[name] and datetime.fromisoformat(kept[name]) for name in MOMENTS}
    return moments | {name: kept[name] for name in NUMBERS}
