"""Changing the programme on the day: in the draft and for everybody at once, and taking it back.

Only what the change names; all else that waits in the draft goes on waiting.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from eventapp.accounts.audit import Actor
from eventapp.accounts.models import AuditEntry
from eventapp.events.models import Event
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Overtaken
from eventapp.programme.actions.release_rows import write_release
from eventapp.programme.actions.revision import note as note_step
from eventapp.programme.actions.revision import touch_session
from eventapp.programme.change_words import NO_NOTE, ReleaseNote
from eventapp.programme.comparing import SessionDifference, ShownSession, compare
from eventapp.programme.content import CONTENT
from eventapp.programme.day_of import drafts, queries
from eventapp.programme.day_of.errors import (
    Impossible,
    NothingChanges,
    SeenOtherwise,
    Unasked,
)
from eventapp.programme.day_of.permissions import may_change, require_the_day
from eventapp.programme.day_of.planning import Day, Plan, plan_of
from eventapp.programme.day_of.queries import CHANGED
from eventapp.programme.day_of.wishes import Wish
from eventapp.programme.errors import NotNow
from eventapp.programme.release_models import ProgrammeRelease
from eventapp.programme.release_queries import kept, release_of
from eventapp.programme.states import ReleaseReason

UNDONE = "programme.day_change_undone"
RELEASE = "release"


@dataclass(frozen=True, kw_only=True)
class DayRequest:
    """What an organiser decided: with which words, having seen what, and whether knowingly."""

    wish: Wish
    note: ReleaseNote = NO_NOTE
    seen: str
    knowingly: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Changed:
    """What was released, and what it changed."""

    release: ProgrammeRelease
    differences: list[SessionDifference]
    day: Day


def change_on_the_day(event: Event, request: DayRequest, *, by: Actor) -> Changed:
    """Change a few sessions for everybody, at once.

    Raises NotTheDay, NotNow for a session that is over, NothingChanges; Impossible with the
    conflicts, Unasked where they may be accepted, SeenOtherwise if a colleague was faster.
    """
    with transaction():
        lock(event)
        require_the_day(event)
        day = queries.day_of(event)
        plan = plan_of(day, request.wish)
        _check(plan, request)
        before = {number: drafts.remembered(day.rows[number]) for number in plan.sessions}
        _write_drafts(day, plan)
        reason = ReleaseReason.ON_THE_DAY
        release = write_release(
            event, day.released, plan.differences, note=request.note, reason=reason, by=by
        )
        _settle(day, plan.sessions)
        _remember(event, day, before, release, by)
        return Changed(release, plan.differences, queries.day_of(event))


def _check(plan: Plan, request: DayRequest) -> None:
    if not plan.differences:
        raise NothingChanges
    if plan.marks != request.seen:
        raise SeenOtherwise
    if not all(may_change(each.before) for each in plan.differences if each.before):
        raise NotNow
    if plan.impossible:
        raise Impossible(plan.impossible)
    if any(one.fingerprint not in request.knowingly for one in plan.risky):
        raise Unasked(plan.risky)


def _write_drafts(day: Day, plan: Plan) -> None:
    people = {one.id: one for one in day.programme.contributors}
    for number, shown in plan.sessions.items():
        drafts.write(plan.wish, day.rows[number], shown, people)
    db.session.flush()


def _settle(day: Day, changed: Mapping[int, ShownSession]) -> None:
    for number in changed:
        touch_session(day.rows[number])
    db.session.flush()


def _remember(
    event: Event, day: Day, before: dict[int, drafts.Kept], release: ProgrammeRelease, by: Actor
) -> None:
    content = [kept | {"version": day.rows[number].version} for number, kept in before.items()]
    different = {CONTENT: (json.dumps(content), None), RELEASE: (None, release.number)}
    note_step(by, CHANGED, event, event, different=different)


def undo_on_the_day(event: Event, number: int, *, by: Actor) -> Changed:
    """Everything is as it was before the release `number`, in the draft and for everybody.

    Raises NotTheDay, or Overtaken once something else has happened to one of its sessions.
    """
    with transaction():
        lock(event)
        require_the_day(event)
        day = queries.day_of(event)
        step, differences = way_back(event, day, number)
        people = {one.id: one for one in day.programme.contributors}
        for one in json.loads(str(step.before[CONTENT])):
            drafts.put_back(day.rows[one["id"]], one, people)
        db.session.flush()
        reason = ReleaseReason.ON_THE_DAY
        release = write_release(event, day.released, differences, reason=reason, by=by)
        _settle(day, {each.session_id: each.shown for each in differences})
        note_step(by, UNDONE, event, event, different={RELEASE: (number, release.number)})
        return Changed(release, differences, queries.day_of(event))


def way_back(event: Event, day: Day, number: int) -> tuple[AuditEntry, list[SessionDifference]]:
    """The step that made a release, and what taking it back would change. Raises Overtaken."""
    found = [one for one in queries.steps_of(event) if one.after.get(RELEASE) == number]
    earlier = release_of(event, number - 1)
    if not found or earlier is None:
        raise Overtaken
    content = json.loads(str(found[0].before[CONTENT]))
    rows = [day.rows.get(one["id"]) for one in content]
    if any(
        row is None or row.version != one["version"] for row, one in zip(rows, content, strict=True)
    ):
        raise Overtaken
    ids = {one["id"] for one in content}
    made, before = release_of(event, number), kept(earlier).sessions
    now = {one: day.released.sessions.get(one) for one in ids}
    if made is None or now != {one: kept(made).sessions.get(one) for one in ids}:
        raise Overtaken
    return found[0], compare(_only(day.released.sessions, ids), _only(before, ids))


def _only(sessions: Mapping[int, ShownSession], ids: set[int]) -> dict[int, ShownSession]:
    return {number: shown for number, shown in sessions.items() if number in ids}
