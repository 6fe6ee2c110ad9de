"""Whose lost links go to an address: it is the one that counts which they gave last."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.events.models import Event
from eventapp.events.states import PUBLIC
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.text import normalised_email
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations.models import Registration
from eventapp.registrations.queries import LINKS_LIMIT
from eventapp.registrations.states import LIVE


def answered_from_elsewhere(invitations: Iterable[Invitation], email: str) -> set[int]:
    """Those invitations (by id) whose guests gave another address last, coming or not."""
    ids = [invitation.id for invitation in invitations]
    if not ids:
        return set()
    rows = db.session.execute(
        select(Registration.invitation_id, Registration.email_key)
        .where(Registration.invitation_id.in_(ids), Registration.main_id.is_(None))
        .order_by(Registration.state.in_(LIVE), Registration.id)  # what counts comes last
    )
    given = {row[0]: row[1] for row in rows if row[0] is not None}
    return {one for one, key in given.items() if key not in {"", normalised_email(email)}}


def invitations_answered_from(email: str) -> Sequence[Invitation]:
    """Invitations to events that are not over whose guests gave this address and do not come.

    One statement, at most 20 rows; who comes gets the personal page.
    """
    return db.session.scalars(
        select(Invitation)
        .join(Registration, Registration.invitation_id == Invitation.id)
        .join(Invitation.event)
        .options(
            joinedload(Invitation.contact),
            joinedload(Invitation.substitute),
            contains_eager(Invitation.event).joinedload(Event.venue),
            contains_eager(Invitation.event).joinedload(Event.host),
        )
        .where(
            Registration.email_key == normalised_email(email),
            Registration.main_id.is_(None),
            Registration.state.not_in(LIVE),
            Invitation.state != InvitationState.WITHDRAWN,
            Event.ends_at > clock.now(),
            Event.state.in_(PUBLIC),
        )
        .order_by(Event.starts_at, Invitation.id)
        .limit(LINKS_LIMIT)
    ).all()
