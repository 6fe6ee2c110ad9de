"""Noting whom to tell of a release, in its transaction. The worker writes the mails.

Releases in quick succession share a digest: each begins the quiet window anew, for an hour at most.
A change of the day goes at once, and takes along what waits.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import after_commit, db
from eventapp.foundation.wake import Call, wake_worker
from eventapp.notices.releases import queries
from eventapp.notices.releases.models import ReleaseDigest, ReleaseTelling
from eventapp.notices.releases.states import Pace
from eventapp.notices.states import Told
from eventapp.programme.release_models import ProgrammeRelease

QUIET = timedelta(minutes=15)
LONGEST = timedelta(hours=1)


def tell(
    event: Event, release: ProgrammeRelease, told: Collection[Told], *, pace: Pace
) -> ReleaseDigest:
    """Have people told of a release; gives the digest in which it stands.

    The caller holds the event's lock, for which whoever sends digests waits as well.
    """
    now = clock.now()
    digest = queries.waiting_digest(event)
    if digest is None:
        digest = ReleaseDigest(event=event, event_id=event.id, created_at=now, due_at=now)
        db.session.add(digest)
    digest.due_at = _due(digest, now, pace)
    telling = ReleaseTelling(
        digest=digest,
        release=release,
        contributors=Told.CONTRIBUTORS in told,
        guests=Told.GUESTS in told,
    )
    db.session.add(telling)
    db.session.flush()
    if pace is Pace.AT_ONCE:
        after_commit("wake worker for what is due", wake_worker_for_all)
    return digest


def _due(digest: ReleaseDigest, now: datetime, pace: Pace) -> datetime:
    if pace is Pace.AT_ONCE:
        return now
    return min(now + QUIET, max(digest.created_at + LONGEST, now))


def wake_worker_for_all() -> None:
    """What is due writes mails: the worker looks for more than mails."""
    wake_worker(Call.ALL)
