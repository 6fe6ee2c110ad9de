"""Consents, diet and support: asked for apart, none ticked, each taken back as easily as given."""

import re
from datetime import timedelta

import pytest
from factories import (
    make_contact,
    make_event,
    make_host,
    make_invitation,
    make_registration,
    moment,
)
from pages_as_people import forms_of, tags_of
from registrations.needs_support import consents, give_needs, needs
from registrations.public_form import entered, hermine, link_in_mail
from registrations.support import all_registrations, ludmila
from sqlalchemy import select

from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.models import AuditEntry
from eventapp.consents.actions import forget_needs
from eventapp.consents.requests import NeedsRequest
from eventapp.consents.states import TICKED, ConsentKind
from eventapp.events.actions import cancel_event
from eventapp.events.signals import days_shifted
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.registrations.actions import (
    accept_invitation,
    agree,
    cancel_registration,
    name_substitute,
    tell_needs,
    withdraw_consent,
)
from eventapp.registrations.errors import NoSuchStep
from eventapp.registrations.front_door.actions import (
    confirm_registration,
    forget_unconfirmed,
    register,
)
from eventapp.registrations.states import RegistrationState

SAID = NeedsRequest(diet="keine Haselnüsse", access="Rollstuhlplatz")
TICKS = {"consent_photo": "y", "consent_attendee_list": "y", "consent_next_invitation": "y"}


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def guest(event):
    return make_registration(event)


def trail():
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()


# ---- On the registration form -------------------------------------------------------------------


def test_no_box_is_ticked_in_advance_and_each_has_its_words_beside_it(client, event):
    page = client.get(f"/e/{event.slug}/register").text

    boxes = [values for tag, values in tags_of(page) if values.get("type") == "checkbox"]
    assert len(boxes) == len(TICKED) + 1
    assert [one for one in boxes if "checked" in one] == []
    assert all(f'id="{one["id"]}-words"' in page for one in boxes)


def test_who_registers_without_a_word_more_says_nothing(client, event):
    client.post(f"/e/{event.slug}/register", data=entered(send="1"))

    assert len(all_registrations()) == 1
    assert (consents(), needs()) == ([], [])


def test_what_is_ticked_and_told_is_kept_with_version_source_and_language(client, event):
    data = entered(send="1", diet="Vegetarian", access="Höranlage", agreed="y", consent_photo="y")

    client.post(f"/e/{event.slug}/register?lang=en", data=data)

    assert consents() == [
        ("photo", "1-en", "form", False),
        ("needs", "1-en", "form", False),
    ]
    assert needs() == [("vegetarisch", "Höranlage")]


def test_needs_without_the_tick_are_refused_and_what_was_typed_stays(client, event):
    answer = client.post(f"/e/{event.slug}/register", data=entered(send="1", diet="keine Nüsse"))

    assert "Oder lassen Sie beide Felder leer und rufen Sie uns an." in answer.text
    assert 'value="keine Nüsse"' in answer.text
    assert all_registrations() == []


def test_the_tick_without_a_word_says_nothing(client, event):
    client.post(f"/e/{event.slug}/register", data=entered(send="1", agreed="y"))

    assert (consents(), needs()) == ([], [])


def test_nobody_consents_for_colleagues_and_the_first_person_loses_nothing(client, event):
    second = {"first_name_2": "Udo", "last_name_2": "Öhm", "organisation": "Werk", "rows": "2"}

    page = client.post(f"/e/{event.slug}/register", data=entered(rows="1", add="1") | TICKS).text
    client.post(
        f"/e/{event.slug}/register",
        data=entered(send="1", diet="vegan", agreed="y") | second | TICKS,
    )

    assert "nur für Person 1" in page
    assert re.search(r'<input[^>]*checked[^>]*id="consent_photo"', page)
    first, second = all_registrations()
    assert len(first.consents) == len(TICKED) + 1
    assert (second.consents, needs()) == ([], [("vegan", "")])


