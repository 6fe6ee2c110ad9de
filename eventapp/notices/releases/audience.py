"""Whom a digest is for, read anew each time it is asked: of the draft's people, and of guests."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.events.models import Event
from eventapp.foundation.outbox import is_one_address
from eventapp.notices import queries
from eventapp.notices.by_rule import notice_by_rule
from eventapp.notices.reach import reach_of
from eventapp.notices.releases.digesting import put_together
from eventapp.notices.releases.models import ReleaseDigest
from eventapp.notices.states import NoticeKind
from eventapp.programme import queries as programme_queries
from eventapp.programme import release_queries
from eventapp.programme.comparing import SessionDifference
from eventapp.programme.concerned import (
    FOR_GUESTS,
    FOR_GUESTS_ON_THE_DAY,
    Concerned,
    concerned_contributors,
    for_all_guests,
)
from eventapp.programme.history import chapters
from eventapp.programme.queries import Programme
from eventapp.programme.states import ReleaseReason

FELT_BY_GUESTS = {ReleaseReason.ON_THE_DAY: FOR_GUESTS_ON_THE_DAY}


@dataclass(frozen=True)
class Audience:
    """Whom a release concerns. `unreached` are contributors without an address for mails."""

    contributors: list[Concerned]
    unreached: list[Concerned]
    for_guests: list[SessionDifference]
    guest_ids: list[int]

    @property
    def people(self) -> int:
        """How many can be written to."""
        return len(self.contributors) + len(self.guest_ids)


def audience_of(
    event: Event,
    programme: Programme,
    differences: Sequence[SessionDifference],
    reason: ReleaseReason = ReleaseReason.DECIDED,
) -> Audience:
    """Whom these differences concern now. Five statements at most."""
    for_guests = for_all_guests(differences, FELT_BY_GUESTS.get(reason, FOR_GUESTS))
    return audience(
        concerned(programme, differences),
        for_guests=for_guests,
        guest_ids=guests_with_place(event) if for_guests else [],
    )


def audience(
    everybody: Sequence[Concerned],
    *,
    for_guests: list[SessionDifference],
    guest_ids: list[int],
) -> Audience:
    """The contributors apart, by whether a mail reaches them."""
    reached = [one for one in everybody if is_one_address(one.contributor.email)]
    return Audience(
        contributors=reached,
        unreached=[one for one in everybody if one not in reached],
        for_guests=for_guests,
        guest_ids=guest_ids,
    )


def concerned(programme: Programme, differences: Sequence[SessionDifference]) -> list[Concerned]:
    """The contributors to whom differences mean something."""
    return concerned_contributors(differences, programme.sessions, programme.contributors)


def audience_of_digest(digest: ReleaseDigest) -> Audience:
    """Whom a digest would reach if it went out now, without its guests. Seven statements.

    Differences that were decided to concern contributors alone are for them alone.
    """
    event = digest.event
    history = chapters(release_queries.releases_of(event), release_queries.changed_sessions(event))
    until = max(one.release.number for one in digest.tellings)
    ours = {one.release.number for one in digest.tellings if one.contributors}
    theirs = {one.release.number: one.release.reason for one in digest.tellings if one.guests}
    felt = FOR_GUESTS.union(*(FELT_BY_GUESTS.get(reason, ()) for reason in theirs.values()))
    programme = programme_queries.programme_of(event)
    return audience(
        concerned(programme, put_together(history, ours, until=until)),
        for_guests=for_all_guests(put_together(history, theirs, until=until), felt),
        guest_ids=[],
    )


def guests_with_place(event: Event) -> list[int]:
    """By the rule of the practical information: a place, and an address at which mails arrive."""
    everybody = queries.everybody(notice_by_rule(event, NoticeKind.PRACTICAL))
    return [one.id for one in reach_of(everybody).chosen]
