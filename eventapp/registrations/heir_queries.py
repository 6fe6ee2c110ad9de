"""Reads of who came in whose place, where the guest had registered without an invitation."""

from collections.abc import Iterable

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased, contains_eager, selectinload

from eventapp.foundation.database import db
from eventapp.invitations.models import Invitation
from eventapp.registrations.models import Registration
from eventapp.registrations.states import LIVE, RegistrationKind, RegistrationState

IS_PROPOSAL = and_(
    Registration.state == RegistrationState.IN_REVIEW,
    Registration.kind == RegistrationKind.SUBSTITUTE,
)
"""The same in a statement as `Registration.is_proposal`: whom a guest would like to send."""


def heir_of(guest: Registration) -> Registration | None:
    """Whom this guest named last, with companions, invitation and person, read afresh.

    Whoever was found to be the same person and still comes stands first. Where that substitute
    named somebody in turn, the last of the line. Two statements for each of them.
    """
    heir = further = _named_by(guest)
    while further is not None:
        heir = further
        further = _named_by(heir) if heir.state is RegistrationState.REPLACED else None
    return heir


def _named_by(guest: Registration) -> Registration | None:
    return db.session.scalar(
        select(Registration)
        .outerjoin(Registration.invitation)
        .outerjoin(Invitation.substitute)
        .options(
            contains_eager(Registration.invitation).contains_eager(Invitation.substitute),
            selectinload(Registration.companions),
        )
        .where(
            Registration.replaces_id == guest.id,
            Registration.main_id.is_(None),
            Registration.state != RegistrationState.IN_REVIEW,  # only proposed
        )
        .order_by(Registration.state.in_(LIVE).desc(), Registration.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def in_turn(guest: Registration) -> dict[str, Registration | None]:
    """Whom this guest comes for, and whom they send. Statements only where there is somebody."""
    replaced = guest.state is RegistrationState.REPLACED
    return {
        "comes_for": db.session.get(Registration, guest.replaces_id) if guest.replaces_id else None,
        "sends": heir_of(guest) if replaced else None,
    }


def times_handed_over(guest: Registration) -> int:
    """How many people this guest has named so far. One statement."""
    named = select(func.count()).where(
        Registration.replaces_id == guest.id, Registration.state != RegistrationState.IN_REVIEW
    )
    return db.session.scalar(named) or 0


def proposal_of(guest: Registration) -> Registration | None:
    """Whom this guest would like to send, while the organisers look. One statement."""
    return db.session.scalar(
        select(Registration).where(IS_PROPOSAL, Registration.replaces_id == guest.id).limit(1)
    )


def delete_proposals(guest: Registration) -> bool:
    """Forget whom this guest would have liked to send; whether there was somebody."""
    proposal = proposal_of(guest)
    if proposal is not None:
        db.session.delete(proposal)
        db.session.flush()
    return proposal is not None


def proposers_of(rows: Iterable[Registration]) -> dict[int, Registration]:
    """The guests (by id) who would like to send those of the rows that are proposals. One
    statement at most."""
    ids = {one.replaces_id for one in rows if one.is_proposal and one.replaces_id}
    if not ids:
        return {}
    found = db.session.scalars(select(Registration).where(Registration.id.in_(ids)))
    return {one.id: one for one in found}


def guest_behind(follow_up: Invitation) -> Registration | None:
    """Who named this person, having registered without an invitation; None for everybody else.

    A statement only for substitutes of such guests.
    """
    if follow_up.substitute_id is None or follow_up.substitute_for_id is not None:
        return None
    guest = aliased(Registration)
    return db.session.scalar(
        select(guest)
        .join(Registration, Registration.replaces_id == guest.id)
        .where(Registration.invitation_id == follow_up.id)
        .order_by(Registration.id.desc())
        .limit(1)
    )
