"""Saying yes or no to an invitation, by the guest's link or, on the phone, by staff."""

from eventapp.accounts.audit import GUEST, Actor
from eventapp.contacts.models import Contact
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.invitations.actions import record_acceptance, record_regret, take_back_substitute
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import AFTER_SUBSTITUTION, InvitationState
from eventapp.registrations import mails, queries
from eventapp.registrations.actions.leaving import release
from eventapp.registrations.actions.notes import RETURNED, note_reply, note_step
from eventapp.registrations.actions.places import next_number, take_places
from eventapp.registrations.errors import (
    AlreadyRegistered,
    AnswersClosed,
    DeadlineIsOver,
    EventIsFull,
)
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import may_answer, timeliness
from eventapp.registrations.queue import LATE_PRIORITY, Timeliness, first_state
from eventapp.registrations.snapshot import take_snapshot
from eventapp.registrations.states import RegistrationKind, RegistrationState


def accept_invitation(
    invitation: Invitation, *, by: Actor = GUEST, note: str = "", locale: str | None = None
) -> Registration:
    """Promise a place, or a spot in the queue if there is none; saying it twice changes nothing.

    `locale` is the language in which the guest answered: the registration's from then on.
    Raises AnswersClosed, EventIsFull, DeadlineIsOver, AlreadyRegistered, and SubstituteComes if
    the guest's substitute has accepted.
    """
    with transaction():
        lock_for_answer(invitation)
        registration = queries.registration_of(invitation)
        if registration is not None and registration.is_live:
            return _confirm_inherited(invitation, registration, by=by, note=note, locale=locale)
        locale = locale or queries.language_of(invitation)
        returned = _take_back(invitation, registration, by=by)
        before = invitation.state
        record_acceptance(invitation, note=note, locale=locale)
        registration = returned or _register(invitation, registration, by=by)
        registration.locale = locale
        note_reply(invitation, before, by=by, note=note)
        mails.queue_acceptance(registration)
    return registration


def lock_for_answer(invitation: Invitation) -> None:
    """Queue behind rivals at the event, then see what the guest said before. Raises AnswersClosed.

    Always in this order, so that two answers never wait for each other.
    """
    lock_columns(invitation.event)
    lock_columns(invitation)
    if not may_answer(invitation):
        raise AnswersClosed


def _confirm_inherited(
    invitation: Invitation,
    registration: Registration,
    *,
    by: Actor,
    note: str,
    locale: str | None,
) -> Registration:
    """A substitute says yes to the place that was passed on; anybody else has said so before."""
    if invitation.state is not InvitationState.ACCEPTED:
        before = invitation.state
        record_acceptance(invitation, note=note, locale=locale)
        registration.locale = locale or registration.locale
        note_reply(invitation, before, by=by, note=note)
        mails.queue_acceptance(registration)
    return registration


def _take_back(
    invitation: Invitation, old: Registration | None, *, by: Actor
) -> Registration | None:
    """Undo a substitution that was not answered: the place comes back to whom it was from."""
    if invitation.state not in AFTER_SUBSTITUTION:
        return None
    follow_up = take_back_substitute(invitation, by=by)
    inherited = queries.registration_of(follow_up) if follow_up else None
    if old is None or inherited is None or not inherited.is_live:
        return None
    state, since = inherited.state, inherited.waiting_since
    inherited.move_to(RegistrationState.CANCELLED)
    note_step(inherited, state, by=by)
    if queries.live_twin(invitation.event, invitation.person) is not None:
        raise AlreadyRegistered
    before, old.waiting_since = old.state, since
    old.move_to(state)
    note_step(old, before, by=by, step=RETURNED)
    return old


def _register(invitation: Invitation, old: Registration | None, *, by: Actor) -> Registration:
    if queries.live_twin(invitation.event, invitation.person) is not None:
        raise AlreadyRegistered
    state = _state_for(invitation)
    before = old.state if old else None
    registration = old or _new_registration(invitation)
    take_snapshot(registration, invitation.person)
    if old is None:
        registration.state = state
        registration.note_moment()
        db.session.add(registration)
    else:
        registration.move_to(state)
    late = timeliness(invitation) is Timeliness.LATE
    registration.priority = LATE_PRIORITY if late else 0
    note_step(registration, before, by=by)
    return registration


def _state_for(invitation: Invitation) -> RegistrationState:
    """Confirmed, with the place taken, or waiting. Raises EventIsFull or DeadlineIsOver."""
    event, when = invitation.event, timeliness(invitation)
    state = first_state(
        party=1, free=event.places_free, waiting=queries.waiting_in_time(event), timeliness=when
    )
    if state is RegistrationState.CONFIRMED and take_places(event, 1):
        return RegistrationState.CONFIRMED
    if not event.waiting_list:
        raise DeadlineIsOver if when is Timeliness.LATE else EventIsFull
    return RegistrationState.WAITING


def _new_registration(invitation: Invitation) -> Registration:
    named = invitation.substitute_id is not None
    person = invitation.person
    return Registration(
        event=invitation.event,
        invitation=invitation,
        number=next_number(invitation.event),
        kind=RegistrationKind.SUBSTITUTE if named else RegistrationKind.GUEST,
        contact_id=person.id if isinstance(person, Contact) else None,
    )


def decline_invitation(
    invitation: Invitation, *, by: Actor = GUEST, note: str = "", locale: str | None = None
) -> None:
    """Regret, without reasons and until the event starts; a place goes to whoever waits longest."""
    with transaction():
        lock_for_answer(invitation)
        registration = queries.registration_of(invitation)
        live = registration is not None and registration.is_live
        if invitation.state is InvitationState.DECLINED and not live:
            return
        before, locale = invitation.state, locale or queries.language_of(invitation)
        record_regret(invitation, note=note, locale=locale)
        note_reply(invitation, before, by=by, note=note)
        if registration is not None:
            registration.locale = locale
            if live:
                release(registration, by=by, reason=note)
        mails.queue_regret(invitation, locale=locale)
