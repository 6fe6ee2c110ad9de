"""Forms sent twice, places handed on and taken back: nothing is lost and nothing counts double."""

from datetime import timedelta

import pytest
from factories import (
    make_account,
    make_contact,
    make_event,
    make_invitation,
    make_registration,
)
from registrations.needs_support import give_needs
from registrations.support import latest_mail, ludmila
from sqlalchemy import func, select

from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations.requests import SubstituteRequest
from eventapp.invitations.states import InvitationState
from eventapp.registrations.actions import (
    accept_invitation,
    decline_invitation,
    hand_over,
    name_substitute,
    withdraw_invitation,
)
from eventapp.registrations.answer_sheet import Outcome, answer_sheet
from eventapp.registrations.errors import AlreadyRegistered, EventHasBegun
from eventapp.registrations.queries import registration_of
from eventapp.registrations.requests import CompanionName
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


def latest_mail_to(email: str) -> OutboxMail:
    mine = select(OutboxMail).where(OutboxMail.to_email == email)
    return db.session.scalars(mine.order_by(OutboxMail.id.desc())).first()


AGAIN = "geben Sie es bitte auf Ihrer persönlichen Seite neu an"


def test_who_names_somebody_reads_before_that_what_they_told_is_deleted(app, client):
    event = make_event(companions_allowed=1)
    invitation = make_invitation(event)
    accept_invitation(invitation, companions=[CompanionName("Bob", "Ohm")])

    page = client.get(f"/i/{invitation.token}/substitute").text

    assert "Kommen Sie doch selbst, geben Sie sie bitte neu an." in page
    assert "melden Sie Ihre Begleitung bitte neu an" in page


@pytest.mark.parametrize("invited", [True, False])
def test_who_comes_after_all_reads_on_page_and_mail_what_to_say_again(app, client, invited):
    """Needs are deleted with the place, and never kept for the case: the guest says them again."""
    event = make_event(companions_allowed=1)
    if invited:
        guest = accept_invitation(make_invitation(event))
        assert AGAIN not in latest_mail().text
        give_needs(guest)
        name_substitute(guest.invitation, ludmila())
        back = client.post(f"/i/{guest.invitation.token}", data={"answer": "yes"})
    else:
        guest = make_registration(event)
        give_needs(guest)
        hand_over(guest, ludmila())
        back = client.post(f"/r/{guest.token}/substitute/back")

    page = client.get(back.location).text
    assert AGAIN in page
    assert "keine Angabe" in page
    mail = latest_mail_to(guest.email)
    assert AGAIN in " ".join(mail.text.split())
    assert AGAIN in " ".join(mail.html.split())
    assert AGAIN not in client.get(back.location).text  # said once


def test_who_had_declined_and_comes_again_reads_it_too_and_nobody_else(app, client):
    event = make_event()
    guest, silent = accept_invitation(make_invitation(event)), make_invitation(event)
    decline_invitation(guest.invitation)
    decline_invitation(silent)

    for invitation, told in ((guest.invitation, True), (silent, False)):
        back = client.post(f"/i/{invitation.token}", data={"answer": "yes"})
        assert (AGAIN in client.get(back.location).text) is told
        assert (AGAIN in " ".join(latest_mail().text.split())) is told
