"""How organisers look at their guests: groups of states, and what a list is filtered by. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from eventapp.contacts.states import Sector
from eventapp.foundation.message import Message, message
from eventapp.foundation.text import clean
from eventapp.registrations.states import LIVE, REGISTERED, RegistrationState

SEARCH_LENGTH = 200


class GuestGroup(StrEnum):
    """Which registrations a list shows."""

    ALL = "all"
    CONFIRMED = "confirmed"
    OFFERED = "offered"
    WAITING = "waiting"
    IN_REVIEW = "in_review"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"

    @property
    def states(self) -> frozenset[RegistrationState]:
        """The states that belong to the group."""
        return GROUP_STATES[self]

    @property
    def is_line(self) -> bool:
        """Whether the list is a queue, so that its order says who moves up next."""
        return self is GuestGroup.WAITING


_LEFT = frozenset(RegistrationState) - LIVE
GROUP_STATES = {
    GuestGroup.ALL: REGISTERED,
    GuestGroup.CONFIRMED: frozenset({RegistrationState.CONFIRMED}),
    GuestGroup.OFFERED: frozenset({RegistrationState.OFFERED}),
    GuestGroup.WAITING: frozenset({RegistrationState.WAITING}),
    GuestGroup.IN_REVIEW: frozenset({RegistrationState.IN_REVIEW}),
    GuestGroup.UNCONFIRMED: frozenset({RegistrationState.UNCONFIRMED}),
    GuestGroup.CANCELLED: _LEFT,
}

GROUP_WORDS = {
    GuestGroup.ALL: message("Registered"),
    GuestGroup.CONFIRMED: message("Confirmed"),
    GuestGroup.OFFERED: message("Place offered"),
    GuestGroup.WAITING: message("Waiting list"),
    GuestGroup.IN_REVIEW: message("To be approved"),
    GuestGroup.UNCONFIRMED: message("Address not confirmed"),
    GuestGroup.CANCELLED: message("Cancelled"),
}


@dataclass(frozen=True, slots=True)
class GuestFilter:
    """What a list of guests is narrowed down to; the defaults show all who come or wait.

    `search` looks at name, organisation, town and address, `name` at the name alone.
    """

    group: GuestGroup = GuestGroup.ALL
    search: str = ""
    sector: Sector | None = None
    name: str = ""


def guest_filter(asked: Mapping[str, str]) -> GuestFilter:
    """What an address asks for; what it cannot mean is left out."""
    group, sector = asked.get("group", ""), asked.get("sector", "")
    return GuestFilter(
        group=GuestGroup(group) if group in set(GuestGroup) else GuestGroup.ALL,
        search=clean(asked.get("q", ""))[:SEARCH_LENGTH],
        sector=Sector(sector) if sector in set(Sector) else None,
    )


def group_label(group: GuestGroup) -> Message:
    """What a group is called on its chip."""
    return GROUP_WORDS[group]


def group_counts(states: Mapping[RegistrationState, int]) -> dict[GuestGroup, int]:
    """How many registrations stand in each group."""
    return {group: sum(states.get(state, 0) for state in group.states) for group in GuestGroup}
