"""Writes releases: what did not change is copied within the database, what did is written anew."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, update

from eventapp.accounts.audit import Actor
from eventapp.accounts.models import Account
from eventapp.events.actions import touch_event
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.programme.change_words import NO_NOTE, ReleaseNote
from eventapp.programme.comparing import SessionDifference, ShownSession, compare
from eventapp.programme.models import Session
from eventapp.programme.release_models import ProgrammeRelease, ReleasedSession
from eventapp.programme.release_queries import Kept, newest_kept, rows_to_copy
from eventapp.programme.snapshots import columns_of
from eventapp.programme.states import ReleaseReason

ONE_VERSION = timedelta(minutes=15)
"""What the program corrects by itself within this time, for one reason, makes one version."""


def write_release(
    event: Event,
    before: Kept,
    differences: Sequence[SessionDifference],
    *,
    note: ReleaseNote = NO_NOTE,
    reason: ReleaseReason = ReleaseReason.DECIDED,
    by: Actor,
) -> ProgrammeRelease:
    """Show everybody these differences. The caller holds the event's lock.

    Calendar entries of what differs become newer, past the sessions' versions: nothing that an
    organiser's open form shows has changed.
    """
    release = ProgrammeRelease(
        event_id=event.id,
        number=before.number + 1,
        released_at=clock.now(),
        released_by_id=by.id if isinstance(by, Account) else None,
        reason=reason,
        note_de=note.note_de,
        note_en=note.note_en,
    )
    db.session.add(release)
    db.session.flush()
    if before.release is not None:
        _copy(before.release, release, but=[each.session_id for each in differences])
    _write(release, differences)
    _show(event, differences, at=release.released_at)
    return release


def correct_release(
    event: Event, after: Mapping[int, ShownSession], *, reason: ReleaseReason, by: Actor
) -> list[SessionDifference]:
    """Show everybody at once what the program had to change in what was released.

    `after` are the sessions concerned; gives those that differ, none where nothing was released.
    Corrections in quick succession make one version.
    """
    before = newest_kept(event)
    known = {number: before.sessions[number] for number in after}
    differences = compare(known, after)
    if not differences:
        return []
    if before.release is not None and _is_continued(before.release, reason):
        before.release.released_at = clock.now()
        _rewrite(before.release, differences)
        _show(event, differences, at=before.release.released_at)
    else:
        write_release(event, before, differences, reason=reason, by=by)
    return differences


def _is_continued(release: ProgrammeRelease, reason: ReleaseReason) -> bool:
    by_itself = release.reason is reason is not ReleaseReason.DECIDED
    return by_itself and clock.now() - release.released_at < ONE_VERSION


def _copy(before: ProgrammeRelease, after: ProgrammeRelease, *, but: Sequence[int]) -> None:
    columns, rows = rows_to_copy(before, after.id, but=but)
    db.session.execute(insert(ReleasedSession).from_select(columns, rows))


def _rewrite(release: ProgrammeRelease, differences: Sequence[SessionDifference]) -> None:
    ids = [each.session_id for each in differences]
    db.session.execute(
        delete(ReleasedSession)
        .where(ReleasedSession.release_id == release.id, ReleasedSession.session_id.in_(ids))
        .execution_options(synchronize_session=False)
    )
    _write(release, differences)


def _write(release: ProgrammeRelease, differences: Iterable[SessionDifference]) -> None:
    place = {"release_id": release.id, "since": release.number}
    rows = [place | columns_of(each.after) for each in differences if each.after is not None]
    if rows:
        db.session.execute(insert(ReleasedSession), rows)


def _show(event: Event, differences: Sequence[SessionDifference], *, at: datetime) -> None:
    moved = [each.session_id for each in differences if each.moves]
    others = [each.session_id for each in differences if not each.moves]
    _renew(moved, last_modified_at=at, sequence=Session.sequence + 1)
    _renew(others, last_modified_at=at)
    touch_event(event)


def _renew(ids: Sequence[int], **values: Any) -> None:
    if ids:
        db.session.execute(update(Session).where(Session.id.in_(ids)).values(**values))
