"""One person registered twice: why it looks so, which one stays, and what it becomes. Pure.

What the person gains by merging is never more than they had: the better of two places or spots.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eventapp.contacts.likeness import Likeness, Somebody, is_same_name
from eventapp.foundation.message import Message, message
from eventapp.invitations.models import Invitation
from eventapp.registrations.guest_lines import GuestLine
from eventapp.registrations.models import Registration
from eventapp.registrations.states import USES_PLACE, RegistrationKind, RegistrationState

S = RegistrationState
STANDING = (S.IN_REVIEW, S.WAITING, S.OFFERED, S.CONFIRMED)
"""The states that can be merged, the best last."""


class Reason(StrEnum):
    """Why two look like one person."""

    CONTACT = "contact"
    ADDRESS = "address"
    NAME = "name"
    INVITED = "invited"
    SILENT = "silent"
    COMPANION = "companion"


REASON_WORDS = {
    Reason.CONTACT: message("The same entry of the address book, registered twice"),
    Reason.ADDRESS: message("Same e-mail address and nearly the same name"),
    Reason.NAME: message("Same name, another e-mail address"),
    Reason.INVITED: message("Invited, and registered once more under another address"),
    Reason.SILENT: message(
        "Invited and not answered, but registered by the public form under another address"
    ),
    Reason.COMPANION: message("Registered, and named as a companion as well"),
}
OF_LIKENESS = {
    Likeness.SAME_CONTACT: Reason.CONTACT,
    Likeness.SAME_ADDRESS: Reason.ADDRESS,
    Likeness.SAME_NAME: Reason.NAME,
}


@dataclass(frozen=True, slots=True)
class Double:
    """Two registrations that look like one person; `kept` is the one that better stays."""

    kept: Registration
    other: Registration
    reason: Reason

    @property
    def words(self) -> Message:
        """Why, in words."""
        return REASON_WORDS[self.reason]

    @property
    def may_choose(self) -> bool:
        """Whether either may stay; a companion's entry has no page of its own, so it goes."""
        return RegistrationKind.COMPANION not in {self.kept.kind, self.other.kind}


@dataclass(frozen=True, slots=True)
class SilentDouble:
    """A registration without an invitation, and an unanswered invitation of the same person."""

    registration: Registration
    invitation: Invitation

    @property
    def may_choose(self) -> bool:
        """The registration stays; the invitation is joined to it."""
        return False

    @property
    def words(self) -> Message:
        """Why, in words."""
        return REASON_WORDS[Reason.SILENT]


def double_of(one: Registration, other: Registration, likeness: Likeness) -> Double:
    """The pair as it is proposed: the better standing stays, among equals the older."""
    kept, second = sorted((one, other), key=_preference)
    return Double(kept, second, _reason(kept, second, likeness))


def _preference(one: Registration) -> tuple[bool, int, datetime, int]:
    standing = STANDING.index(one.state) if one.state in STANDING else -1
    companion = one.kind is RegistrationKind.COMPANION
    return companion, -standing, one.registered_at, one.id


def _reason(one: Registration, other: Registration, likeness: Likeness) -> Reason:
    if RegistrationKind.COMPANION in {one.kind, other.kind}:
        return Reason.COMPANION
    invited = {one.invitation_id is not None, other.invitation_id is not None}
    if likeness is Likeness.SAME_NAME and len(invited) == 2:
        return Reason.INVITED
    return OF_LIKENESS[likeness]


@dataclass(frozen=True, slots=True)
class Position:
    """Where somebody stands: with a place, in which spot of the line, until when it is offered."""

    state: RegistrationState
    priority: int = 0
    since: datetime | None = None
    until: datetime | None = None


def better_position(kept: Registration, other: Registration) -> Position:
    """The better state of the two; who waits has the earlier spot, an offer its later end.

    A place that is not counted (of press, crew, contributors) is none that a guest could take over.
    """
    both = [kept]
    if other.kind in USES_PLACE or kept.kind not in USES_PLACE:
        both.append(other)
    state = max((one.state for one in both), key=STANDING.index)
    if state not in {S.WAITING, S.OFFERED}:
        return Position(state, priority=kept.priority)
    spots = [(-one.priority, one.waiting_since) for one in both if one.waiting_since is not None]
    priority, since = min(spots, default=(-kept.priority, None))
    until = [one.offer_expires_at for one in both if one.offer_expires_at is not None]
    return Position(state, -priority, since, max(until) if state is S.OFFERED and until else None)


def united_company(
    own: Sequence[Registration], brought: Sequence[Registration], *, most: int
) -> list[Registration]:
    """Whom the person brings: those of both registrations, nobody twice, at most as many as may.

    Who has been promised a place comes before who has not, and then the kept one's own.
    """
    company: list[Registration] = []
    for one in sorted([*own, *brought], key=lambda companion: not companion.holds_place):
        if not any(_is_same(one, known, own) for known in company):
            company.append(one)
    return company[:most]


def _is_same(one: Registration, known: Registration, own: Sequence[Registration]) -> bool:
    """Companions of one registration are different people, also if nobody is named."""
    if (one in own) == (known in own):
        return False
    nameless = not (somebody(one).last_name or somebody(known).last_name)
    return nameless or is_same_name(somebody(one), somebody(known))


def somebody(one: Registration | GuestLine) -> Somebody:
    """A registration as far as comparing needs."""
    return Somebody(
        id=one.id or 0,
        first_name=one.first_name,
        last_name=one.last_name,
        organisation="" if one.kind is RegistrationKind.COMPANION else one.organisation_name,
        email=one.email,
        contact_id=one.contact_id,
        group_key=one.group_key,
    )
