"""A contact's address is another one now: what went to the old one opens nothing any more."""

import re

import pytest
from exports.taking import rows_of, take
from factories import make_contact, make_event, make_invitation, make_registration
from registrations.support import all_registrations, latest_mail, mail_kinds

from eventapp.contacts.actions import ContactChange, change_contact, suppress_address
from eventapp.contacts.states import FormOfAddress, ObjectionKind
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.invitations.actions import withdraw_invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    correct_address,
    request_links,
    resend_links,
)
from eventapp.registrations.errors import AlreadyRegistered
from eventapp.registrations.own_data.actions import correct_guest_address, renew_link
from eventapp.registrations.states import RegistrationState

OLD, NEW, HOME = "eva@alt.example", "eva@neu.example", "eva@daheim.example"
GERMAN = {"Accept-Language": "de"}
COLUMNS = ("last_name", "email")


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def contact(event):
    return make_contact(event.host, first_name="Eva", last_name="Öhm", email=OLD)


def move(contact, email=NEW, **given):
    names = [one for one in ContactChange.__dataclass_fields__ if not one.endswith("_lists")]
    values = {name: getattr(contact, name) for name in names} | {"email": email} | given
    change_contact(contact, ContactChange(**values), seen=contact.version, actor="test")


def test_the_invitation_gets_a_new_link_at_the_new_address(client, event, contact):
    """T-12."""
    invitation = make_invitation(event, contact)
    old = invitation.token

    move(contact)

    db.session.refresh(invitation)
    assert client.get(f"/i/{old}").status_code == 404
    assert client.get(f"/i/{invitation.token}").status_code == 200
    assert mail_kinds() == [(NEW, "link")]


def test_another_name_moves_nothing(event, contact):
    invitation = make_invitation(event, contact)
    old = invitation.token

    move(contact, OLD, last_name="Öhmann", form_of_address=FormOfAddress.NONE)

    db.session.refresh(invitation)
    assert invitation.token == old
    assert mail_kinds() == []


def test_who_has_accepted_is_written_to_there_as_well(client, event, contact):
    """T-12."""
    guest = accept_invitation(make_invitation(event, contact))
    old = guest.token

    move(contact)

    db.session.refresh(guest)
    assert guest.email == NEW
    assert client.get(f"/r/{old}").status_code == 404
    assert latest_mail().to_email == NEW


def test_who_gave_another_address_since_keeps_it(event, contact):
    guest = accept_invitation(make_invitation(event, contact))
    correct_guest_address(guest, "eva@dritte.example", by="test")

    move(contact)

    db.session.refresh(guest)
    assert guest.email == "eva@dritte.example"


@pytest.mark.parametrize("state", [InvitationState.DECLINED, InvitationState.SUBSTITUTED])
def test_who_does_not_come_gets_no_mail_but_the_old_link_is_dead(client, event, contact, state):
    invitation = make_invitation(event, contact, state=state)
    old = invitation.token

    move(contact)

    assert client.get(f"/i/{old}").status_code == 404
    assert mail_kinds() == []


def test_nothing_is_sent_for_what_is_over_or_withdrawn(event, contact):
    over = make_event(event.host, starts_at=clock.now().replace(year=2020))
    make_invitation(over, contact)
    withdraw_invitation(make_invitation(event, contact), by="test")

    move(contact)

    assert mail_kinds() == []


@pytest.mark.parametrize("state", [RegistrationState.CONFIRMED, RegistrationState.CANCELLED])
def test_who_is_registered_by_the_new_address_besides_is_not_written_to_at_the_old(
    client, event, contact, state
):
    """T-12: nor does asking for lost links there bring any; the other registration stays."""
    guest = accept_invitation(make_invitation(event, contact))
    old = guest.token
    other = make_registration(event, state=state, first_name="Eva", last_name="Öhm", email=NEW)
    sent = len(mail_kinds())

    move(contact)

    db.session.refresh(guest)
    assert (guest.email, other.email) == ("", NEW)
    assert client.get(f"/r/{old}").status_code == 404
    assert mail_kinds()[sent:] == [(NEW, "link")]
    request_links(OLD, asked_from="203.0.113.7", locale="de")
    assert mail_kinds()[sent:] == [(NEW, "link")]


def test_an_address_that_is_taken_away_takes_every_link_with_it(client, event, contact):
    """T-12."""
    invitation = make_invitation(event, contact)
    guest = accept_invitation(invitation)
    invited, page = invitation.token, guest.token
    sent = len(mail_kinds())

    move(contact, "")

    assert client.get(f"/i/{invited}").status_code == 404
    assert client.get(f"/r/{page}").status_code == 404
    request_links(OLD, asked_from="203.0.113.7", locale="de")
    assert len(mail_kinds()) == sent


def test_the_next_address_is_taken_on_by_who_had_none(client, event, contact):
    guest = accept_invitation(make_invitation(event, contact))
    move(contact, "")
    page = guest.token

    move(contact)

    db.session.refresh(guest)
    assert guest.email == NEW
    assert client.get(f"/r/{page}").status_code == 404
    assert latest_mail().to_email == NEW


