"""Who of the people on the chosen lists is invited, and who is left out and why. Pure."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a person on a list is not invited; in the order in which the reasons are looked for."""

    BLOCKED = "blocked"
    ALREADY_INVITED = "already_invited"
    NO_EMAIL = "no_email"
    BAD_ADDRESS = "bad_address"
    UNDELIVERABLE = "undeliverable"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person on one of the lists; address and name together tell whether two are the same."""

    contact_id: int
    name: str
    organisation: str
    email_key: str
    name_key: str
    blocked: bool = False
    undeliverable: bool = False
    bad_address: bool = False

    @property
    def person(self) -> tuple[str, str]:
        """What two entries of one person have in common; a couple may share the address."""
        return self.email_key, self.name_key


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person who is not invited, with the reason."""

    candidate: Candidate
    reason: Reason


@dataclass(frozen=True, slots=True)
class Invited:
    """Who has an invitation to the event already."""

    contacts: AbstractSet[int] = frozenset()
    people: AbstractSet[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Selection:
    """Who is invited and who is not, each in the order in which they were given."""

    chosen: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]

    def left_out_for(self, reason: Reason) -> tuple[Candidate, ...]:
        """The people left out for one reason."""
        return tuple(one.candidate for one in self.left_out if one.reason is reason)


def select_recipients(candidates: Iterable[Candidate], *, invited: Invited) -> Selection:
    """Invite everybody once: the first entry of a person counts, later ones are duplicates."""
    chosen: list[Candidate] = []
    left_out: list[LeftOut] = []
    seen: set[tuple[str, str]] = set()
    for candidate in candidates:
        reason = _reason(candidate, invited=invited, seen=seen)
        if reason is None:
            chosen.append(candidate)
            seen.add(candidate.person)
        else:
            left_out.append(LeftOut(candidate, reason))
    return Selection(tuple(chosen), tuple(left_out))


def _reason(
    candidate: Candidate, *, invited: Invited, seen: AbstractSet[tuple[str, str]]
) -> Reason | None:
    reasons = {
        Reason.BLOCKED: candidate.blocked,
        Reason.ALREADY_INVITED: candidate.contact_id in invited.contacts,
        Reason.NO_EMAIL: not candidate.email_key,
        Reason.BAD_ADDRESS: candidate.bad_address,
        Reason.UNDELIVERABLE: candidate.undeliverable,
        Reason.DUPLICATE: candidate.person in seen or candidate.person in invited.people,
    }
    return next((reason for reason, applies in reasons.items() if applies), None)
