"""How organisers look at replies: groups of states, and what a list is filtered by. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from eventapp.contacts.states import Sector
from eventapp.foundation.message import Message, message
from eventapp.foundation.text import clean
from eventapp.invitations.states import UNANSWERED, InvitationState

SEARCH_LENGTH = 200


class ReplyGroup(StrEnum):
    """Which invitations a list shows, by what people do next with them."""

    ALL = "all"
    UNANSWERED = "unanswered"
    ACCEPTED = "accepted"
    SUBSTITUTED = "substituted"
    DECLINED = "declined"
    UNDELIVERABLE = "undeliverable"
    WITHDRAWN = "withdrawn"

    @property
    def states(self) -> frozenset[InvitationState]:
        """The states that belong to the group."""
        return GROUP_STATES[self]


GROUP_STATES = {
    ReplyGroup.ALL: frozenset(InvitationState) - {InvitationState.WITHDRAWN},
    ReplyGroup.UNANSWERED: UNANSWERED,
    ReplyGroup.ACCEPTED: frozenset({InvitationState.ACCEPTED}),
    ReplyGroup.SUBSTITUTED: frozenset({InvitationState.SUBSTITUTED}),
    ReplyGroup.DECLINED: frozenset({InvitationState.DECLINED}),
    ReplyGroup.UNDELIVERABLE: frozenset({InvitationState.UNDELIVERABLE}),
    ReplyGroup.WITHDRAWN: frozenset({InvitationState.WITHDRAWN}),
}

GROUP_WORDS = {
    ReplyGroup.ALL: message("All"),
    ReplyGroup.UNANSWERED: message("No answer"),
    ReplyGroup.ACCEPTED: message("Accepted"),
    ReplyGroup.SUBSTITUTED: message("Substitute"),
    ReplyGroup.DECLINED: message("Declined"),
    ReplyGroup.UNDELIVERABLE: message("Undeliverable"),
    ReplyGroup.WITHDRAWN: message("Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class ReplyFilter:
    """What a list of invitations is narrowed down to; the defaults show everybody."""

    group: ReplyGroup = ReplyGroup.ALL
    search: str = ""
    sector: Sector | None = None
    wave: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the group restricts the list."""
        return bool(self.search or self.sector or self.wave)


EVERYBODY = ReplyFilter()


def reply_filter(asked: Mapping[str, str]) -> ReplyFilter:
    """What an address asks for; what it cannot mean is left out."""
    group, sector = asked.get("group", ""), asked.get("sector", "")
    wave = asked.get("wave", "")
    return ReplyFilter(
        group=ReplyGroup(group) if group in set(ReplyGroup) else ReplyGroup.ALL,
        search=clean(asked.get("q", ""))[:SEARCH_LENGTH],
        sector=Sector(sector) if sector in set(Sector) else None,
        wave=int(wave) if wave.isascii() and wave.isdigit() and len(wave) < 7 else None,
    )


def group_label(group: ReplyGroup) -> Message:
    """What a group is called on its chip."""
    return GROUP_WORDS[group]


def group_counts(states: Mapping[InvitationState, int]) -> dict[ReplyGroup, int]:
    """How many invitations stand in each group; no withdrawn ones, no entry for them."""
    counts = {group: sum(states.get(state, 0) for state in group.states) for group in ReplyGroup}
    if not counts[ReplyGroup.WITHDRAWN]:
        del counts[ReplyGroup.WITHDRAWN]
    return counts