def test_who_has_cancelled_and_says_yes_again_is_written_to_at_the_new_address(event, contact):
    invitation = make_invitation(event, contact)
    cancel_registration(accept_invitation(invitation), by="guest")

    move(contact)
    guest = accept_invitation(invitation)

    assert guest.email == NEW
    assert latest_mail().to_email == NEW


def test_an_address_by_which_the_person_is_registered_besides_is_refused(event, contact):
    invitation = make_invitation(event, contact)
    accept_invitation(invitation)
    make_registration(event, first_name="Eva", last_name="Öhm", email=NEW)

    with pytest.raises(AlreadyRegistered):
        correct_address(invitation, NEW, by="test")

    db.session.expire_all()
    assert contact.email == OLD


def test_what_nobody_confirmed_stands_in_no_address_book_s_way(event, contact):
    """Anybody can enter any name and address on the public page."""
    guest = accept_invitation(make_invitation(event, contact))
    make_registration(
        event, state=RegistrationState.UNCONFIRMED, first_name="Eva", last_name="Öhm", email=NEW
    )

    move(contact)

    assert [(one.id, one.email) for one in all_registrations()] == [(guest.id, NEW)]
    assert latest_mail().to_email == NEW


def test_t12_a_new_link_for_one_that_was_passed_on(client, organiser):
    """T-12."""
    event = make_event(organiser.memberships[0].host)
    invitation = make_invitation(event)
    guest = accept_invitation(invitation)
    old, page = invitation.token, guest.token

    answer = client.post(f"/organise/{event.slug}/invitations/{invitation.id}/link/renew")

    assert answer.status_code == 303
    assert "ein neuer link" in client.get(answer.location).text.lower()
    assert client.get(f"/i/{old}").status_code == 404
    assert client.get(f"/r/{page}").status_code == 404
    db.session.expire_all()
    assert client.get(f"/i/{invitation.token}").status_code == 200
    assert mail_kinds()[-1] == (invitation.person.email, "link")


def test_a_new_link_goes_where_the_guest_reads_mail(event, contact):
    invitation = make_invitation(event, contact)
    guest = accept_invitation(invitation)
    guest_mail = "eva@daheim.example"
    correct_guest_address(guest, guest_mail, by="test")
    renew_link(invitation, by="test")

    assert latest_mail().to_email == guest_mail


@pytest.fixture
def guest_elsewhere(organiser):
    """Somebody invited by the address book's address, who reads mail at home."""
    event = make_event(organiser.memberships[0].host)
    contact = make_contact(event.host, first_name="Eva", last_name="Öhm", email=OLD)
    guest = accept_invitation(make_invitation(event, contact))
    correct_guest_address(guest, HOME, by="test")
    return guest


def listed(client, event, key: str) -> list[str]:
    answer = take(client, f"/organise/{event.slug}/lists/{key}", columns=COLUMNS)
    return [row["email"] for row in rows_of(answer)]


def test_lists_name_the_address_that_mails_go_to(client, guest_elsewhere):
    guest, event = guest_elsewhere, guest_elsewhere.event

    assert listed(client, event, "replies") == listed(client, event, "guests") == [HOME]
    cancel_registration(guest)

    assert listed(client, event, "replies") == [HOME]


def test_who_gave_no_other_address_stands_with_the_address_book_s(client, organiser):
    event = make_event(organiser.memberships[0].host)
    invitation = make_invitation(event)

    assert listed(client, event, "replies") == [invitation.contact.email]


def test_the_page_about_somebody_invited_names_both_addresses(client, guest_elsewhere):
    invitation, event = guest_elsewhere.invitation, guest_elsewhere.event

    page = client.get(f"/organise/{event.slug}/invitations/{invitation.id}", headers=GERMAN).text

    assert re.search(rf"<dt>E-Mail-Adresse</dt>\s*<dd>(<bdi>)?{HOME}", page)
    assert re.search(rf"<dt>Adresse der Einladung</dt>\s*<dd>(<bdi>)?{OLD}", page)


def test_before_links_go_out_to_many_each_address_stands_there(client, guest_elsewhere):
    invitation, event = guest_elsewhere.invitation, guest_elsewhere.event
    address = f"/organise/{event.slug}/invitations/bulk?step=link&k={invitation.id}"
    page = client.get(address, headers=GERMAN).text
    assert f"Mail an {HOME}" in page
    assert OLD not in page


def test_who_objected_at_the_address_they_gave_gets_no_link_with_the_many(client, guest_elsewhere):
    invitation, event = guest_elsewhere.invitation, guest_elsewhere.event
    suppress_address(event.host_id, HOME, kind=ObjectionKind.ASKED, actor="test")
    before = mail_kinds()
    address = f"/organise/{event.slug}/invitations/bulk?step=link&k={invitation.id}"

    assert "keine Mails mehr" in client.get(address, headers=GERMAN).text
    sent = resend_links(event, [invitation], seen_at=clock.now(), by="test")

    assert (sent, mail_kinds()) == (0, before)
