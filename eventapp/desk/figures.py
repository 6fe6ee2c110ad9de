"""How many people of which state an event has: three statements for any number of events."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from eventapp.foundation.database import db
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.programme.models import Session
from eventapp.programme.states import SessionState
from eventapp.registrations.models import Registration
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
    def cancelled(self) -> int:
        """Guests who gave up their place."""
        kinds = set(RegistrationKind) - {RegistrationKind.COMPANION}
        return self._people({RegistrationState.CANCELLED}, kinds)

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


def figures_of(event_ids: Sequence[int]) -> dict[int, EventFigures]:
    """The figures of each event (by id). Three statements for all."""
    registrations = _counts(event_ids, Registration.event_id, Registration.state, Registration.kind)
    invitations = _counts(
        event_ids,
        Invitation.event_id,
        Invitation.state,
        only=Invitation.substitute_for_id.is_(None),
    )
    sessions = _counts(event_ids, Session.event_id, Session.state)
    return {
        event_id: EventFigures(
            Counter({(row[1], row[2]): row[3] for row in registrations if row[0] == event_id}),
            Counter({row[1]: row[2] for row in invitations if row[0] == event_id}),
            sum(
                row[2]
                for row in sessions
                if row[0] == event_id and row[1] is not SessionState.CANCELLED
            ),
        )
        for event_id in event_ids
    }


def _counts(
    event_ids: Sequence[int], event_id: Any, *columns: Any, only: ColumnElement[bool] | None = None
) -> Sequence[Any]:
    statement = select(event_id, *columns, func.count()).where(event_id.in_(event_ids))
    if only is not None:
        statement = statement.where(only)
    return db.session.execute(statement.group_by(event_id, *columns)).all()
