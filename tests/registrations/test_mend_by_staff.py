"""What a guest tells staff by phone: name and address put right, a new link, diet and support."""

import re
from datetime import timedelta
from html import unescape

import pytest
from factories import make_contact, make_event, make_registration
from registrations.needs_support import consents, give_needs, needs
from registrations.public_form import hermine
from registrations.support import all_registrations, latest_mail, mail_kinds
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.consents.requests import NeedsRequest
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_links import links_in
from eventapp.registrations.actions import tell_needs
from eventapp.registrations.front_door.actions import (
    confirm_registration,
    forget_unconfirmed,
    register,
)
from eventapp.registrations.states import RegistrationKind, RegistrationState

NEW = "claudia@neu.example"
GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host)


@pytest.fixture
def guest(event):
    return make_registration(event, last_name="Nusperling", email="claudia@alt.example")


@pytest.fixture
def page(event, guest):
    return f"/organise/{event.slug}/guests/{guest.id}"


def details(guest, **given):
    return {
        "form_of_address": guest.form_of_address.value,
        "first_name": guest.first_name,
        "last_name": guest.last_name,
        "sector": guest.sector.value,
        "city": guest.city,
        "seen": str(guest.version),
    } | given


def trail():
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()


def test_a_name_is_corrected_and_the_trail_says_which_fields(client, guest, page, organiser):
    assert 'value="Nusperling"' in client.get(f"{page}/details", headers=GERMAN).text

    sent = details(guest, last_name="Nüsperling", organisation="IT-Kontor Lippe")
    answer = client.post(f"{page}/details", data=sent)

    assert (answer.status_code, answer.location) == (303, page)
    db.session.refresh(guest)
    assert guest.last_name == "Nüsperling"
    assert (trail()[-1].action, trail()[-1].account_id) == (
        "registration.details_changed",
        organiser.id,
    )
    assert trail()[-1].after == {"fields": "last_name"}


def test_bad_input_is_refused_and_kept(client, guest, page):
    answer = client.post(f"{page}/details", data=details(guest, first_name="", city="Hagen"))

    assert answer.status_code == 422
    assert 'value="Hagen"' in answer.text


def test_t53_what_the_guest_changed_meanwhile_is_not_overwritten(client, guest, page):
    """T-53."""
    answer = client.post(f"{page}/details", data=details(guest, seen="0", last_name="X"))

    assert answer.status_code == 409
    db.session.refresh(guest)
    assert guest.last_name == "Nusperling"


def test_what_nobody_confirmed_stands_in_nobody_s_way(client, event, guest, page):
    """Anybody can enter any name and address on the public page."""
    make_registration(event, state=RegistrationState.UNCONFIRMED, last_name="Nusperling", email=NEW)

    answer = client.post(f"{page}/address", data={"email": NEW})

    assert answer.status_code == 303
    assert [(one.id, one.email) for one in all_registrations()] == [(guest.id, NEW)]


def test_t12_a_corrected_address_gets_a_new_link_and_the_old_one_is_dead(client, guest, page):
    """T-12: the wrong address hears nothing, as it may be a stranger's."""
    old = guest.token

    answer = client.post(f"{page}/address", data={"email": NEW})

    assert answer.status_code == 303
    db.session.refresh(guest)
    assert guest.email == NEW
    assert client.get(f"/r/{old}").status_code == 404
    assert mail_kinds() == [(NEW, "link_new")]
    link = links_in(latest_mail().text, "http://localhost")[0]
    assert client.get(link.removeprefix("http://localhost")).status_code == 200
    assert NEW not in str([(one.before, one.after) for one in trail()])


@pytest.mark.parametrize(
    ("email", "status"), [("keine", 422), ("claudia@alt.example", 422), ("zwei@werk.example", 409)]
)
def test_an_address_that_does_not_do_is_refused(client, event, guest, page, email, status):
    make_registration(
        event, first_name=guest.first_name, last_name="Nusperling", email="zwei@werk.example"
    )

    answer = client.post(f"{page}/address", data={"email": email})

    assert answer.status_code == status
    assert email in answer.text
    db.session.refresh(guest)
    assert guest.email == "claudia@alt.example"
    assert mail_kinds() == []


def test_who_has_not_confirmed_is_asked_to_at_the_right_address(client, event, organiser):
    register(event, hermine(email="tippfehler@werk.example"))
    one = all_registrations()[0]

    client.post(f"/organise/{event.slug}/guests/{one.id}/address", data={"email": NEW})

    assert mail_kinds()[-1] == (NEW, "confirm")
    link = links_in(latest_mail().text, "http://localhost")[0]
    assert "/o/" in link
    assert client.get(link.removeprefix("http://localhost")).status_code == 200
    confirm_registration(one)
    assert one.state is RegistrationState.CONFIRMED


