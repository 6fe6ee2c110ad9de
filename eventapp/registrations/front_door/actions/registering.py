"""Registering oneself by the public form, and showing by a link that the address is one's own."""

from collections.abc import Sequence

from eventapp.accounts.actions import count_attempt
from eventapp.accounts.audit import GUEST, record_change
from eventapp.accounts.throttle import machine_key, register_keys
from eventapp.consents.requests import Told
from eventapp.contacts.queries import gazetteer
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.foundation.rows import store_changes, store_new
from eventapp.foundation.text import normalised_email
from eventapp.foundation.tokens import new_public_id
from eventapp.invitations.actions import record_acceptance
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import unanswered_invitation_of
from eventapp.registrations import party_queries, queries
from eventapp.registrations.actions.asking import keep_form_answers
from eventapp.registrations.actions.companions import bring
from eventapp.registrations.actions.notes import note_reply, note_step, note_together
from eventapp.registrations.actions.places import move_party, next_numbers, take_places
from eventapp.registrations.actions.telling import tell, tell_instead
from eventapp.registrations.deadlines import CONFIRMATION_TIME
from eventapp.registrations.errors import (
    AnswersClosed,
    ConfirmationExpired,
    DeadlineIsOver,
    EventIsFull,
    PartyDoesNotFit,
    RegistrationClosed,
)
from eventapp.registrations.front_door import mails as public_mails
from eventapp.registrations.front_door import queries as public_queries
from eventapp.registrations.front_door.opening import Opening, opening_of
from eventapp.registrations.front_door.prospects import Prospect, prospect_of, prospect_unseen
from eventapp.registrations.models import Registration
from eventapp.registrations.party import allowance_of, check_allowed
from eventapp.registrations.permissions import public_timeliness, takes_answers
from eventapp.registrations.place_queries import room_of
from eventapp.registrations.queue import LATE_PRIORITY, Timeliness
from eventapp.registrations.requests import CompanionName, Filler, RegisterRequest
from eventapp.registrations.snapshot import as_entered, copy_person
from eventapp.registrations.states import RegistrationState

SWEPT_AT_ONCE = 500
NO_WAY = {Prospect.FULL: EventIsFull, Prospect.LATE: DeadlineIsOver}


def register(event: Event, request: RegisterRequest) -> None:
    """Keep what was entered until the link in the mail confirms it; nobody has a place by then.

    Does not say who is registered already: they get a mail that says so, and that is all. Raises
    RegistrationClosed, EventIsFull, DeadlineIsOver and TooManyAttempts; then nothing is kept.
    """
    with transaction():
        count_attempt(_keys(request))
        lock_columns(event)
        if opening_of(event) is not Opening.OPEN:
            raise RegistrationClosed
        party = _largest_party(request)
        prospect = prospect_of(event, clock.now(), party=party)
        _check_way(event, prospect, party)
        _keep_all(event, request, prospect)


def _keep_all(event: Event, request: RegisterRequest, prospect: Prospect) -> None:
    """Each person gets a mail; of several it names the first, who entered them."""
    located = gazetteer().locate(request.city, request.postcode)
    everybody = [as_entered(request, person, located) for person in request.people]
    group_key = new_public_id() if len(everybody) > 1 else ""
    for person, entered in zip(request.people, everybody, strict=True):
        entered.group_key = group_key
        is_first = entered is everybody[0]  # who speaks for themselves, and for nobody else
        kept = _keep(event, entered, person.companions, request.told if is_first else Told())
        if kept is None:
            continue
        public_mails.queue_confirmation_request(kept, prospect, registrant=everybody[0])
        if is_first:
            keep_form_answers(kept, request.answers)


def _largest_party(request: RegisterRequest) -> int:
    """How many come at most with one of the people; colleagues each find a place of their own."""
    return 1 + max(len(person.companions) for person in request.people)


def _keys(request: RegisterRequest) -> tuple[str, ...]:
    emails = [normalised_email(person.email) for person in request.people]
    keys = register_keys(emails, request.asked_from)
    if request.filler is Filler.MACHINE:
        return *keys, machine_key(request.asked_from)
    return keys


def _check_way(event: Event, prospect: Prospect, party: int) -> None:
    if prospect is Prospect.FULL and party > 1 and room_of(event).open > 0:
        raise PartyDoesNotFit(room_of(event).open)
    if not prospect.is_open:
        raise NO_WAY[prospect]


