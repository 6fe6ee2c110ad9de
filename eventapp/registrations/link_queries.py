"""Which address guests gave last: it is the one that counts, for their lost links as well."""

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
    given = addresses_given(invitations)
    return {
        one for one, other in given.items() if normalised_email(other) != normalised_email(email)
    }


def addresses_given(invitations: Iterable[Invitation]) -> dict[int, str]:
    """Which address the guests of these invitations (by id) gave last, coming or not; mails go
    there. One statement at most."""
    ids = [invitation.id for invitation in invitations]
    if not ids:
        return {}
    rows = db.session.execute(
        select(Registration.invitation_id, Registration.email)
        .where(Registration.invitation_id.in_(ids), Registration.main_id.is_(None))
        .order_by(Registration.state.in_(LIVE), Registration.id)  # what counts comes last
    )
    given = {row[0]: row[1] for row in rows if row[0] is not None}
    return {one: email for one, email in given.items() if email}


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
