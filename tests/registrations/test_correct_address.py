"""A wrong address: marked, corrected, and written to again in one place."""

import pytest
from factories import make_account, make_contact, make_event
from registrations.support import latest_mail, ludmila, mail_kinds
from sqlalchemy import select

from eventapp.contacts.actions import suppress_address
from eventapp.contacts.states import ObjectionKind
from eventapp.foundation.database import db
from eventapp.foundation.errors import Invalid
from eventapp.invitations.actions import invite_person, mark_undeliverable
from eventapp.invitations.errors import NoMailWanted
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations.actions import accept_invitation, correct_address, name_substitute


@pytest.fixture
def invitation(app):
    event = make_event()
    return invite_person(event, make_contact(event.host, email="falsch@werk.example"), by="test")


def test_marked_corrected_sent_again_in_one_step(invitation):
    mark_undeliverable(invitation, by="test")
    old = invitation.token

    correct_address(invitation, "eva@werk.example", by="test")

    assert invitation.state is InvitationState.SENT
    assert (invitation.contact.email, invitation.contact.undeliverable_at) == (
        "eva@werk.example",
        None,
    )
    assert mail_kinds()[-1] == ("eva@werk.example", "link")
    assert invitation.token != old


def test_the_registration_is_written_to_at_the_new_address_too(invitation):
    registration = accept_invitation(invitation)

    correct_address(invitation, "eva@werk.example", by="test")

    db.session.refresh(registration)
    assert registration.email == "eva@werk.example"
    assert registration.email_key == "eva@werk.example"


def test_a_substitute_who_was_named_with_a_wrong_address(invitation):
    name_substitute(invitation, ludmila(email="falsch2@werk.example"), locale="de")
    follow_up = db.session.scalars(
        select(Invitation).where(Invitation.substitute_for_id == invitation.id)
    ).one()

    correct_address(follow_up, "ludmila@werk.example", by="test")

    assert latest_mail().to_email == "ludmila@werk.example"


def test_an_address_that_objected_is_not_taken_and_nothing_is_changed(invitation):
    host_id = invitation.event.host_id
    suppress_address(host_id, "eva@werk.example", kind=ObjectionKind.LINK, actor="test")

    with pytest.raises(NoMailWanted):
        correct_address(invitation, "eva@werk.example", by="test")

    db.session.expire_all()
    assert invitation.contact.email == "falsch@werk.example"


def test_an_address_that_leads_to_a_double_is_refused(invitation):
    person = invitation.contact
    make_contact(
        invitation.event.host, first_name=person.first_name, last_name=person.last_name,
        email="eva@werk.example",
    )  # fmt: skip

    with pytest.raises(Invalid):
        correct_address(invitation, "eva@werk.example", by="test")


def test_the_page_of_the_invitation_does_it(client, organiser):
    event = make_event(organiser.memberships[0].host)
    contact = make_contact(event.host, email="falsch@werk.example")
    invitation = invite_person(event, contact, by=make_account(event.host))
    address = f"/organise/{event.slug}/invitations/{invitation.id}"
    client.post(f"{address}/undeliverable")

    wrong = client.post(f"{address}/address", data={"email": "keine"})
    assert wrong.status_code == 422
    assert 'value="keine"' in wrong.text

    answer = client.post(f"{address}/address", data={"email": "eva@werk.example"})
    page = client.get(answer.location).text

    assert answer.status_code == 303
    assert "Die Adresse ist berichtigt" in page
    assert "Adresse berichtigt" in page
    db.session.expire_all()
    assert invitation.state is InvitationState.SENT
