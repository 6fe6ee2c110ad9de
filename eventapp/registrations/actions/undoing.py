"""Taking back what staff did for a guest by mistake, as long as nothing else came of it.

`step` is the trail's entry about it: it knows how things stood before. All of these raise Overtaken
if they stand otherwise by now, EventHasBegun, AlreadyRegistered if the person has registered anew,
and NotEnoughPlaces if the place has gone to somebody else.
"""

from datetime import datetime, timedelta

from eventapp.accounts.audit import Actor
from eventapp.accounts.models import AuditEntry
from eventapp.foundation.database import lock_columns, transaction
from eventapp.foundation.errors import Overtaken
from eventapp.foundation.message import message
from eventapp.invitations import actions as invitation_actions
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import OPEN_REPLY, InvitationState
from eventapp.registrations import mails, merge_queries, queries
from eventapp.registrations.actions.leaving import release
from eventapp.registrations.actions.notes import (
    BEGUN_BY_MISTAKE,
    CANCELLED,
    REINSTATED,
    RESTORED,
    TAKEN_BACK,
    WITHOUT_EFFECT,
    note_together,
    was_told,
)
from eventapp.registrations.actions.offers import offer_freed_places
from eventapp.registrations.actions.places import places_needed, take_places
from eventapp.registrations.actions.twins import settled_twin
from eventapp.registrations.errors import AlreadyRegistered, EventHasBegun, NotEnoughPlaces
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import takes_answers
from eventapp.registrations.states import HOLDS_PLACE, RegistrationState
from eventapp.registrations.trail_queries import latest_change_of

BEFORE = OPEN_REPLY | {InvitationState.ACCEPTED, InvitationState.DECLINED}
"""What an invitation may have said before a reply that is taken back; a substitute is gone."""
RESTORABLE = HOLDS_PLACE | {RegistrationState.WAITING}
BEGINNINGS = frozenset({"registration.confirmed", "registration.waiting"})
ONE_STEP = timedelta(seconds=10)
"""Entries of one transaction are not further apart."""


def restore_registration(registration: Registration, step: AuditEntry, *, by: Actor) -> None:
    """Undo a cancellation: the party comes again, or stands where it stood in line.

    The invitation says what it said before; the guest is told by mail, unless the cancellation was
    not mailed either.
    """
    with transaction():
        lock_columns(registration.event)
        _restore(registration, step, by=by)
        _forget_regret(registration.invitation, step, by=by)
        if was_told(step):
            mails.queue_acceptance(registration)
        offer_freed_places(registration.event)


def _restore(registration: Registration, step: AuditEntry, *, by: Actor) -> None:
    queries.registrations_by_ids([registration.id])  # as it is now, companions included
    event = registration.event
    if registration.state is not RegistrationState.CANCELLED or registration.main_id:
        raise Overtaken
    if merge_queries.kept_for(registration) is not None:
        raise Overtaken  # the person is there by another registration
    if not takes_answers(event):
        raise EventHasBegun
    if settled_twin(event, registration) is not None:
        raise AlreadyRegistered
    party, state = _cancelled_together(registration), _state_to_restore(step)
    needed = places_needed(party)
    if state is RegistrationState.CONFIRMED and not take_places(event, needed):
        raise NotEnoughPlaces(needed=needed, free=event.places_free)
    since = step.before.get("waiting_since")
    for one in party:
        one.waiting_since = datetime.fromisoformat(since) if since else None
        one.move_to(state)
    note_together(party, RegistrationState.CANCELLED, by=by, step=RESTORED)


def _state_to_restore(step: AuditEntry) -> RegistrationState:
    """A place, or the old place in line; who had an offer is offered the next free place anew."""
    before = RegistrationState(step.before["state"])
    if before not in RESTORABLE:
        raise Overtaken
    return RegistrationState.WAITING if before is RegistrationState.OFFERED else before


def _cancelled_together(registration: Registration) -> list[Registration]:
    """The main guest and those companions who left in the same step, not before."""
    left_at = registration.cancelled_at
    return [
        registration,
        *(
            one
            for one in registration.companions
            if one.state is RegistrationState.CANCELLED
            and left_at is not None
            and one.cancelled_at is not None
            and one.cancelled_at >= left_at
        ),
    ]


