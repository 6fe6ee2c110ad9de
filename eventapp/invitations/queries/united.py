"""Reads for two contacts that turn out to be one person."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.invitations.models import Invitation


def events_of_contacts(contact_ids: Sequence[int]) -> Sequence[Event]:
    """The events to which these contacts are invited, always in the same order. One statement."""
    return db.session.scalars(
        select(Event)
        .where(
            Event.id.in_(select(Invitation.event_id).where(Invitation.contact_id.in_(contact_ids)))
        )
        .order_by(Event.id)
    ).all()


def invited_twice(one_id: int, other_id: int) -> list[tuple[Invitation, Invitation]]:
    """The invitations of two contacts to the same events, pair by pair. One statement."""
    second = aliased(Invitation)
    rows = db.session.execute(
        select(Invitation, second)
        .join(second, second.event_id == Invitation.event_id)
        .where(Invitation.contact_id == one_id, second.contact_id == other_id)
        .order_by(Invitation.event_id)
    )
    return [(row[0], row[1]) for row in rows]


def substitutes_of(invitation: Invitation) -> Sequence[Invitation]:
    """The invitations of those whom this guest named to come instead, with the people. One
    statement."""
    return db.session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.substitute))
        .where(Invitation.substitute_for_id == invitation.id)
        .order_by(Invitation.id)
    ).all()
