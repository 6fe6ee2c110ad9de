"""Guests put right what is stored about them; a new address only once it is shown to be theirs."""

import re
from datetime import timedelta

import pytest
from factories import make_event, make_invitation, make_municipality, make_registration
from registrations.support import all_registrations, latest_mail, ludmila, mail_kinds
from sqlalchemy import select

from eventapp.accounts.errors import TooManyAttempts
from eventapp.accounts.models import AuditEntry
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_links import links_in
from eventapp.foundation.outbox import OutboxMail
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    decline_invitation,
    name_substitute,
    request_links,
    resend_link,
)
from eventapp.registrations.errors import AlreadyRegistered, SameAddress, WrongCode
from eventapp.registrations.front_door.actions import confirm_registration, forget_unconfirmed
from eventapp.registrations.own_data.actions import ask_for_address, change_address
from eventapp.registrations.own_data.address_codes import code_for
from eventapp.registrations.states import RegistrationKind, RegistrationState

NEW = "claudia@neu.example"


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def guest(event):
    return make_registration(event, last_name="Nusperling", email="claudia@kontor.example")


def details(guest, **given):
    return {
        "form_of_address": guest.form_of_address.value,
        "title": guest.title,
        "first_name": guest.first_name,
        "last_name": guest.last_name,
        "organisation": guest.organisation_name,
        "position": guest.position,
        "phone": guest.phone,
        "sector": guest.sector.value,
        "city": guest.city,
        "postcode": guest.postcode,
        "seen": str(guest.version),
    } | given


def trail():
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()


def again(guest):
    db.session.refresh(guest)
    return guest


def test_the_form_shows_what_is_stored_and_a_typo_is_mended(client, guest):
    page = client.get(f"/r/{guest.token}/details").text

    answer = client.post(
        f"/r/{guest.token}/details",
        data=details(guest, last_name="Nüsperling"),
        follow_redirects=True,
    )

    assert 'value="Nusperling"' in page
    assert "Ihre Angaben sind geändert." in answer.text
    assert "Nüsperling" in answer.text


def test_the_trail_names_the_fields_and_never_what_stood_in_them(client, guest):
    client.post(f"/r/{guest.token}/details", data=details(guest, phone="0151 1", position="Chefin"))

    entry = trail()[-1]
    assert (entry.action, entry.actor, entry.before) == (
        "registration.details_changed",
        "guest",
        {},
    )
    assert entry.after == {"fields": "phone, position"}


def test_saving_without_a_change_leaves_no_trace(client, guest):
    client.post(f"/r/{guest.token}/details", data=details(guest))

    assert trail() == []


def test_another_town_is_another_county(client, guest):
    make_municipality()

    client.post(f"/r/{guest.token}/details", data=details(guest, city="Arnsberg", postcode="59821"))

    assert (again(guest).county, guest.municipality_ags) == ("Hochsauerlandkreis", "05958004")


def test_what_is_missing_is_said_and_what_was_typed_stays(client, guest):
    answer = client.post(
        f"/r/{guest.token}/details", data=details(guest, last_name=" ", organisation="Neues Werk")
    )

    assert answer.status_code == 422
    assert 'value="Neues Werk"' in answer.text
    assert again(guest).organisation_name == "IT-Kontor Lippe"


def test_t53_who_has_an_old_page_open_overwrites_nothing(client, guest):
    """T-53."""
    old = details(guest, position="Chefin")
    with transaction():
        guest.phone = "0151 2345"

    refused = client.post(f"/r/{guest.token}/details", data=old)

    assert refused.status_code == 409
    assert 'value="Chefin"' in refused.text
    assert again(guest).phone == "0151 2345"
    assert guest.position == ""


def test_nobody_becomes_somebody_who_is_registered_already(client, event, guest):
    make_registration(event, last_name="Ohm", email=guest.email)

    answer = client.post(f"/r/{guest.token}/details", data=details(guest, last_name="Ohm"))

    assert answer.status_code == 409
    assert again(guest).last_name == "Nusperling"


