"""Giving up a place or a spot in the queue; freed places go to those who waited longest."""

from eventapp.accounts.audit import GUEST, Actor, record_change
from eventapp.events.models import Event
from eventapp.foundation.database import lock_columns, transaction
from eventapp.invitations import actions as invitation_actions
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations import mails, queries
from eventapp.registrations.actions.notes import note_reply, note_step
from eventapp.registrations.actions.places import (
    fill_places,
    give_back_places,
    party_of,
    places_promised,
    promote,
)
from eventapp.registrations.errors import EventHasBegun
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import may_cancel
from eventapp.registrations.states import RegistrationState

ANSWERED_YES = frozenset(
    {
        InvitationState.ACCEPTED,
        InvitationState.SENT,
        InvitationState.UNDELIVERABLE,
    }
)


def release(registration: Registration, *, by: Actor, reason: str = "") -> None:
    """Cancel a registration and its companions, and let others move up. Needs the event's lock."""
    party = party_of(registration)
    give_back_places(registration.event, places_promised(party))
    for one in party:
        before = one.state
        one.move_to(RegistrationState.CANCELLED)
        note_step(one, before, by=by, reason=reason)
    fill_places(registration.event)


def cancel_registration(
    registration: Registration, *, by: Actor = GUEST, reason: str = "", locale: str | None = None
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
        release(registration, by=by, reason=reason)
        _note_regret(registration.invitation, by=by)
        mails.queue_cancellation(registration)


def _note_regret(invitation: Invitation | None, *, by: Actor) -> None:
    if invitation is None:
        return
    lock_columns(invitation)
    if invitation.state in ANSWERED_YES:
        before = invitation.state
        invitation_actions.record_regret(invitation)
        note_reply(invitation, before, by=by)


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


def fill_free_places(event: Event, *, by: Actor) -> int:
    """Confirm those who waited longest while places are free, the late ones after the others.

    Returns how many parties moved up.
    """
    with transaction():
        lock_columns(event)
        promoted = promote(event, queries.line(event))
        if promoted:
            record_change(
                by,
                "event.places_filled",
                event,
                after={"parties": len(promoted)},
                scope=event.scope,
            )
    return len(promoted)
