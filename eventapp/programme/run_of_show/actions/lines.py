"""Lines added, changed and deleted; a deleted one can be brought back."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from eventapp.accounts.audit import Actor
from eventapp.accounts.models import AuditEntry
from eventapp.events.models import Event
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Overtaken
from eventapp.programme import queries as programme_queries
from eventapp.programme.actions.changes import refuse_stale
from eventapp.programme.actions.revision import note
from eventapp.programme.models import Session
from eventapp.programme.run_of_show import queries
from eventapp.programme.run_of_show.actions.changes import LineChange, differences
from eventapp.programme.run_of_show.actions.plans import kept_in, locked_plan, note_step
from eventapp.programme.run_of_show.models import ShowLine, ShowPlan

MOMENT = "starts_at"
REMEMBERED = (*LineChange.__dataclass_fields__, "late_minutes")


def add_line(event: Event, change: LineChange, *, by: Actor) -> ShowLine:
    """A line more. Raises Invalid for one that says too little."""
    with transaction():
        lock(event)
        change.check(programme_queries.session_ids_of(event))
        line = ShowLine(event_id=event.id, **asdict(change))
        db.session.add(line)
        note(by, "show_line.added", line, event, name=change.what)
    return line


def change_line(line: ShowLine, change: LineChange, *, seen: int, by: Actor) -> None:
    """Let a line say something else. Raises Stale with both versions if somebody was faster."""
    event = line.event
    with transaction():
        lock(event)
        lock(line)
        change.check(programme_queries.session_ids_of(event))
        different = differences(line, change)
        refuse_stale(line, seen, different)
        if not different:
            return
        for name, (_stored, wanted) in different.items():
            setattr(line, name, wanted)
        note(by, "show_line.changed", line, event, different=different)


def delete_line(line: ShowLine, *, by: Actor) -> None:
    """Take a line out of the plan."""
    event = line.event
    with transaction():
        plan = locked_plan(event)
        lock(line)
        note_step(by, "show_plan.line_deleted", plan, event, [_kept(line)], name=line.what)
        db.session.delete(line)


def restore_line(plan: ShowPlan, step: AuditEntry, *, by: Actor) -> None:
    """A deleted line is there again, without its session if that is gone."""
    event = plan.event
    with transaction():
        locked_plan(event)
        sessions = programme_queries.session_ids_of(event)
        for kept in kept_in(step):
            at = kept[MOMENT] and datetime.fromisoformat(kept[MOMENT])
            session_id = kept["session_id"] if kept["session_id"] in sessions else None
            if session_id is None and (at is None or not kept["what"]):
                raise Overtaken
            line = ShowLine(event_id=event.id, **kept | {MOMENT: at, "session_id": session_id})
            db.session.add(line)
        note(by, "show_plan.line_restored", plan, event)


def take_over_sessions(event: Event, *, by: Actor) -> int:
    """A line for each session that has a time and no line yet; how many that were."""
    with transaction():
        plan = locked_plan(event)
        sessions: Sequence[Session] = queries.run_of_show(event).unplanned
        lines = [ShowLine(event_id=event.id, session_id=one.id) for one in sessions]
        _put_in(event, plan, lines, "show_plan.sessions_taken", by)
    return len(lines)


def import_lines(event: Event, changes: Sequence[LineChange], *, by: Actor) -> int:
    """The lines of a file, behind those that are there; how many they were."""
    with transaction():
        plan = locked_plan(event)
        sessions = programme_queries.session_ids_of(event)
        for change in changes:
            change.check(sessions)
        lines = [ShowLine(event_id=event.id, **asdict(change)) for change in changes]
        _put_in(event, plan, lines, "show_plan.imported", by)
    return len(lines)


def take_lines_back(plan: ShowPlan, step: AuditEntry, *, by: Actor) -> None:
    """Lines that came in one step are gone again. Raises Overtaken if one was changed since."""
    event = plan.event
    with transaction():
        locked_plan(event)
        lines = {line.id: line for line in queries.lines_of(event)}
        for number, version in kept_in(step):
            line = lines.get(number)
            if line is None or line.version != version:
                raise Overtaken
            db.session.delete(line)
        note(by, "show_plan.lines_taken_back", plan, event)


def _put_in(
    event: Event, plan: ShowPlan, lines: Sequence[ShowLine], action: str, by: Actor
) -> None:
    if not lines:
        return
    db.session.add_all(lines)
    db.session.flush()
    note_step(by, action, plan, event, [[one.id, one.version] for one in lines], str(len(lines)))


def _kept(line: ShowLine) -> dict[str, Any]:
    kept = {name: getattr(line, name) for name in REMEMBERED}
    return kept | {MOMENT: line.starts_at.isoformat() if line.starts_at else None}