def test_another_name_takes_nothing_from_a_colleague_who_has_not_confirmed_yet(
    client, event, guest
):
    """Two may share an address; a name is shown by nothing to be one's own."""
    entered = make_registration(
        event, state=RegistrationState.UNCONFIRMED, last_name="Ohm", email=guest.email
    )
    typed = details(guest, last_name="Ohm", position="Leitung")

    answer = client.post(f"/r/{guest.token}/details", data=typed)

    assert answer.status_code == 409
    assert "noch nicht bestätigt" in answer.text
    assert 'value="Leitung"' in answer.text
    assert [one.id for one in all_registrations()] == [guest.id, entered.id]
    assert again(guest).last_name == "Nusperling"
    confirm_registration(entered)
    assert entered.state is RegistrationState.CONFIRMED


def test_a_name_that_nobody_confirmed_in_time_is_free_again(client, event, guest):
    """Anybody can enter any name and address on the public page."""
    make_registration(
        event, state=RegistrationState.UNCONFIRMED, last_name="Ohm", email=guest.email,
        registered_at=clock.now() - timedelta(days=2, minutes=1),
    )  # fmt: skip
    forget_unconfirmed()

    answer = client.post(f"/r/{guest.token}/details", data=details(guest, last_name="Ohm"))

    assert answer.status_code == 303
    assert [(one.id, one.last_name) for one in all_registrations()] == [(guest.id, "Ohm")]


def test_what_nobody_confirmed_stands_in_no_new_address_s_way(client, event, guest):
    """Who has the address by a code has shown that it is theirs, the others have not."""
    entered = make_registration(
        event, state=RegistrationState.UNCONFIRMED, first_name=guest.first_name,
        last_name=guest.last_name, email=NEW,
    )  # fmt: skip
    make_registration(
        event, state=RegistrationState.UNCONFIRMED, kind=RegistrationKind.COMPANION,
        main_id=entered.id, email="",
    )  # fmt: skip
    client.post(f"/r/{guest.token}/address", data={"email": NEW})

    answer = client.post(f"/r/{guest.token}/address/code", data={"code": code_in_mail()})

    assert answer.status_code == 303
    assert [(one.id, one.email) for one in all_registrations()] == [(guest.id, NEW)]


def test_name_and_town_changed_together_are_refused_as_the_name_alone_is(client, event, guest):
    make_municipality()
    make_registration(event, last_name="Ohm", email=guest.email)

    answer = client.post(
        f"/r/{guest.token}/details", data=details(guest, last_name="Ohm", city="Arnsberg")
    )

    assert answer.status_code == 409
    assert again(guest).last_name == "Nusperling"


# ---- A new address ------------------------------------------------------------------------------


def code_in_mail():
    return re.search(r"\b(\d{3} \d{3})\b", latest_mail().text)[1]


def test_a_new_address_counts_once_its_code_is_typed(client, guest):
    client.post(f"/r/{guest.token}/address", data={"email": NEW})
    before = again(guest).email
    page = client.get(f"/r/{guest.token}/address").text
    code = code_in_mail()

    answer = client.post(
        f"/r/{guest.token}/address/code", data={"code": code}, follow_redirects=True
    )

    assert before == "claudia@kontor.example"
    assert f"Wir haben einen Code an {NEW} gesendet." in page
    assert f"Ihre neue Adresse ist {NEW}." in answer.text
    assert (again(guest).email, guest.email_key) == (NEW, NEW)
    assert mail_kinds() == [
        (NEW, "address_code"),
        (NEW, "address_new"),
        ("claudia@kontor.example", "address_old"),
    ]
    assert trail()[-1].after == {"fields": "email"}


def test_the_link_goes_to_the_new_address_and_not_to_the_old_one(guest):
    change_address(guest, NEW, code=code_for(guest, NEW, clock.now()))

    old = latest_mail()
    new = db.session.scalars(select(OutboxMail).where(OutboxMail.to_email == NEW)).one()
    assert links_in(new.text, "http://localhost") == [f"http://localhost/r/{guest.token}"]
    assert links_in(old.text, "http://localhost") == []


