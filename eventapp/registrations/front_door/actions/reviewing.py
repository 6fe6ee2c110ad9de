"""Deciding about people who registered for an event with approval; each decision is mailed."""

from eventapp.accounts.audit import Actor
from eventapp.foundation.database import lock_columns, transaction
from eventapp.foundation.errors import Invalid, Refused, found
from eventapp.registrations import queries
from eventapp.registrations.actions.handing_over import hand_over
from eventapp.registrations.actions.notes import note_together
from eventapp.registrations.actions.places import (
    move_party,
    party_of,
    places_needed,
    returning_party,
    take_places,
)
from eventapp.registrations.actions.proposing import decline_proposal, take_up
from eventapp.registrations.actions.telling import drop_needs
from eventapp.registrations.actions.twins import settled_twin
from eventapp.registrations.errors import (
    AlreadyRegistered,
    DeadlineIsOver,
    EventHasBegun,
    EventIsFull,
    NoSuchStep,
)
from eventapp.registrations.front_door import mails
from eventapp.registrations.front_door.prospects import Prospect, prospect_unseen
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import takes_answers
from eventapp.registrations.states import RegistrationState

REJECTED = RegistrationState.REJECTED
UNDECIDED = frozenset({RegistrationState.IN_REVIEW, REJECTED})
NO_WAY = {Prospect.FULL: EventIsFull, Prospect.LATE: DeadlineIsOver}


def approve_registration(registration: Registration, *, by: Actor) -> Registration:
    """Give a place, or a spot in the queue where none is free; also to who was declined before.

    Whom a guest proposed gets what the guest has, and is invited. Returns who is let in. Doing it
    twice changes nothing. Raises EventHasBegun, EventIsFull, DeadlineIsOver, AlreadyRegistered,
    and NoSuchStep for who has cancelled meanwhile.
    """
    with transaction():
        lock_columns(registration.event)
        lock_columns(registration)
        queries.registrations_by_ids([registration.id])  # with those who come along
        if registration.is_proposal:
            return _approve_substitute(registration, by=by)
        if registration.state in {RegistrationState.CONFIRMED, RegistrationState.WAITING}:
            return registration
        _check_undecided(registration)
        before = registration.state
        party = returning_party(registration) if before is REJECTED else party_of(registration)
        move_party(party, _state_for(registration, places_needed(party)))
        note_together(party, before, by=by)
        mails.queue_outcome(registration)
    return registration


def _approve_substitute(proposal: Registration, *, by: Actor) -> Registration:
    """The guest has handed over from now on. Raises what that raises, as the state of things."""
    locale = proposal.locale
    guest, request = take_up(proposal)
    try:
        follow_up = found(hand_over(guest, request, by=by, locale=locale))
    except Invalid as problem:
        raise Refused(problem.text) from None
    return found(queries.registration_of(follow_up))


def _check_undecided(registration: Registration) -> None:
    if registration.state not in UNDECIDED or registration.main_id is not None:
        raise NoSuchStep
    if not takes_answers(registration.event):
        raise EventHasBegun
    twin = settled_twin(registration.event, registration)
    if twin is not None and twin is not registration:
        raise AlreadyRegistered


def _state_for(registration: Registration, party: int) -> RegistrationState:
    event = registration.event
    prospect = prospect_unseen(event, registration.registered_at, party=party)
    if not prospect.is_open:
        raise NO_WAY[prospect]
    if prospect is Prospect.PLACE and take_places(event, party):
        return RegistrationState.CONFIRMED
    return RegistrationState.WAITING


def reject_registration(registration: Registration, *, by: Actor, reason: str = "") -> Registration:
    """Say no; the reason, if any, stands in the mail. Doing it twice changes nothing. Returns who
    is told: of a substitute, the guest who proposed them.

    Raises NoSuchStep for who is not waiting for a decision any more.
    """
    with transaction():
        lock_columns(registration.event)
        lock_columns(registration)
        if registration.state is REJECTED:
            return registration
        if registration.is_proposal:
            return decline_proposal(registration, by=by, reason=reason)
        queries.registrations_by_ids([registration.id])  # with those who come along
        if registration.state is not RegistrationState.IN_REVIEW or registration.main_id:
            raise NoSuchStep
        party = party_of(registration)
        move_party(party, REJECTED)
        drop_needs(registration)
        note_together(party, RegistrationState.IN_REVIEW, by=by, reason=reason)
        mails.queue_rejection(registration, reason=reason)
    return registration
