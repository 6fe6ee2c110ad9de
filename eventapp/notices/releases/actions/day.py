"""A change of the day with the mails about it, and taking it back, each in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.foundation.database import lock, transaction
from eventapp.notices.releases import queries
from eventapp.notices.releases.actions.telling import tell
from eventapp.notices.releases.audience import Audience, audience_of
from eventapp.notices.releases.models import ReleaseDigest
from eventapp.notices.releases.queries import Progress
from eventapp.notices.releases.states import DigestState, Pace
from eventapp.notices.states import Told
from eventapp.programme.day_of.actions import (
    Changed,
    DayRequest,
    change_on_the_day,
    undo_on_the_day,
)
from eventapp.programme.release_models import ProgrammeRelease
from eventapp.programme.release_queries import release_of
from eventapp.programme.states import ReleaseReason


@dataclass(frozen=True)
class Done:
    """A change that was made, with whom it concerns and the digest that tells them, if any."""

    changed: Changed
    audience: Audience
    digest: ReleaseDigest | None


def change_today(event: Event, request: DayRequest, told: Collection[Told], *, by: Actor) -> Done:
    """Change a few sessions at once and tell those concerned at once.

    Raises as `change_on_the_day` does; then nobody is told.
    """
    with transaction():
        lock(event)
        return _tell(event, change_on_the_day(event, request, by=by), told)


def undo_today(event: Event, number: int, *, by: Actor) -> Done:
    """Take a change back, and tell those who were told of it, or are about to be."""
    with transaction():
        lock(event)
        release = release_of(event, number)
        told = who_was_told(event, release) if release else WasTold()
        return _tell(event, undo_on_the_day(event, number, by=by), told.kinds)


def _tell(event: Event, changed: Changed, told: Collection[Told]) -> Done:
    whom = audience_of(event, changed.day.programme, changed.differences, ReleaseReason.ON_THE_DAY)
    digest = tell(event, changed.release, told, pace=Pace.AT_ONCE) if told else None
    return Done(changed, whom, digest)


@dataclass(frozen=True)
class WasTold:
    """Who learns of a release, and how many mails are gone or still wait."""

    kinds: frozenset[Told] = frozenset()
    gone: int = 0
    on_the_way: int = 0


def who_was_told(event: Event, release: ProgrammeRelease) -> WasTold:
    """To be asked before a change is taken back: those people learn of that as well."""
    digest = queries.digest_telling_of(release)
    if digest is None:
        return WasTold()
    progress = queries.progress_of(event).get(digest.id, Progress())
    if digest.state is DigestState.STOPPED and not progress.written:
        return WasTold()
    chosen = next(one for one in digest.tellings if one.release_id == release.id)
    kinds = {Told.CONTRIBUTORS: chosen.contributors, Told.GUESTS: chosen.guests}
    return WasTold(
        frozenset(kind for kind, wanted in kinds.items() if wanted),
        progress.gone,
        progress.on_the_way,
    )