def _forget_regret(invitation: Invitation | None, step: AuditEntry, *, by: Actor) -> None:
    """The regret that the trail notes with a cancellation is taken back with it."""
    if invitation is None:
        return
    lock_columns(invitation)
    if invitation.state is InvitationState.WITHDRAWN:
        raise Overtaken(message("The invitation was withdrawn; that can be undone instead."))
    regret = latest_change_of("invitation", invitation.id, but=WITHOUT_EFFECT)
    if regret is not None and builds_on(regret, step):
        raise Overtaken  # a substitute was named, or the guest was invited anew
    declined = invitation.state is InvitationState.DECLINED
    if declined and regret is not None and regret.action == "invitation.declined":
        invitation_actions.put_back(invitation, regret, by=by, noted=TAKEN_BACK)


def take_reply_back(invitation: Invitation, step: AuditEntry, *, by: Actor) -> None:
    """Undo a reply that staff noted: a place goes back, or the place that was given up returns.

    The guest is told by mail, unless what was noted was not mailed either.
    """
    with transaction():
        lock_columns(invitation.event)
        lock_columns(invitation)
        if invitation.state != step.after.get("state") or step.before.get("state") not in BEFORE:
            raise Overtaken
        if not takes_answers(invitation.event):
            raise EventHasBegun
        noted, returned = invitation.state, _reverse_registration(invitation, step, by=by)
        invitation_actions.put_back(invitation, step, by=by, noted=TAKEN_BACK)
        _tell_of_mistake(invitation, step, noted, returned)
        offer_freed_places(invitation.event)


def _tell_of_mistake(
    invitation: Invitation,
    step: AuditEntry,
    noted: InvitationState,
    returned: Registration | None,
) -> None:
    """How things stand now; nothing to whom nothing was told."""
    if not was_told(step):
        return
    if returned is None:
        mails.queue_correction(invitation, noted)
    else:
        mails.queue_acceptance(returned)


def _reverse_registration(
    invitation: Invitation, step: AuditEntry, *, by: Actor
) -> Registration | None:
    """End what a yes began, bring back what a no ended; returns who has come back."""
    registration = queries.registration_of(invitation)
    if registration is None:
        return None
    if invitation.state is InvitationState.DECLINED:
        return _bring_back(registration, step, by=by)
    begin = _change_with(registration, step)
    if begin is not None and begin.action not in BEGINNINGS:
        raise Overtaken  # an offer was taken, or a substitute's place came back: that is settled
    if registration.is_live and merge_queries.merged_into(registration):
        raise Overtaken  # what came of the reply is part of something larger by now
    if begin is not None and registration.is_live:
        release(registration, by=by, step=BEGUN_BY_MISTAKE)
    return None


def builds_on(later: AuditEntry, step: AuditEntry) -> bool:
    """Whether this happened after a step, in another one; both are about the same guest."""
    return later.id > step.id and not _are_one(later, step)


def _are_one(change: AuditEntry, step: AuditEntry) -> bool:
    return change.account_id == step.account_id and abs(change.at - step.at) <= ONE_STEP


def _change_with(registration: Registration, step: AuditEntry) -> AuditEntry | None:
    """What this step did to the registration; None for one that it left alone.

    Raises Overtaken if something has happened to the registration since: a place was given, or
    somebody was added who would stay with a place while the guest has not answered.
    """
    change = latest_change_of("registration", registration.id, but=WITHOUT_EFFECT)
    if change is None:
        return None
    if builds_on(change, step):
        raise Overtaken
    return change if _are_one(change, step) else None


def _bring_back(registration: Registration, step: AuditEntry, *, by: Actor) -> Registration | None:
    """The registration that went with this step; one that ended before stays ended."""
    end = _change_with(registration, step)
    if end is None or end.action != CANCELLED:
        return None
    _restore(registration, end, by=by)
    return registration


def reinstate_invitation(invitation: Invitation, step: AuditEntry, *, by: Actor) -> None:
    """Undo a withdrawal: the link opens again, and a place that went with it comes back.

    Nobody was told of the withdrawal, so nobody is told of this.
    """
    with transaction():
        lock_columns(invitation.event)
        lock_columns(invitation)
        if invitation.state is not InvitationState.WITHDRAWN:
            raise Overtaken
        registration = queries.registration_of(invitation)
        if registration is not None:
            _bring_back(registration, step, by=by)
        invitation_actions.put_back(invitation, step, by=by, noted=REINSTATED)
        offer_freed_places(invitation.event)