@pytest.mark.parametrize("way", ["link", "address"])
@pytest.mark.parametrize(("hours", "state"), [(47, "confirmed"), (48, "unconfirmed")])
def test_a_new_link_to_confirm_is_valid_for_two_days_of_its_own(client, event, way, hours, state):
    asked = clock.now()
    with clock.held(asked - timedelta(hours=47)):
        register(event, hermine())
    one = all_registrations()[0]
    with transaction():  # the deadline has passed since; who asked in time stays in time
        event.reply_by_on = clock.today(event.zone) - timedelta(days=1)
    first = one.registered_at

    client.post(f"/organise/{event.slug}/guests/{one.id}/{way}", data={"email": NEW})

    assert mail_kinds()[-1][1] == "confirm"
    with clock.held(asked + timedelta(hours=hours, minutes=-1 if hours == 47 else 1)):
        forgotten = forget_unconfirmed()
        if not forgotten:
            confirm_registration(one)
    assert forgotten == (1 if state == "unconfirmed" else 0)
    assert [(row.state.value, row.registered_at) for row in all_registrations()] == (
        [] if forgotten else [(state, first)]
    )


def objecting(event, email):
    return make_contact(event.host, email=email, blocked_at=clock.now())


def test_who_wants_no_mails_gets_a_new_link_only_with_a_second_yes(client, event, guest, page):
    objecting(event, guest.email)
    old = guest.token

    refused = client.post(f"{page}/link", headers=GERMAN)

    assert refused.status_code == 422
    assert "Bitte kreuzen Sie an" in refused.text
    assert (mail_kinds(), client.get(f"/r/{old}").status_code) == ([], 200)
    client.post(f"{page}/link", data={"renew_despite": "y"})
    assert mail_kinds() == [(guest.email, "link_new")]


def test_a_new_address_whose_owner_wants_no_mails_is_written_to_only_with_a_second_yes(
    client, event, guest, page
):
    objecting(event, NEW)
    assert "despite" not in client.get(f"{page}/address").text

    refused = client.post(f"{page}/address", data={"email": NEW}, headers=GERMAN)

    assert refused.status_code == 422
    assert "Möchte keine Einladungen mehr" in refused.text
    assert f'value="{NEW}"' in refused.text
    assert mail_kinds() == []
    client.post(f"{page}/address", data={"email": NEW, "despite": "y"})
    assert mail_kinds() == [(NEW, "link_new")]


def test_t12_a_new_link_for_one_that_was_passed_on(client, guest, page):
    """T-12."""
    old = guest.token

    client.post(f"{page}/link")

    db.session.refresh(guest)
    assert client.get(f"/r/{old}").status_code == 404
    assert client.get(f"/r/{guest.token}").status_code == 200
    assert mail_kinds() == [(guest.email, "link_new")]
    assert "Neuer persönlicher Link" in client.get(page, headers=GERMAN).text


def test_companions_have_no_such_pages(client, event, guest):
    companion = make_registration(
        event, main_id=guest.id, kind=RegistrationKind.COMPANION, email=""
    )

    for way in ("details", "address", "needs"):
        address = f"/organise/{event.slug}/guests/{companion.id}/{way}"
        assert client.get(address).status_code in {403, 404}


# ---- Diet and support, told by phone ------------------------------------------------------------


@pytest.fixture
def trusted(organiser):
    with transaction():
        organiser.memberships[0].sees_needs = True
    return organiser


TOLD = {"diet": "keine Haselnüsse", "access": "Rollstuhlplatz", "agreed": "y"}


def test_without_the_right_there_is_neither_way_nor_page(client, guest, page):
    assert "/needs" not in client.get(page).text.replace(
        f"{page.rpartition('/guests')[0]}/needs", ""
    )
    assert client.get(f"{page}/needs").status_code == 403
    assert client.post(f"{page}/needs", data=TOLD).status_code == 403
    assert client.post(f"{page}/needs/look").status_code == 403
    assert needs() == []


def test_what_stands_there_is_shown_once_the_look_is_noted(client, trusted, guest, page):
    give_needs(guest, access="Hörschleife")
    assert "Hörschleife" not in client.get(f"{page}/needs").text

    client.post(f"{page}/needs/look")

    assert "Hörschleife" in client.get(f"{page}/needs").text
    assert trail()[-1].action == "needs.seen"


