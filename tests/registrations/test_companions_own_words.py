"""What nobody asks companions: their sector, and what they eat (decision 0055)."""

import pytest
from exports.taking import rows_of, take
from factories import make_contact, make_event, make_registration
from registrations.needs_support import consents, give_needs, needs
from registrations.test_look_at_needs import looks
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.states import Sector
from eventapp.foundation.database import db, transaction
from eventapp.registrations.actions import name_companion, remove_companion
from eventapp.registrations.requests import CompanionName
from eventapp.registrations.states import RegistrationKind


@pytest.fixture
def event(organiser):
    with transaction():
        organiser.memberships[0].sees_needs = True
    return make_event(organiser.memberships[0].host, slug="licht")


def companion_of(main, **given):
    return make_registration(
        main.event,
        kind=RegistrationKind.COMPANION,
        main_id=main.id,
        email="",
        organisation_name="",
        sector=Sector.UNKNOWN,
        **given,
    )


@pytest.fixture
def sevda(event):
    main = make_registration(event, last_name="Möhn", sector=Sector.BUSINESS)
    return companion_of(main, first_name="Sevda", last_name="Yılmaz")


def test_a_list_of_one_sector_shows_companions_with_whom_they_come(client, event, sevda):
    make_registration(event, last_name="Rat", sector=Sector.POLITICS)
    narrowed = "group=confirmed&sector=business"

    page = client.get(f"/organise/licht/guests?{narrowed}").text
    rows = rows_of(take(client, f"/organise/licht/lists/guests?{narrowed}"))

    assert "Yılmaz" in page
    assert {row["last_name"] for row in rows} == {"Möhn", "Yılmaz"}
    words = client.get(f"/organise/licht/lists/guests?{narrowed}").text
    assert "Wirtschaft, mit Begleitpersonen" in words


def test_numbers_count_a_companion_as_unknown_and_drop_nobody(client, event, sevda):
    rows = rows_of(take(client, "/organise/licht/lists/evidence"))

    assert sorted(row["people"] for row in rows) == [1, 1, 2]
    unknown = client.get("/organise/licht/guests?sector=unknown").text
    assert "Yılmaz" in unknown
    assert "Möhn</b>" not in unknown


def guest_page(client, one):
    return client.get(f"/organise/licht/guests/{one.id}").text


def test_a_companion_s_page_says_that_nobody_asked_and_leads_to_the_form(client, event, sevda):
    page = guest_page(client, sevda)

    assert "Verpflegung und Unterstützung: nicht gefragt." in page
    assert f"/guests/{sevda.id}/needs" in page
    nameless = guest_page(client, companion_of(sevda.main, first_name="", last_name=""))
    assert "Bitte tragen Sie zuerst den Namen ein." in nameless
    assert "/needs" not in nameless.split('id="comes-with"')[1]


def note(client, one, **given):
    address = f"/organise/licht/guests/{one.id}/needs"
    client.post(f"{address}/look")
    return client.post(address, data={"diet": "vegan", "access": "", "seen": ""} | given)


def test_a_companion_s_diet_is_noted_with_their_own_consent_and_not_by_name(client, event, sevda):
    refused = note(client, sevda)
    assert (refused.status_code, needs()) == (422, [])

    assert note(client, sevda, agreed="y").status_code == 303

    assert needs() == [("vegan", "")]
    assert [one[2] for one in consents()] == ["phone"]
    assert len(looks()) == 1
    told = db.session.scalars(select(AuditEntry).filter_by(action="needs.noted")).one()
    assert (told.subject_kind, told.before, told.after) == ("event", {}, {})
    assert "Einwilligungen" in guest_page(client, sevda)
    assert "nicht gefragt" not in guest_page(client, sevda)


def test_nothing_is_noted_for_a_companion_without_a_name(client, event, sevda):
    nameless = companion_of(sevda.main, first_name="", last_name="")

    assert client.get(f"/organise/licht/guests/{nameless.id}/needs").status_code == 404


@pytest.mark.parametrize("leave", ["renamed", "removed"])
def test_what_a_companion_told_goes_with_them(event, sevda, leave):
    give_needs(sevda, diet="vegan")

    if leave == "renamed":
        seen = CompanionName("Sevda", "Yılmaz")
        name_companion(sevda, CompanionName("Anna", "Ohm"), seen=seen, by="test")
    else:
        remove_companion(sevda, by="test")

    assert needs() == []
    assert [one[3] for one in consents()] == [True]


def test_the_consent_for_needs_is_told_to_who_may_know_and_none_is_not_claimed(
    app, client, event, organiser
):
    guest = make_registration(event)
    assert "keine</bdi>" in guest_page(client, guest)
    give_needs(guest)
    db.session.expire_all()

    assert "<dt>Einwilligungen</dt><dd><bdi>Verpflegung und Unterstützung</bdi>" in guest_page(
        client, guest
    )
    with transaction():
        organiser.memberships[0].sees_needs = False
    page = guest_page(client, guest)
    assert "keine für Fotos, Teilnehmerliste oder nächste Einladungen" in page
    assert "<bdi>Verpflegung und Unterstützung" not in page


def test_the_phone_of_the_address_book_is_shown_to_staff_where_the_guest_gave_none(client, event):
    contact = make_contact(event.host, phone="0291 94 1234")
    guest = make_registration(event, contact_id=contact.id, phone="")
    own = make_registration(event, contact_id=contact.id, phone="0171 5550000")
    give_needs(guest, access="Rollstuhlplatz")

    assert "0291 94 1234 (aus dem Adressbuch)" in guest_page(client, guest)
    assert "0291" not in guest_page(client, own)
    page = client.post("/organise/licht/needs", follow_redirects=True).text
    assert "0291 94 1234" in page
