"""Saying yes or no to an invitation, by the guest's link or, on the phone, by staff."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy.orm.attributes import set_committed_value

from eventapp.accounts.audit import GUEST, Actor
from eventapp.contacts.models import PersonColumns
from eventapp.events.models import Event
from eventapp.foundation.database import lock_columns, transaction
from eventapp.foundation.rows import store_new
from eventapp.invitations.actions import record_acceptance, record_regret, take_back_substitute
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import AFTER_SUBSTITUTION, InvitationState
from eventapp.registrations import mails, queries, substitute_mails
from eventapp.registrations.actions.companions import bring, leave_company_behind
from eventapp.registrations.actions.leaving import release
from eventapp.registrations.actions.notes import RETURNED, note_reply, note_step, note_together
from eventapp.registrations.actions.offers import offer_freed_places, take_offer
from eventapp.registrations.actions.places import (
    move_party,
    next_number,
    places_needed,
    returning_party,
    take_places,
)
from eventapp.registrations.actions.telling import drop_needs
from eventapp.registrations.actions.twins import settled_twin
from eventapp.registrations.errors import (
    AlreadyRegistered,
    AnsweredMeanwhile,
    AnswersClosed,
    DeadlineIsOver,
    EventIsFull,
    PartyDoesNotFit,
)
from eventapp.registrations.models import Registration
from eventapp.registrations.party import allowance_of, check_allowed
from eventapp.registrations.permissions import may_answer, timeliness
from eventapp.registrations.place_queries import chance_of
from eventapp.registrations.queue import LATE_PRIORITY, Timeliness, first_state
from eventapp.registrations.requests import CompanionName, Mailing
from eventapp.registrations.snapshot import take_snapshot
from eventapp.registrations.states import RegistrationKind, RegistrationState
from eventapp.registrations.words import TELL_AGAIN


def accept_invitation(
    invitation: Invitation,
    *,
    companions: Sequence[CompanionName] = (),
    by: Actor = GUEST,
    note: str = "",
    locale: str | None = None,
    mailing: Mailing = Mailing.SENT,
) -> Registration:
    """Promise a place, or a spot in the queue if there is none; saying it twice changes nothing.

    Who brings somebody gets places for all, or waits with all. `locale` is the language in which
    the guest answered: the registration's from then on. Raises AnswersClosed, EventIsFull,
    PartyDoesNotFit, TooManyCompanions, DeadlineIsOver, AlreadyRegistered, SubstituteComes if
    the guest's substitute has accepted, and AnsweredMeanwhile rather than drop companions.
    """
    with transaction():
        lock_for_answer(invitation)
        registration = queries.registration_of(invitation)
        if registration is not None and registration.is_live:
            _expect_noted(registration, companions)
            return _said_before(
                invitation, registration, by=by, note=note, locale=locale, mailing=mailing
            )
        locale = locale or queries.language_of(invitation)
        again = TELL_AGAIN if registration is not None else ""
        returned = _take_back(invitation, registration, by=by)
        if returned is not None:
            _expect_noted(returned, companions)
        before = invitation.state
        record_acceptance(invitation, note=note, locale=locale)
        registration = returned or _register(invitation, registration, companions, locale, by=by)
        if registration.state is RegistrationState.OFFERED:
            take_offer(registration, by=by)  # it came back from the substitute
        if registration.locale != locale:
            registration.locale = locale
        note_reply(invitation, before, by=by, note=note, mailing=mailing)
        if mailing is Mailing.SENT:
            mails.queue_acceptance(registration, again=again)
        substitute_mails.queue_substitute_answer(invitation, registration)
        if returned is not None:  # whoever the substitute would have brought leaves places behind
            offer_freed_places(invitation.event)
    return registration


def _expect_noted(registration: Registration, companions: Sequence[CompanionName]) -> None:
    """Raise AnsweredMeanwhile where somebody was entered who does not come along by now."""
    if Counter(companions) - _names_of(registration.company):
        raise AnsweredMeanwhile


def _names_of(company: Sequence[Registration]) -> Counter[CompanionName]:
    return Counter(CompanionName(one.first_name, one.last_name) for one in company)


def lock_for_answer(invitation: Invitation) -> None:
    """Queue behind rivals at the event, then see what the guest said before. Raises AnswersClosed.

    Always in this order, so that two answers never wait for each other.
    """
    lock_columns(invitation.event)
    lock_columns(invitation)
    if not may_answer(invitation):
        raise AnswersClosed


def _said_before(
    invitation: Invitation,
    registration: Registration,
    *,
    by: Actor,
    note: str,
    locale: str | None,
    mailing: Mailing,
) -> Registration:
    """A substitute says yes to what was passed on, and whoever has an offer to the held place;
    anybody else has said so before."""
    offered = registration.state is RegistrationState.OFFERED
    if invitation.state is InvitationState.ACCEPTED and not offered:
        return registration
    if offered:
        take_offer(registration, by=by, reason=note)
    if invitation.state is not InvitationState.ACCEPTED:
        before = invitation.state
        record_acceptance(invitation, note=note, locale=locale)
        note_reply(invitation, before, by=by, note=note, mailing=mailing)
        substitute_mails.queue_substitute_answer(invitation, registration)
    registration.locale = locale or registration.locale
    if mailing is Mailing.SENT:
        (mails.queue_promotion if offered else mails.queue_acceptance)(registration)
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
    give_back(inherited, old, invitation.person, by=by)
    return old


def give_back(
    inherited: Registration, old: Registration, person: PersonColumns, *, by: Actor
) -> None:
    """Place or spot of a substitute return to the guest, who is `person`. Needs the lock.

    Raises AlreadyRegistered if the guest has another one meanwhile.
    """
    leave_company_behind(inherited, by=by)
    state, since, until = inherited.state, inherited.waiting_since, inherited.offer_expires_at
    inherited.move_to(RegistrationState.CANCELLED)
    drop_needs(inherited)
    note_step(inherited, state, by=by)
    _check_alone(old.event, person, old)
    before, old.waiting_since = old.state, since
    old.move_to(state)
    old.offer_expires_at = until
    note_step(old, before, by=by, step=RETURNED)


def _register(
    invitation: Invitation,
    old: Registration | None,
    companions: Sequence[CompanionName],
    locale: str,
    *,
    by: Actor,
) -> Registration:
    _check_alone(invitation.event, invitation.person, old)
    when, allowed = timeliness(invitation), allowance_of(invitation.event, invitation)
    if old is not None:
        return register_again(old, when, _besides(old, companions, allowed), by=by)
    check_allowed(len(companions), allowed)
    registration = _new_registration(invitation, locale)
    state = _state_for(invitation.event, invitation, 1 + len(companions), when)
    _store(registration, invitation, state, when)
    note_step(registration, None, by=by)
    bring(registration, companions, by=by)
    return registration


def _besides(
    old: Registration, companions: Sequence[CompanionName], allowed: int
) -> list[CompanionName]:
    """Who comes along besides those who come back with the guest. Raises TooManyCompanions."""
    returning = _names_of(returning_party(old)[1:])
    new = Counter(companions) - returning
    check_allowed(returning.total() + new.total() if new else 0, allowed)
    return list(new.elements())


def _check_alone(event: Event, person: PersonColumns, old: Registration | None) -> None:
    """Nobody comes twice. Who comes back stays who they said they are, at the address they gave
    last; who gave none is written to where they were invited. Raises AlreadyRegistered."""
    if old is not None:
        old.email = old.email or person.email or ""
    if settled_twin(event, old or person) is not None:
        raise AlreadyRegistered


def register_again(
    registration: Registration,
    when: Timeliness,
    companions: Sequence[CompanionName] = (),
    *,
    by: Actor,
) -> Registration:
    """Somebody who had left asks anew; after a lapsed offer for the whole party. Needs the lock."""
    party, before = returning_party(registration), registration.state
    places = places_needed(party) + len(companions)
    move_party(party, _state_for(registration.event, registration.invitation, places, when))
    registration.priority = LATE_PRIORITY if when is Timeliness.LATE else 0
    note_together(party, before, by=by)
    bring(registration, companions, by=by)
    return registration


def _state_for(
    event: Event, invitation: Invitation | None, party: int, when: Timeliness
) -> RegistrationState:
    """Confirmed, with the places taken, or waiting. Raises EventIsFull or DeadlineIsOver."""
    free, waiting = chance_of(event, invitation, party)
    state = first_state(party=party, free=free, waiting=waiting, timeliness=when)
    if state is RegistrationState.CONFIRMED and take_places(event, party):
        return RegistrationState.CONFIRMED
    if event.waiting_list:
        return RegistrationState.WAITING
    if when is Timeliness.LATE:
        raise DeadlineIsOver
    raise PartyDoesNotFit(free) if 0 < free < party else EventIsFull


def _new_registration(invitation: Invitation, locale: str) -> Registration:
    named = invitation.substitute_id is not None
    registration = Registration(
        event_id=invitation.event_id,
        invitation_id=invitation.id,
        number=next_number(invitation.event),
        kind=RegistrationKind.SUBSTITUTE if named else RegistrationKind.GUEST,
        contact_id=invitation.contact_id,
    )
    take_snapshot(registration, invitation.person)
    registration.locale = locale
    return registration


def _store(
    registration: Registration, invitation: Invitation, state: RegistrationState, when: Timeliness
) -> None:
    """Write it, and let it know whose it is, so that nobody has to ask the database."""
    registration.state = state
    registration.priority = LATE_PRIORITY if when is Timeliness.LATE else 0
    registration.note_moment()
    store_new(registration)
    known = {"event": invitation.event, "invitation": invitation, "companions": []}
    for name, value in known.items():
        set_committed_value(registration, name, value)


def decline_invitation(
    invitation: Invitation,
    *,
    by: Actor = GUEST,
    note: str = "",
    locale: str | None = None,
    mailing: Mailing = Mailing.SENT,
) -> None:
    """Regret, without reasons and until the event starts; a place goes to whoever waits longest."""
    with transaction():
        lock_for_answer(invitation)
        registration = queries.registration_of(invitation)
        live = registration is not None and registration.is_live
        if invitation.state is InvitationState.DECLINED and not live:
            return
        before, locale = invitation.state, locale or queries.language_of(invitation)
        company = registration.company if registration is not None else []
        record_regret(invitation, note=note, locale=locale)
        note_reply(invitation, before, by=by, note=note, mailing=mailing)
        if registration is not None:
            registration.locale = locale
            if live:
                release(registration, by=by, reason=note, mailing=mailing)
        if mailing is Mailing.SENT:
            mails.queue_regret(invitation, company, locale=locale)
        substitute_mails.queue_substitute_answer(invitation, None)
