"""What hangs on a draft of an event, counted."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.states import InvitationState
from eventapp.programme.models import Contributor, Session
from eventapp.registrations.models import Registration


@dataclass(frozen=True)
class Attached:
    """How many rows would go with the event, and how many keep it from going."""

    sessions: int
    contributors: int
    waves: int
    invitations: int
    registrations: int
    mails: int


def attached_to(event: Event) -> Attached:
    """All of it counted. One statement."""
    row = db.session.execute(
        select(
            _count(Session.event_id == event.id),
            _count(Contributor.event_id == event.id),
            _count(Wave.event_id == event.id),
            _count(Invitation.event_id == event.id, Invitation.state != InvitationState.PLANNED),
            _count(Registration.event_id == event.id),
            _count(OutboxMail.scope == event.scope),
        )
    ).one()
    return Attached(*row)


def _count(*only: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(func.count()).where(*only).scalar_subquery()
