"""Releasing a programme, and noting whom to tell, in one transaction."""

from dataclasses import dataclass

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.foundation.database import lock, transaction
from eventapp.notices.releases.actions.telling import tell
from eventapp.notices.releases.audience import audience_of
from eventapp.notices.releases.models import ReleaseDigest
from eventapp.notices.releases.states import Pace
from eventapp.notices.states import Told
from eventapp.programme.actions import publish_programme
from eventapp.programme.change_words import ReleaseNote
from eventapp.programme.release_queries import newest_release


@dataclass(frozen=True, kw_only=True)
class ReleaseRequest:
    """What an organiser decided on the page: whom to tell, with which words, having seen what."""

    told: frozenset[Told]
    note: ReleaseNote
    seen: dict[int, str]


def release_programme(event: Event, request: ReleaseRequest, *, by: Actor) -> ReleaseDigest | None:
    """Show everybody the draft; gives the digest that tells those chosen, None where nobody is.

    Raises as `publish_programme` does; then nobody is told.
    """
    with transaction():
        lock(event)
        published = publish_programme(event, note=request.note, seen=request.seen, by=by)
        pending, release = published.pending, newest_release(event)
        if release is None or not pending.differences:
            return None
        whom = audience_of(event, pending.programme, pending.differences)
        told = {
            kind
            for kind, people in (
                (Told.CONTRIBUTORS, whom.contributors),
                (Told.GUESTS, whom.guest_ids),
            )
            if kind in request.told and people
        }
        return tell(event, release, told, pace=Pace.QUIET) if told else None