def test_of_two_forms_the_last_counts_and_the_owner_of_the_address_sees_it_first(client, event):
    client.post(
        f"/e/{event.slug}/register", data=entered(send="1", diet="vegan", agreed="y") | TICKS
    )
    client.post(f"/e/{event.slug}/register", data=entered(send="1", consent_photo="y"))

    page = client.get(link_in_mail()).text

    assert consents() == [("photo", "1-de", "form", False)]
    assert needs() == []
    assert "Sie haben eingewilligt: Fotos" in page


def test_who_is_registered_already_is_changed_by_no_form(client, event):
    data = entered(send="1")
    client.post(f"/e/{event.slug}/register", data=data)
    confirm_registration(all_registrations()[0])

    client.post(f"/e/{event.slug}/register", data=data | {"diet": "vegan", "agreed": "y"} | TICKS)

    assert (consents(), needs()) == ([], [])


def test_what_nobody_confirms_is_forgotten_altogether(client, event):
    client.post(
        f"/e/{event.slug}/register", data=entered(send="1", diet="vegan", agreed="y") | TICKS
    )

    with clock.held(clock.now() + timedelta(hours=49)):
        assert forget_unconfirmed() == 1

    assert (consents(), needs()) == ([], [])


# ---- On the personal page -----------------------------------------------------------------------


def test_an_invited_guest_who_accepts_has_consented_to_nothing_and_may(client, event):
    invitation = make_invitation(event, make_contact(event.host))
    guest = accept_invitation(invitation)

    page = client.get(f"/r/{guest.token}").text
    client.post(f"/r/{guest.token}/consents/photo")

    assert page.count("nicht erteilt") == len(TICKED)
    assert consents() == [("photo", "1-de", "personal_page", False)]


def test_agree_change_ones_mind_and_agree_again_makes_two_rows(guest):
    agree(guest, ConsentKind.PHOTO, locale="de")
    agree(guest, ConsentKind.PHOTO, locale="de")
    withdraw_consent(guest, ConsentKind.PHOTO)
    withdraw_consent(guest, ConsentKind.PHOTO)
    agree(guest, ConsentKind.PHOTO, locale="en")

    assert consents() == [
        ("photo", "1-de", "personal_page", True),
        ("photo", "1-en", "personal_page", False),
    ]
    assert [one.action for one in trail()] == [
        "consent.given",
        "consent.withdrawn",
        "consent.given",
    ]


def test_withdrawing_is_one_button_on_the_same_page(client, guest):
    agree(guest, ConsentKind.ATTENDEE_LIST, locale="de")

    ways = [one.action for one in forms_of(client.get(f"/r/{guest.token}").text)]
    client.post(f"/r/{guest.token}/consents/attendee_list/withdraw")

    assert f"/r/{guest.token}/consents/attendee_list/withdraw" in ways
    assert consents() == [("attendee_list", "1-de", "personal_page", True)]


def test_needs_are_told_changed_and_taken_back_at_once(guest):
    tell_needs(guest, SAID, locale="de")
    tell_needs(guest, NeedsRequest(diet="VEGAN"), locale="de")
    told = needs()
    withdraw_consent(guest, ConsentKind.NEEDS)

    assert told == [("vegan", "")]
    assert needs() == []
    assert consents() == [("needs", "1-de", "personal_page", True)]


def test_empty_fields_take_everything_back(client, guest):
    give_needs(guest)

    client.post(f"/r/{guest.token}/needs", data={"diet": "", "access": " "})

    assert needs() == []
    assert consents()[0][3]


def test_the_page_shows_the_day_of_deletion_and_offers_a_call(client, app):
    host = make_host(phone="02921 1234")
    event = make_event(host, starts_at=moment("2027-06-24T13:30:00"))
    guest = make_registration(event)

    with clock.held(moment("2027-05-03T12:00:00")):
        page = client.get(f"/r/{guest.token}/needs").text

    assert "am Do., 08.07.2027 gelöscht" in page
    assert "bis Do., 27.05.2027" in page
    assert "02921 1234" in page


