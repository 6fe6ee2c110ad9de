"""Releasing a programme: the draft becomes what everybody sees, as a whole or not at all."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import lock, transaction
from eventapp.programme import queries
from eventapp.programme.actions.release_rows import write_release
from eventapp.programme.actions.revision import note as note_step
from eventapp.programme.change_words import NO_NOTE, ReleaseNote
from eventapp.programme.checking import checked
from eventapp.programme.comparing import SessionDifference, compare
from eventapp.programme.errors import DraftMoved, NothingToPublish, NotPublishable
from eventapp.programme.models import Session
from eventapp.programme.queries import Programme
from eventapp.programme.release_queries import Kept, newest_kept
from eventapp.programme.snapshots import draft_version
from eventapp.programme.states import SessionState
from eventapp.programme.timetable.checks import Checked, Conflict, hard_conflicts


@dataclass(frozen=True)
class Pending:
    """What would become public now: the differences, and what stands against it."""

    programme: Programme
    released: Kept
    differences: list[SessionDifference]
    checked: Checked

    @property
    def hard(self) -> list[Conflict]:
        """What has to be mended first."""
        return list(hard_conflicts(self.checked.conflicts))

    @property
    def is_empty(self) -> bool:
        """Whether a release would change nothing, not even for colleagues."""
        return not self.differences and not self.programme.waiting

    @property
    def marks(self) -> dict[int, str]:
        """A short mark of each difference, to tell what somebody has seen of them."""
        return {each.session_id: _mark(each) for each in self.differences}


@dataclass(frozen=True)
class Published:
    """The number of a release, and what was different before it."""

    number: int
    pending: Pending

    @property
    def differences(self) -> list[SessionDifference]:
        """What everybody sees now and did not before."""
        return self.pending.differences


def _mark(difference: SessionDifference) -> str:
    return blake2b(repr(difference).encode(), digest_size=4).hexdigest()


def pending_of(event: Event) -> Pending:
    """What a release would change now. Seven statements, however long the programme is."""
    programme, released = queries.programme_of(event), newest_kept(event)
    after = draft_version(programme.sessions, released.sessions)
    found = compare(released.sessions, after)
    return Pending(programme, released, found, checked(programme))


def publish_programme(
    event: Event,
    *,
    note: ReleaseNote = NO_NOTE,
    seen: dict[int, str] | None = None,
    by: Actor,
) -> Published:
    """Show the draft to everybody; gives what was different. Sessions without a time stay drafts.

    `seen` are the marks of what the person saw before deciding. Raises NotPublishable with the
    conflicts if the programme breaks a hard rule, DraftMoved if a colleague has changed the draft
    since, NothingToPublish where draft and release agree.
    """
    with transaction():
        lock(event)
        pending = pending_of(event)
        if pending.hard:
            raise NotPublishable(pending.hard)
        if seen is not None and seen != pending.marks:
            raise DraftMoved
        if pending.is_empty:
            raise NothingToPublish
        number, now = pending.released.number, clock.now()
        if pending.differences:
            before = pending.released
            release = write_release(event, before, pending.differences, note=note, by=by)
            number, now = release.number, release.released_at
        for session in pending.programme.sessions:
            _settle(session, now)
        event.programme_published_at = now
        counted = {"release": (pending.released.number or None, number)}
        note_step(by, "programme.published", event, event, different=counted)
        return Published(number, pending)


def _settle(session: Session, now: datetime) -> None:
    """The draft and what everybody sees are the same from now on."""
    if session.may_be_deleted and session.starts_at is not None:
        if session.state is SessionState.DRAFT:
            session.move_to(SessionState.CHECKED)
        session.move_to(SessionState.PUBLISHED)
        session.published_at = now
    elif session.state is SessionState.CHANGED:
        session.move_to(SessionState.PUBLISHED)
