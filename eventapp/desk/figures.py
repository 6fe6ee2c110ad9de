"""How many people of which state an event has."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from eventapp.invitations.states import InvitationState
from eventapp.registrations.states import (
    HOLDS_PLACE,
    REGISTERED,
    RegistrationKind,
    RegistrationState,
)

NOT_OUT = frozenset({InvitationState.PLANNED, InvitationState.WITHDRAWN})


@dataclass(frozen=True)
class EventFigures:
    """Registrations by state and kind, invitations by state, and the number of sessions.

    An invitation that a substitute got belongs to that of the person it stands for, and is not
    counted again.
    """

    registrations: Counter[tuple[RegistrationState, RegistrationKind]]
    invitations: Counter[InvitationState]
    sessions: int

    @property
    def guests(self) -> int:
        """People who come or wait, companions included."""
        return self._people(REGISTERED, RegistrationKind)

    @property
    def waiting(self) -> int:
        """People on the waiting list, companions included."""
        return self._people({RegistrationState.WAITING}, RegistrationKind)

    @property
    def substitutes(self) -> int:
        """Places held by people who come for somebody else."""
        return self._people(HOLDS_PLACE, {RegistrationKind.SUBSTITUTE})

    @property
    def companions(self) -> int:
        """Places held by people who come with somebody."""
        return self._people(HOLDS_PLACE, {RegistrationKind.COMPANION})

    @property
    def silent(self) -> int:
        """Invitations that arrived and were not answered."""
        return self.invitations[InvitationState.SENT]

    @property
    def invited(self) -> int:
        """Invitations that went out and were not withdrawn."""
        return sum(count for state, count in self.invitations.items() if state not in NOT_OUT)

    def _people(self, states: Any, kinds: Any) -> int:
        return sum(
            count
            for (state, kind), count in self.registrations.items()
            if state in states and kind in kinds
        )