@pytest.mark.parametrize("typed", ["000000", "", "12345", "abc", "１２３４５６"])
def test_a_wrong_code_changes_nothing(client, guest, typed):
    client.post(f"/r/{guest.token}/address", data={"email": NEW})

    answer = client.post(f"/r/{guest.token}/address/code", data={"code": typed})

    assert answer.status_code == 422
    assert again(guest).email == "claudia@kontor.example"


def test_a_code_is_worth_something_for_one_guest_one_address_and_an_hour(event, guest):
    other = make_registration(event)
    code = code_for(guest, NEW, clock.now())

    for who, email, later in (
        (other, NEW, 0),
        (guest, "jemand@neu.example", 0),
        (guest, NEW, 3),
    ):
        with clock.held(clock.now() + timedelta(hours=later)), pytest.raises(WrongCode):
            change_address(who, email, code=code)


def test_t15_guessing_codes_is_slowed_down(guest):
    """T-15."""
    for _ in range(5):
        with pytest.raises(WrongCode):
            change_address(guest, NEW, code="000000")

    with pytest.raises(TooManyAttempts):
        change_address(guest, NEW, code=code_for(guest, NEW, clock.now()))


def test_nobody_s_mailbox_is_filled_with_codes(guest):
    for _ in range(5):
        ask_for_address(guest, NEW)

    with pytest.raises(TooManyAttempts):
        ask_for_address(guest, NEW)


def test_too_many_is_said_on_the_page(client, guest):
    for _ in range(6):
        answer = client.post(f"/r/{guest.token}/address", data={"email": NEW})

    assert answer.status_code == 429


def test_the_same_address_needs_no_code(client, guest):
    with pytest.raises(SameAddress):
        ask_for_address(guest, guest.email.upper())

    assert client.post(f"/r/{guest.token}/address", data={"email": guest.email}).status_code == 422


def test_an_address_under_which_the_same_person_is_registered_is_refused(event, guest):
    make_registration(event, last_name="Nusperling", email=NEW)

    with pytest.raises(AlreadyRegistered):
        change_address(guest, NEW, code=code_for(guest, NEW, clock.now()))

    assert again(guest).email == "claudia@kontor.example"


@pytest.mark.parametrize("state", [RegistrationState.CANCELLED, RegistrationState.REJECTED])
def test_t09_nobody_takes_the_name_of_a_colleague_who_left_and_shares_the_address(
    client, event, guest, state
):
    """With the name their data would open: whoever holds a forwarded link could read it."""
    make_registration(event, state=state, first_name="Jan", last_name="Öhm", email=guest.email)

    client.post(f"/r/{guest.token}/details", data=details(guest, first_name="Jan", last_name="Öhm"))

    assert again(guest).last_name == "Nusperling"


def test_a_code_asked_for_in_one_browser_is_not_known_in_another(app, client, guest):
    client.post(f"/r/{guest.token}/address", data={"email": NEW})

    answer = app.test_client().post(f"/r/{guest.token}/address/code", data={"code": code_in_mail()})

    assert answer.status_code == 303
    assert again(guest).email == "claudia@kontor.example"


def test_who_has_cancelled_can_still_put_things_right(client, event):
    gone = make_registration(event, state=RegistrationState.CANCELLED)

    client.post(f"/r/{gone.token}/details", data=details(gone, first_name="Klaudia"))

    assert again(gone).first_name == "Klaudia"


def test_t12_the_links_that_went_to_the_old_address_open_nothing(client, event):
    """T-12: also the invitation's; the page that was open leads on by the new link."""
    invitation = make_invitation(event)
    guest = accept_invitation(invitation)
    old, invited = guest.token, invitation.token
    client.post(f"/r/{old}/address", data={"email": NEW})

    answer = client.post(f"/r/{old}/address/code", data={"code": code_in_mail()})

    assert answer.status_code == 303
    assert answer.location == f"/r/{again(guest).token}"
    assert client.get(answer.location).status_code == 200
    assert client.get(f"/r/{old}").status_code == 404
    assert client.get(f"/i/{invited}").status_code == 404
    db.session.refresh(invitation)
    assert client.get(f"/i/{invitation.token}").status_code == 200


