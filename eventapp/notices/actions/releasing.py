"""Releasing a programme, and telling those whom it concerns, in one transaction."""

from dataclasses import dataclass

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.foundation.database import lock, transaction
from eventapp.foundation.outbox import is_one_address
from eventapp.notices import queries
from eventapp.notices.by_rule import notice_by_rule
from eventapp.notices.reach import reach_of
from eventapp.notices.release_mails import Digest, queue_digests
from eventapp.notices.states import NoticeKind, Told
from eventapp.programme.actions import Pending, publish_programme
from eventapp.programme.change_words import ReleaseNote
from eventapp.programme.comparing import SessionDifference
from eventapp.programme.concerned import Concerned, concerned_contributors, for_all_guests
from eventapp.registrations.models import Registration


@dataclass(frozen=True)
class Audience:
    """Whom a release concerns. `unreached` are contributors without an address for mails."""

    contributors: list[Concerned]
    unreached: list[Concerned]
    guest_ids: list[int]
    for_guests: list[SessionDifference]


@dataclass(frozen=True, kw_only=True)
class ReleaseRequest:
    """What an organiser decided on the page: whom to tell, with which words, having seen what."""

    told: frozenset[Told]
    note: ReleaseNote
    seen: dict[int, str]


def audience_of(event: Event, pending: Pending) -> Audience:
    """Whom it would concern to release this now. Five statements at most."""
    programme = pending.programme
    concerned = concerned_contributors(
        pending.differences, programme.sessions, programme.contributors
    )
    for_guests = for_all_guests(pending.differences)
    reached = [one for one in concerned if is_one_address(one.contributor.email)]
    return Audience(
        contributors=reached,
        unreached=[one for one in concerned if one not in reached],
        guest_ids=_guests_with_place(event) if for_guests else [],
        for_guests=for_guests,
    )


def release_programme(event: Event, request: ReleaseRequest, *, by: Actor) -> int:
    """Show everybody the draft and write to those chosen; gives how many mails go out.

    Raises as `publish_programme` does; then nobody is told.
    """
    with transaction():
        lock(event)
        published = publish_programme(event, note=request.note, seen=request.seen, by=by)
        audience = audience_of(event, published.pending)
        digest = Digest(
            event=event,
            number=published.number,
            note=request.note,
            contributors=audience.contributors if Told.CONTRIBUTORS in request.told else [],
            guests=_guests(event, audience) if Told.GUESTS in request.told else [],
            for_guests=audience.for_guests,
        )
        return queue_digests(digest)


def _guests(event: Event, audience: Audience) -> list[Registration]:
    if not audience.guest_ids:
        return []
    return list(queries.registrations_by_ids(event, audience.guest_ids))


def _guests_with_place(event: Event) -> list[int]:
    """By the rule of the practical information: a place, and an address at which mails arrive."""
    everybody = queries.everybody(notice_by_rule(event, NoticeKind.PRACTICAL))
    return [one.id for one in reach_of(everybody).chosen]
