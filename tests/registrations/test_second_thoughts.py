"""Forms sent twice, places handed on and taken back: nothing is lost and nothing counts double."""

from datetime import timedelta

import pytest
from factories import make_account, make_contact, make_event, make_invitation
from sqlalchemy import func, select

from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.requests import SubstituteRequest
from eventapp.invitations.states import InvitationState
from eventapp.registrations.actions import (
    accept_invitation,
    name_substitute,
    withdraw_invitation,
)
from eventapp.registrations.answer_sheet import Outcome, answer_sheet
from eventapp.registrations.errors import AlreadyRegistered, EventHasBegun
from eventapp.registrations.queries import registration_of
from eventapp.registrations.states import RegistrationState


def somebody(name: str = "Vertreterin") -> SubstituteRequest:
    return SubstituteRequest(
        first_name="Ludmila", last_name=name, email=f"{name.lower()}@werk.example"
    )


def mails() -> int:
    return db.session.scalar(select(func.count()).select_from(OutboxMail))


def test_t44_naming_the_same_person_twice_keeps_one_place_one_link_and_one_mail_each(app):
    event = make_event(capacity=1)
    invitation = make_invitation(event)
    accept_invitation(invitation)
    first = name_substitute(invitation, somebody())
    sent = mails()

    second = name_substitute(invitation, somebody())

    assert second is first
    assert (event.places_taken, mails()) == (1, sent)
    assert registration_of(first).state is RegistrationState.CONFIRMED


def test_a_place_is_not_taken_back_by_somebody_who_comes_on_another_invitation(app):
    event = make_event(capacity=5)
    contact = make_contact(
        event.host, first_name="Ludmila", last_name="Vertreterin", email="vertreterin@werk.example"
    )
    own = make_invitation(event, contact)
    accept_invitation(own)
    name_substitute(own, somebody("Nachfolgerin"))
    other = make_invitation(event)
    accept_invitation(other)
    name_substitute(other, somebody())

    with pytest.raises(AlreadyRegistered):
        accept_invitation(own)


def test_a_withdrawal_after_the_event_changes_nothing_of_what_was(app):
    event = make_event()
    invitation = make_invitation(event)
    registration = accept_invitation(invitation)

    with clock.held(event.ends_at + timedelta(days=30)), pytest.raises(EventHasBegun):
        withdraw_invitation(invitation, by=make_account(event.host))

    assert registration.state is RegistrationState.CONFIRMED
    assert event.places_taken == 1


def test_an_undeliverable_guest_with_the_link_in_hand_may_send_somebody(app):
    invitation = make_invitation(make_event(), state=InvitationState.UNDELIVERABLE)

    name_substitute(invitation, somebody())

    assert invitation.state is InvitationState.SUBSTITUTED


def test_the_page_offers_the_place_back_while_the_substitute_is_silent_though_all_is_full(app):
    event = make_event(capacity=1, waiting_list=False)
    invitation = make_invitation(event)
    accept_invitation(invitation)
    name_substitute(invitation, somebody())

    assert answer_sheet(invitation).outcome is Outcome.PLACE
