"""Giving up a place or a spot in the queue; freed places are offered to the longest wait."""

from eventapp.accounts.audit import GUEST, Actor
from eventapp.foundation.database import lock_columns, transaction
from eventapp.invitations import actions as invitation_actions
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations import mails, queries, substitute_mails
from eventapp.registrations.actions.notes import note_reply, note_step
from eventapp.registrations.actions.offers import offer_freed_places
from eventapp.registrations.actions.places import (
    give_back_places,
    party_of,
    places_promised,
)
from eventapp.registrations.actions.telling import drop_needs
from eventapp.registrations.errors import EventHasBegun
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import may_cancel
from eventapp.registrations.requests import Mailing
from eventapp.registrations.states import RegistrationState

ANSWERED_YES = frozenset(
    {
        InvitationState.ACCEPTED,
        InvitationState.SENT,
        InvitationState.UNDELIVERABLE,
    }
)


def release(
    registration: Registration,
    *,
    by: Actor,
    reason: str = "",
    step: str | None = None,
    mailing: Mailing = Mailing.SENT,
) -> None:
    """Cancel a registration and its companions; freed places are offered. Needs the event's lock.

    `step` is how the trail calls it, where it is not simply cancelled; `mailing` is only noted.
    """
    party = party_of(registration)
    give_back_places(registration.event, places_promised(party))
    for one in party:
        before, since = one.state, one.waiting_since
        one.move_to(RegistrationState.CANCELLED)
        drop_needs(one)
        note_step(one, before, by=by, reason=reason, step=step, waited_since=since, mailing=mailing)
    offer_freed_places(registration.event)


def cancel_registration(
    registration: Registration,
    *,
    by: Actor = GUEST,
    reason: str = "",
    locale: str | None = None,
    step: str | None = None,
    mailing: Mailing = Mailing.SENT,
) -> None:
    """Give up a place, or a spot in the queue; who was invited has thereby declined.

    Doing it twice changes nothing. Raises EventHasBegun.
    """
    with transaction():
        lock_columns(registration.event)
        queries.registrations_by_ids([registration.id])  # as it is now, companions included
        if not registration.is_live:
            return
        if not may_cancel(registration):
            raise EventHasBegun
        registration.locale = locale or registration.locale
        company = registration.company
        release(registration, by=by, reason=reason, step=step, mailing=mailing)
        note_regret(registration.invitation, by=by, mailing=mailing)
        if mailing is Mailing.SENT:
            mails.queue_cancellation(registration, company)


def note_regret(
    invitation: Invitation | None, *, by: Actor, mailing: Mailing = Mailing.SENT
) -> None:
    """Who was invited and does not come has declined."""
    if invitation is None:
        return
    lock_columns(invitation)
    if invitation.state in ANSWERED_YES:
        before = invitation.state
        invitation_actions.record_regret(invitation)
        note_reply(invitation, before, by=by, mailing=mailing)
        substitute_mails.queue_substitute_answer(invitation, None)


def withdraw_invitation(invitation: Invitation, *, by: Actor, reason: str = "") -> None:
    """Take an invitation back; a registration that came of it is cancelled with it.

    The page behind the link is the neutral one from now on. Nobody is told by mail: whoever does
    this has spoken to the person, or invited them by mistake.
    """
    with transaction():
        lock_columns(invitation.event)
        registration = queries.registration_of(invitation)
        if registration is not None and registration.is_live:
            if not may_cancel(registration):
                raise EventHasBegun
            release(registration, by=by, reason=reason)
        invitation_actions.withdraw_invitation(invitation, by=by, reason=reason)
