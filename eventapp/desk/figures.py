"""Named reads for the organisers' home: counts and the latest of an event, in fixed statements."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.models import Contact
from eventapp.contacts.states import Sector
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.outbox import MailState, OutboxMail
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.states import InvitationState
from eventapp.programme.models import Session
from eventapp.programme.states import SessionState
from eventapp.registrations.models import Registration
from eventapp.registrations.states import (
    HOLDS_PLACE,
    LIVE,
    USES_PLACE,
    RegistrationKind,
    RegistrationState,
)

LATEST = 8
NAMED = 3
R, I = RegistrationState, InvitationState  # noqa: E741 - short names for the sums below


@dataclass(frozen=True)
class EventFigures:
    """The counts of one event: registrations by state and kind, invitations by state."""

    registrations: Counter[tuple[RegistrationState, RegistrationKind]]
    invitations: Counter[InvitationState]
    sessions: int

    @property
    def waiting(self) -> int:
        """People on the waiting list."""
        return sum(count for (state, _kind), count in self.registrations.items()
                   if state is R.WAITING)

    def holding(self, kind: RegistrationKind) -> int:
        """Places held by people of this kind."""
        return sum(self.registrations[state, kind] for state in HOLDS_PLACE)

    @property
    def cancelled(self) -> int:
        """Registrations that were given up."""
        return sum(count for (state, kind), count in self.registrations.items()
                   if state is R.CANCELLED and kind is not RegistrationKind.COMPANION)

    @property
    def guests(self) -> int:
        """Registrations that live, companions included."""
        return sum(count for (state, _kind), count in self.registrations.items()
                   if state in LIVE)

    @property
    def invited(self) -> int:
        """Invitations that went out and were not withdrawn."""
        out = {I.PLANNED, I.WITHDRAWN}
        return sum(count for state, count in self.invitations.items() if state not in out)


def figures_of(event_ids: Sequence[int]) -> dict[int, EventFigures]:
    """The figures of each event. Three statements for all."""
    registrations = _counted(Registration.event_id, Registration.state, Registration.kind,
                             event_ids=event_ids)
    invitations = _counted(Invitation.event_id, Invitation.state, event_ids=event_ids)
    sessions = dict(_rows(
        select(Session.event_id, func.count())
        .where(Session.event_id.in_(event_ids), Session.state != SessionState.CANCELLED)
        .group_by(Session.event_id)
    ))  # fmt: skip
    return {
        event_id: EventFigures(
            Counter({(row[1], row[2]): row[3] for row in registrations if row[0] == event_id}),
            Counter({row[1]: row[2] for row in invitations if row[0] == event_id}),
            sessions.get(event_id, 0),
        )
        for event_id in event_ids
    }


def _counted(event_id: object, *columns: object, event_ids: Sequence[int]) -> list[tuple]:
    statement = (
        select(event_id, *columns, func.count())
        .where(event_id.in_(event_ids))
        .group_by(event_id, *columns)
    )
    return _rows(statement)


def _rows(statement: object) -> list[tuple]:
    return [tuple(row) for row in db.session.execute(statement)]
