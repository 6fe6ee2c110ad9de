"""Who seems to be registered twice for an event, as the page about them shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eventapp.contacts.likeness import Likely, likely_doubles
from eventapp.contacts.models import PersonColumns
from eventapp.events.models import Event
from eventapp.invitations.models import Invitation
from eventapp.registrations.doubles import queries
from eventapp.registrations.doubles.pairs import Double, SilentDouble, double_of, somebody
from eventapp.registrations.guest_lines import GuestLine
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import may_merge
from eventapp.registrations.states import REGISTERED, RegistrationKind

MOST_SHOWN = 50
"""Pairs on the page; whoever decides about these sees the next."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Two whom staff said to be two people; the other one is registered, or invited only."""

    registration: Registration
    other: Registration | None
    invitation: Invitation | None

    @property
    def sides(self) -> list[PersonColumns]:
        """Both people, for their names."""
        invited = self.invitation.person if self.invitation is not None else None
        return [one for one in (self.registration, self.other, invited) if one is not None]


@dataclass(frozen=True, slots=True)
class DoubleSheet:
    """The pairs of one event, how many there are altogether, and what can be looked at again."""

    doubles: list[Double]
    silent: list[SilentDouble]
    total: int
    may_merge: bool
    apart: list[Apart]


def count_doubles(event: Event) -> int:
    """How many pairs look like one person; none once nothing can be done. Four statements."""
    if not may_merge(event):
        return 0
    known = queries.known_as_two(event)
    return len(_pairs(event, known)) + len(_silent_pairs(event, known))


def count_doubles_among(event: Event, rows: Sequence[GuestLine]) -> int:
    """How many pairs of these look like one person. One statement at most.

    A page that was searched for asks this: to look through all of a large event takes longer than
    the search itself.
    """
    if not may_merge(event):
        return 0
    here = [one for one in rows if one.state in REGISTERED and one.name_key]
    pairs = likely_doubles([somebody(one) for one in here])
    companions = {one.id for one in here if one.kind is RegistrationKind.COMPANION}
    pairs = [pair for pair in pairs if not companions.issuperset(pair.ids)]
    known = queries.known_as_two(event) if pairs else set()
    return sum((*pair.ids, None) not in known for pair in pairs)


def pairs_of(one: Registration) -> int:
    """With how many others this guest looks like one person. Four statements at most."""
    if not may_merge(one.event) or one.state not in REGISTERED:
        return 0
    known = queries.known_as_two(one.event)
    pairs = sum(one.id in pair.ids for pair in _pairs(one.event, known))
    return pairs + sum(guest == one.id for guest, _ in _silent_pairs(one.event, known))


def double_sheet(event: Event) -> DoubleSheet:
    """The likeliest pairs. Eight statements, whatever their number."""
    if not may_merge(event):
        return DoubleSheet([], [], 0, may_merge=False, apart=[])
    known = queries.known_as_two(event)
    pairs, silent = _pairs(event, known), _silent_pairs(event, known)
    total = len(pairs) + len(silent)
    pairs, silent = pairs[:MOST_SHOWN], silent[:MOST_SHOWN]
    ids = {one for pair in pairs for one in pair.ids} | {guest for guest, _ in silent}
    rows = queries.registrations_for_pairs(ids)
    invitations = queries.invitations_for_pairs({invited for _, invited in silent})
    return DoubleSheet(
        [double_of(rows[pair.first.id], rows[pair.second.id], pair.likeness) for pair in pairs],
        [SilentDouble(rows[guest], invitations[invited]) for guest, invited in silent],
        total,
        may_merge=True,
        apart=[_apart(one, other) for one, other in queries.told_apart(event)],
    )


def _apart(one: Registration, other: Registration | Invitation) -> Apart:
    if isinstance(other, Invitation):
        return Apart(one, None, other)
    return Apart(one, other, None)


def _pairs(event: Event, known: set[tuple[int, int | None, int | None]]) -> list[Likely]:
    people, companions = queries.recurring_guests(event)
    return [
        pair
        for pair in likely_doubles(people)
        if (*pair.ids, None) not in known and not companions.issuperset(pair.ids)
    ]


def _silent_pairs(
    event: Event, known: set[tuple[int, int | None, int | None]]
) -> list[tuple[int, int]]:
    """(registration, invitation): one invitation goes to one guest, the likeliest."""
    guests, invited = queries.uninvited_like_silent(event)
    ids = {one.id for one in guests}
    marked = [replace(one, id=-one.id) for one in invited]  # told apart from guests by the sign
    found: dict[int, int] = {}
    for pair in likely_doubles([*marked, *guests]):
        invitation, guest = -pair.first.id, pair.second.id
        if pair.first.id < 0 and guest in ids and (guest, None, invitation) not in known:
            found.setdefault(invitation, guest)
    return [(guest, invitation) for invitation, guest in found.items()]