def test_who_does_not_come_has_nothing_to_tell(client, event):
    guest = make_registration(event, state=RegistrationState.CANCELLED)

    answer = client.post(
        f"/r/{guest.token}/needs", data={"diet": "vegan", "access": "", "agreed": "y"}
    )

    assert answer.status_code == 409
    assert needs() == []
    with pytest.raises(NoSuchStep):
        agree(guest, ConsentKind.PHOTO, locale="de")


def test_a_consent_can_be_withdrawn_even_when_the_event_is_called_off(client, event, guest):
    agree(guest, ConsentKind.NEXT_INVITATION, locale="de")
    cancel_event(event, by=SYSTEM)

    client.post(f"/r/{guest.token}/consents/next_invitation/withdraw")

    assert consents()[0][3]


@pytest.mark.parametrize("kind", ["needs", "everything", "PHOTO"])
def test_only_the_consents_that_stand_for_themselves_have_such_a_button(client, guest, kind):
    assert client.post(f"/r/{guest.token}/consents/{kind}").status_code == 404


# ---- What becomes of needs ----------------------------------------------------------------------


def test_needs_are_gone_on_their_day_and_not_before(event, guest):
    give_needs(guest)
    day = event.starts_at + timedelta(days=14)

    with clock.held(day - timedelta(days=1)):
        early = forget_needs()
    with clock.held(day):
        due = forget_needs(), forget_needs()

    assert (early, due) == (0, (1, 0))
    assert needs() == []


def test_the_day_follows_the_event(event, guest):
    give_needs(guest)
    with transaction():
        event.starts_at += timedelta(days=7)
        event.ends_at += timedelta(days=7)
        days_shifted.send(event, days=7, by=SYSTEM)

    with clock.held(event.starts_at + timedelta(days=13)):
        assert forget_needs() == 0
    with clock.held(event.starts_at + timedelta(days=14)):
        assert forget_needs() == 1


def test_who_gives_up_the_place_has_no_needs_any_more(guest):
    give_needs(guest)

    cancel_registration(guest)

    assert needs() == []
    assert consents()[0][3]


def test_a_substitute_inherits_neither_needs_nor_consents(event):
    invitation = make_invitation(event, make_contact(event.host))
    guest = accept_invitation(invitation)
    agree(guest, ConsentKind.PHOTO, locale="de")
    give_needs(guest)

    name_substitute(invitation, ludmila())

    heir = all_registrations()[-1]
    assert heir.replaces_id == guest.id
    assert heir.consents == []
    assert needs() == []


def test_the_trail_never_holds_what_was_told_nor_that_it_was(event, guest):
    tell_needs(guest, SAID, locale="de")
    withdraw_consent(guest, ConsentKind.NEEDS)

    assert trail() == []


def test_t91_needs_are_in_no_log_line(client, event, capfd):
    data = entered(send="1", diet="Haselnussallergie", access="Rollstuhlplatz", agreed="y")

    client.post(f"/e/{event.slug}/register", data=data)
    client.post(f"/e/{event.slug}/register", data=data | {"agreed": "", "last_name": ""})

    assert "Haselnuss" not in "".join(capfd.readouterr())


def test_t08_a_form_cannot_choose_version_source_or_day(client, guest):
    client.post(
        f"/r/{guest.token}/needs",
        data={
            "diet": "vegan",
            "access": "",
            "agreed": "y",
            "delete_on": "2099-01-01",
            "registration_id": "4711",
            "text_version": "99",
            "source": "erfunden",
        },
    )

    assert needs() == [("vegan", "")]
    assert consents() == [("needs", "1-de", "personal_page", False)]


def test_the_registration_holds_what_the_form_told(event):
    register(event, hermine())

    assert all_registrations()[0].consents == []
