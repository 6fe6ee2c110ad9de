"""Stopping a digest, or sending it before the quiet window is over."""

from eventapp.accounts.audit import Actor, record_change
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import after_commit, lock_columns, transaction
from eventapp.foundation.errors import found
from eventapp.notices.errors import NoSuchStep
from eventapp.notices.releases import queries
from eventapp.notices.releases.actions.telling import wake_worker_for_all
from eventapp.notices.releases.models import ReleaseDigest
from eventapp.notices.releases.queries import Progress
from eventapp.notices.releases.states import DigestState


def may_stop(digest: ReleaseDigest, progress: Progress) -> bool:
    """Whether stopping it would keep anything from going out."""
    if digest.state is DigestState.SENT:
        return progress.on_the_way > 0
    return digest.state is not DigestState.STOPPED


def stop_digest(event: Event, digest_id: int, *, by: Actor) -> None:
    """Nobody else is told; mails that wait to leave are taken back.

    Raises NoSuchStep where nothing is left to stop.
    """
    with transaction():
        digest = _taken(event, digest_id)
        if not may_stop(digest, queries.progress_of(event).get(digest.id, Progress())):
            raise NoSuchStep
        digest.move_to(DigestState.STOPPED)
        digest.ended_at = clock.now()
        _note(by, "digest.stopped", event)


def send_digest_now(event: Event, digest_id: int, *, by: Actor) -> None:
    """Do not wait for more. Raises NoSuchStep if it does not wait."""
    with transaction():
        digest = _taken(event, digest_id)
        if digest.state is not DigestState.WAITING:
            raise NoSuchStep
        digest.due_at = clock.now()
        _note(by, "digest.sent_early", event)
        after_commit("wake worker for what is due", wake_worker_for_all)


def _taken(event: Event, digest_id: int) -> ReleaseDigest:
    lock_columns(event)
    return found(queries.digest_of(event, digest_id))


def _note(by: Actor, action: str, event: Event) -> None:
    record_change(by, action, event, scope=event.scope, host_id=event.host_id)