def test_t12_the_old_address_gets_no_link_any_more_by_asking_for_it(client, event):
    """T-12."""
    invitation = make_invitation(event)
    guest = accept_invitation(invitation)
    before = guest.email
    change_address(guest, NEW, code=code_for(guest, NEW, clock.now()))
    sent = len(mail_kinds())

    client.post("/link", data={"email": before})
    assert len(mail_kinds()) == sent
    client.post("/link", data={"email": NEW})
    assert mail_kinds()[-1] == (NEW, "links")


@pytest.mark.parametrize("leave", ["cancel", "decline", "substitute"])
def test_t12_the_old_address_gets_no_link_after_the_guest_has_left_either(event, leave):
    """T-12: the address given last counts, whatever became of the registration."""
    invitation = make_invitation(event)
    guest = accept_invitation(invitation)
    before = guest.email
    change_address(guest, NEW, code=code_for(guest, NEW, clock.now()))
    if leave == "cancel":
        cancel_registration(guest, by="guest")
    elif leave == "decline":
        decline_invitation(invitation)
    else:
        name_substitute(invitation, ludmila())
    sent = len(mail_kinds())

    request_links(before, asked_from="203.0.113.7", locale="de")
    assert len(mail_kinds()) == sent

    request_links(NEW, asked_from="203.0.113.7", locale="de")
    assert mail_kinds()[-1] == (NEW, "links")
    assert f"/i/{invitation.public_id}.{invitation.link_generation}" in latest_mail().text


def test_t12_staff_sends_who_has_left_the_link_to_the_address_given_last(client, event):
    """T-12."""
    invitation = make_invitation(event)
    guest = accept_invitation(invitation)
    change_address(guest, NEW, code=code_for(guest, NEW, clock.now()))
    cancel_registration(guest, by="guest")

    resend_link(invitation, by="test")

    assert mail_kinds()[-1] == (NEW, "link")
    link = links_in(latest_mail().text, "http://localhost")[0]
    assert client.get(link.removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize("leave", ["cancel", "decline", "substitute"])
def test_t12_who_says_yes_again_stays_who_they_said_and_where_they_read(client, event, leave):
    """T-12: the link to the page never goes to the address that was given up."""
    invitation = make_invitation(event)
    guest = accept_invitation(invitation)
    client.post(f"/r/{guest.token}/details", data=details(again(guest), last_name="Nüsperling"))
    change_address(guest, NEW, code=code_for(guest, NEW, clock.now()))
    if leave == "cancel":
        cancel_registration(guest, by="guest")
    elif leave == "decline":
        decline_invitation(invitation)
    else:
        name_substitute(invitation, ludmila())

    accept_invitation(invitation)

    assert (again(guest).state, guest.email) == (RegistrationState.CONFIRMED, NEW)
    assert guest.last_name == "Nüsperling"
    assert (NEW, "confirmation") in mail_kinds()[-2:]


def test_who_is_registered_again_by_the_new_address_does_not_come_twice(event):
    invitation = make_invitation(event)
    guest = accept_invitation(invitation)
    change_address(guest, NEW, code=code_for(guest, NEW, clock.now()))
    cancel_registration(guest, by="guest")
    make_registration(event, first_name=guest.first_name, last_name=guest.last_name, email=NEW)

    with pytest.raises(AlreadyRegistered):
        accept_invitation(invitation)


def test_mails_about_the_invitation_follow_to_the_new_address(event):
    invitation = make_invitation(event)
    guest = accept_invitation(invitation)
    change_address(guest, NEW, code=code_for(guest, NEW, clock.now()))

    resend_link(invitation, by="test")
    assert latest_mail().to_email == NEW
    decline_invitation(invitation)
    assert latest_mail().to_email == NEW
