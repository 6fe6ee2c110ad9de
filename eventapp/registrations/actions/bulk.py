"""One step for many invited people in one transaction: wholly done for each of them, or not at all.

Who cannot be reached by the step is left as they are, and nobody else because of them.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.foundation.errors import Refused
from eventapp.invitations import queries as invitation_queries
from eventapp.invitations.models import Invitation
from eventapp.registrations import queries
from eventapp.registrations.actions.leaving import withdraw_invitation
from eventapp.registrations.actions.links import resend_link
from eventapp.registrations.link_queries import addresses_given
from eventapp.registrations.states import HOLDS_PLACE


def resend_links(
    event: Event, invitations: Sequence[Invitation], *, seen_at: datetime, by: Actor
) -> int:
    """Mail these people their links again; returns how many went out.

    `seen_at` is when the page was made from which this was asked for: who was sent the link after
    that, by a colleague or a second click, gets no other; nor does who wants no more mails.
    """
    with transaction():
        lock_columns(event)
        given = addresses_given(invitations)
        unwanted = invitation_queries.unwanted_among(event, invitations, given)
        return sum(
            _tried(lambda one: resend_link(one, by=by), invitation)
            for invitation in invitations
            if invitation.id not in unwanted and not _sent_after(invitation, seen_at)
        )


def _sent_after(invitation: Invitation, moment: datetime) -> bool:
    lock_columns(invitation)
    return invitation.sent_at is not None and invitation.sent_at > moment


def withdraw_invitations(
    event: Event,
    invitations: Sequence[Invitation],
    *,
    seen_at: datetime,
    by: Actor,
    reason: str = "",
) -> int:
    """Take these invitations back, with what came of them; returns how many.

    `seen_at` is when the page was made from which this was asked for: it said nothing of an answer
    that came after that, so whoever gave one is left alone. Who holds a place goes last, so that
    it is not given to somebody who leaves a moment later.
    """
    with transaction():
        lock_columns(event)
        registered = queries.states_of(invitations)
        ordered = sorted(invitations, key=lambda one: registered.get(one.id) in HOLDS_PLACE)
        return sum(
            _tried(lambda one: withdraw_invitation(one, by=by, reason=reason), invitation)
            for invitation in ordered
            if not _replied_after(invitation, seen_at)
        )


def _replied_after(invitation: Invitation, moment: datetime) -> bool:
    lock_columns(invitation)
    return invitation.replied_at is not None and invitation.replied_at > moment


def _tried(step: Callable[[Invitation], None], invitation: Invitation) -> bool:
    try:
        with db.session.begin_nested():
            step(invitation)
    except Refused:
        return False
    return True