def test_nothing_is_overwritten_before_it_was_shown(client, trusted, guest, page):
    give_needs(guest, access="Hörschleife")

    client.post(f"{page}/needs", data=TOLD)

    assert needs() == [("keine Haselnüsse", "Hörschleife")]


def test_needs_are_kept_with_a_consent_that_says_it_came_by_phone(client, trusted, guest, page):
    client.post(f"{page}/needs/look")

    answer = client.post(f"{page}/needs", data=TOLD)

    assert answer.status_code == 303
    assert needs() == [("keine Haselnüsse", "Rollstuhlplatz")]
    assert consents() == [("needs", "1-de", "phone", False)]


def test_without_consent_nothing_is_kept(client, trusted, guest, page):
    client.post(f"{page}/needs/look")

    answer = client.post(f"{page}/needs", data=TOLD | {"agreed": ""})

    assert answer.status_code == 422
    assert "keine Haselnüsse" in answer.text
    assert (needs(), consents()) == ([], [])


def test_empty_fields_take_it_all_back(client, trusted, guest, page):
    give_needs(guest)
    client.post(f"{page}/needs/look")

    client.post(f"{page}/needs", data={"diet": "", "access": "", "seen": seen_in(client, page)})

    assert needs() == []
    assert consents() == [("needs", "1-de", "form", True)]


def seen_in(client, page):
    return field_in(client.get(f"{page}/needs"), "seen")


def field_in(answer, name):
    [tag] = re.findall(rf'<input[^>]*name="{name}"[^>]*>', answer.text)
    return unescape(re.search(r'value="([^"]*)"', tag)[1])


@pytest.mark.parametrize("before", [None, "Hörschleife"])
def test_what_the_guest_says_meanwhile_is_shown_and_not_overwritten(
    client, trusted, guest, page, before
):
    if before:
        give_needs(guest, access=before)
    client.post(f"{page}/needs/look")
    seen = seen_in(client, page)
    tell_needs(guest, NeedsRequest(diet="vegan", access="Gebärdensprache"), locale="de")

    answer = client.post(f"{page}/needs", data=TOLD | {"seen": seen})

    assert answer.status_code == 409
    assert all(word in answer.text for word in (TOLD["diet"], TOLD["access"], "Gebärdensprache"))
    assert needs() == [("vegan", "Gebärdensprache")]
    again = client.post(f"{page}/needs", data=TOLD | {"seen": field_in(answer, "seen")})
    assert again.status_code == 303
    assert needs() == [("keine Haselnüsse", "Rollstuhlplatz")]


def test_without_a_mark_nothing_was_seen(client, trusted, guest, page):
    give_needs(guest, access="Hörschleife")
    client.post(f"{page}/needs/look")

    answer = client.post(f"{page}/needs", data=TOLD)

    assert (answer.status_code, needs()) == (409, [("keine Haselnüsse", "Hörschleife")])


def test_what_was_taken_back_meanwhile_is_not_brought_back(client, trusted, guest, page):
    give_needs(guest)
    client.post(f"{page}/needs/look")
    seen = seen_in(client, page)
    tell_needs(guest, NeedsRequest(), locale="de")

    answer = client.post(f"{page}/needs", data=TOLD | {"seen": seen})

    assert (answer.status_code, needs()) == (409, [])


def test_what_was_typed_outlives_the_look(client, trusted, guest, page):
    give_needs(guest, access="Hörschleife")
    client.post(f"{page}/needs/look")
    typed = TOLD | {"seen": seen_in(client, page)}

    with clock.held(clock.now() + timedelta(hours=1)):
        asked = client.post(f"{page}/needs", data=typed)
        assert "Hörschleife" not in asked.text
        carried = {name: field_in(asked, name) for name in typed}
        form = client.post(f"{page}/needs/look", data=carried)
        assert (form.status_code, needs()[0][1]) == (200, "Hörschleife")
        assert field_in(form, "diet") == TOLD["diet"]
        assert trail()[-1].action == "needs.seen"
        answer = client.post(f"{page}/needs", data=TOLD | {"seen": field_in(form, "seen")})

    assert answer.status_code == 303
    assert needs() == [("keine Haselnüsse", "Rollstuhlplatz")]


def test_the_trail_says_who_noted_needs_and_neither_whose_nor_which(client, trusted, guest, page):
    client.post(f"{page}/needs/look")
    client.post(f"{page}/needs", data=TOLD)

    noted = trail()[-1]
    assert (noted.action, noted.account_id) == ("needs.noted", trusted.id)
    assert (noted.subject_kind, noted.before, noted.after) == ("event", {}, {})
    assert "Haselnüsse" not in client.get(page).text