def _keep(
    event: Event, entered: Registration, companions: Sequence[CompanionName], told: Told
) -> Registration | None:
    """A new row, or that of the same person who has not confirmed yet; else only a mail."""
    check_allowed(len(companions), allowance_of(event, None))
    twin = queries.live_twin(event, entered)
    if twin is None:
        _add(event, entered)
        bring(entered, companions, by=GUEST)
        tell(entered, told)
        return entered
    if twin.state is RegistrationState.UNCONFIRMED:
        copy_person(entered, twin)
        begin_anew(twin)
        store_changes(twin)
        _bring_others(twin, companions)
        tell_instead(twin, told)
        return twin
    record_change(GUEST, "registration.asked_again", twin, scope=event.scope, host_id=event.host_id)
    public_mails.queue_already_registered(twin, locale=entered.locale)
    return None


def _add(event: Event, entered: Registration) -> None:
    """With a number only once it is confirmed, so that numbers have no gaps."""
    entered.event_id = event.id
    entered.public_id = new_public_id()
    entered.number = f"U-{entered.public_id}"
    entered.state = RegistrationState.UNCONFIRMED
    store_new(entered)
    note_step(entered, None, by=GUEST)


def _bring_others(twin: Registration, companions: Sequence[CompanionName]) -> None:
    """What was entered last counts here as well."""
    before = party_queries.companions_of(twin)
    for one in before:
        db.session.delete(one)
    if before:
        db.session.flush()
        db.session.expire(twin, ["companions"])
    bring(twin, companions, by=GUEST)


def begin_anew(registration: Registration) -> None:
    """The link that is sent now is valid for two days; who asked in time stays in time."""
    registration.link_sent_at = clock.now()


def confirm_registration(registration: Registration) -> None:
    """The address is theirs: a place, a spot in the queue, or a look by the organisers.

    Doing it twice changes nothing. Raises ConfirmationExpired, AnswersClosed, EventIsFull,
    DeadlineIsOver, and NotFound for what was deleted in the meantime.
    """
    with transaction():
        lock_columns(registration.event)
        lock_columns(registration)
        if registration.state is not RegistrationState.UNCONFIRMED:
            return
        if is_expired(registration):
            raise ConfirmationExpired
        if not takes_answers(registration.event):
            raise AnswersClosed
        _settle(registration)


def is_expired(registration: Registration) -> bool:
    """Whether the link came too long ago to confirm anything."""
    sent_at = registration.link_sent_at or registration.registered_at
    return clock.now() >= sent_at + CONFIRMATION_TIME


def _settle(registration: Registration) -> None:
    event, asked_at = registration.event, registration.registered_at
    party = [registration, *party_queries.companions_of(registration)]
    prospect = _prospect_with(registration, _join_invitation(registration), len(party))
    _check_way(event, prospect, len(party))
    state = RegistrationState.WAITING
    if prospect is Prospect.REVIEW:
        state = RegistrationState.IN_REVIEW
    elif prospect is Prospect.PLACE and take_places(event, len(party)):
        state = RegistrationState.CONFIRMED
    late = public_timeliness(event, asked_at) is Timeliness.LATE
    for one, number in zip(party, next_numbers(event, len(party)), strict=True):
        one.priority = LATE_PRIORITY if late else 0
        one.number = number
    move_party(party, state)
    for one in party:
        store_changes(one)
    note_together(party, RegistrationState.UNCONFIRMED, by=GUEST)
    public_mails.queue_outcome(registration)


def prospect_for(registration: Registration) -> Prospect:
    """What confirming would lead to now. Four statements at most."""
    party = 1 + len(registration.company)
    return _prospect_with(registration, _open_invitation(registration), party)


def _prospect_with(
    registration: Registration, invitation: Invitation | None, party: int
) -> Prospect:
    event, asked_at = registration.event, registration.registered_at
    if invitation is None:
        return prospect_of(event, asked_at, party=party)
    return prospect_unseen(event, asked_at, invitation, party=party)


def _open_invitation(registration: Registration) -> Invitation | None:
    return unanswered_invitation_of(
        registration.event, registration.email_key, registration.name_key
    )


def _join_invitation(registration: Registration) -> Invitation | None:
    """Who was invited and took the public form has thereby accepted the invitation."""
    invitation = _open_invitation(registration)
    if invitation is None:
        return None
    lock_columns(invitation)
    before = invitation.state
    record_acceptance(invitation, note="", locale=registration.locale)
    note_reply(invitation, before, by=GUEST)
    registration.invitation = invitation
    registration.contact_id = invitation.contact_id
    return invitation


def forget_unconfirmed() -> int:
    """Delete what was entered and not confirmed in time; says how many people it was."""
    before = clock.now() - CONFIRMATION_TIME
    ids = public_queries.unconfirmed_since(before, most=SWEPT_AT_ONCE)
    if not ids:
        return 0
    with transaction():
        return public_queries.delete_unconfirmed(ids, before=before)
