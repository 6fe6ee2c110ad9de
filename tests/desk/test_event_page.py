"""An event's public page: what everybody sees, and how cheaply."""

import re
from datetime import timedelta

import pytest
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_host,
    make_registration,
    make_session,
    make_slot,
    make_venue,
    moment,
)
from statements import statement_count

from eventapp.events.actions import PartnerChange, add_partner, cancel_event, postpone_event
from eventapp.events.models import Event, Room
from eventapp.events.states import EventState, PartnerRole, RegistrationMode
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import ContributorState
from eventapp.registrations.states import RegistrationState


def page_of(client, event, **headers):
    return client.get(f"/e/{event.slug}/", headers=headers)


def plain(markup):
    return " ".join(markup.replace("<br>", " ").split())


def test_the_page_names_date_place_and_title(client):
    with clock.held(moment("2027-05-01T12:00")):
        event = make_event(starts_at=moment("2027-06-24T13:30"))
        page = page_of(client, event).text

    assert "<title>Fachimpuls „Licht“ – Do., 24.06.2027, Arnsberg</title>" in page
    assert ">24.</time>" in page
    assert "Juni 2027, Donnerstag<br>15:30–21:00 Uhr<br>Lichtforum, Arnsberg" in page


def test_the_page_speaks_english_to_those_who_ask_for_it(client):
    event = make_event()

    page = page_of(client, event, **{"Accept-Language": "en"}).text

    assert '<html lang="en">' in page
    assert "Fachimpuls “Light”" in page


@pytest.mark.parametrize("state", [EventState.DRAFT])
def test_a_draft_does_not_exist_for_strangers(client, state):
    event = make_event(state=state)

    assert page_of(client, event).status_code == 404
    assert client.get(f"/e/{event.slug}/register").status_code == 404


def test_free_places_and_what_comes_after_them_are_said(client):
    event = make_event(capacity=3)
    make_registration(event)

    page = page_of(client, event).text

    assert "Noch 2 von 3 frei" in page
    assert "Danach Warteliste, in der Reihenfolge der Anmeldung" in page


def test_before_anybody_registers_all_places_are_named(client):
    assert "<strong>120 Plätze</strong>" in page_of(client, make_event()).text


def test_a_full_event_tells_how_many_wait(client):
    event = make_event(capacity=1)
    make_registration(event)
    for _ in range(2):
        make_registration(event, state=RegistrationState.WAITING)

    page = page_of(client, event).text

    assert "Ausgebucht" in page
    assert "Warteliste mit 2 Personen, in der Reihenfolge der Anmeldung" in page


def test_a_full_event_without_waiting_list_says_only_that(client):
    event = make_event(capacity=1, waiting_list=False)
    make_registration(event)

    page = page_of(client, event).text

    assert "Alle Plätze sind belegt" in page
    assert "Warteliste" not in page


def test_an_event_that_is_called_off_says_so_and_takes_nobody(client):
    event = make_event()
    cancel_event(event, by="system")

    page = page_of(client, event).text

    assert "Die Veranstaltung fällt aus." in page
    assert "/register" not in page


def test_an_event_that_is_postponed_says_so_and_lets_people_subscribe_to_its_new_date(client):
    event = make_event()
    postpone_event(event, by="system")

    page = page_of(client, event).text

    assert "Die Veranstaltung ist verschoben." in page
    assert f"{event.starts_on:%d.%m.%Y}" not in page.split("<title>")[1].split("</title>")[0]
    assert "/register" not in page
    assert "Programm abonnieren" in page
    assert "verschoben" in client.get("/").text
    assert "verschoben" in client.get(f"/e/{event.slug}/register").text


def test_an_event_that_is_over_says_so_and_offers_no_date_to_note(client):
    event = make_event(starts_at=clock.now() - timedelta(days=2))

    page = page_of(client, event).text

    assert "Die Veranstaltung ist vorbei." in page
    assert "Programm abonnieren" not in page


def test_parallel_rounds_stand_side_by_side_with_their_rooms(client):
    host = make_host()
    venue = make_venue(
        host,
        Room(name="Akademie", capacity=50, position=1),
        Room(name="Werkstatt", capacity=36, position=2, step_free=False),
    )
    event = make_event(host, venue=venue)
    slot = make_slot(event)
    for key, room in zip(("T1", "T2"), venue.rooms, strict=True):
        make_session(
            event,
            key=key,
            kind=SessionKind.TALK_ROUND,
            slot_id=slot.id,
            room_id=room.id,
            capacity=30,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )

    page = plain(page_of(client, event).text)

    assert "Zwei Runden zur gleichen Zeit, 45 Minuten" in page
    assert page.index(">T1<") < page.index(">T2<")
    assert "Treppe" not in page
    assert "Stufenlos: Akademie" in page


def test_people_on_the_panel_and_signatories_stand_with_office_and_organisation(client):
    event = make_event()
    panel = make_session(event, kind=SessionKind.PANEL)
    signing = make_session(
        event,
        kind=SessionKind.CEREMONY,
        starts_at=event.starts_at + timedelta(hours=1),
        ends_at=event.starts_at + timedelta(hours=2),
    )
    make_contribution(
        panel,
        make_contributor(event, last_name="Kappelströd", position="Technische Leitung"),
        Role.PANEL,
    )
    make_contribution(
        signing,
        make_contributor(event, last_name="Dachtenbrück", organisation_name="Agentur"),
        Role.SIGNING,
    )

    page = re.sub("</?(a|bdi)[^>]*>", "", plain(page_of(client, event).text))

    assert "<b>Friedlinde Kappelströd</b>Technische Leitung" in page
    assert "<p>Agentur</p> <ul><li><b>Friedlinde Dachtenbrück</b>" in page


@pytest.mark.parametrize(
    "state", sorted(set(ContributorState) - {ContributorState.AGREED, ContributorState.CONFIRMED})
)
def test_t07_nobody_is_named_who_has_not_agreed(client, state):
    event = make_event()
    person = make_contributor(event, last_name="Heimlich")
    make_contribution(make_session(event), person, state=state)

    assert "Heimlich" not in page_of(client, event).text


def test_partners_funding_and_photos_are_named(client):
    event = make_event(funding_notice_de="Gefördert vom Land", photo_notice_de="Es wird geknipst.")
    add_partner(
        event,
        PartnerChange(name="Leuchtenwerk GmbH", role=PartnerRole.HOST, url="https://werk.example"),
        by="system",
    )

    page = page_of(client, event).text

    assert 'href="https://werk.example"' in page
    assert "Gefördert vom Land. Es wird geknipst." in page
    assert "<strong>Leuchtenwerk</strong><span>GmbH</span>" in page


def test_the_calendar_can_be_subscribed_and_downloaded(client):
    event = make_event()

    page = page_of(client, event).text

    assert f'href="webcal://localhost/e/{event.slug}/calendar.ics"' in page
    assert f'href="/e/{event.slug}/event.ics"' in page


def test_what_an_action_said_is_not_shown_to_everybody(client, organiser):
    event = make_event(organiser.memberships[0].host, state=EventState.DRAFT)
    client.post(f"/organise/{event.slug}/life", data={"step": "publish"})

    assert "die Anmeldung offen" not in page_of(client, event).text


def statements_with(client, sessions):
    event = make_event()
    with transaction():
        for number in range(sessions):
            session = make_session(
                event,
                starts_at=event.starts_at + timedelta(minutes=number),
                ends_at=event.starts_at + timedelta(minutes=number + 1),
            )
            make_contribution(session, make_contributor(event))
    with statement_count() as sent:
        assert page_of(client, event).status_code == 200
    return len(sent)


def test_three_hundred_sessions_need_no_more_statements_than_three(client):
    assert statements_with(client, 300) == statements_with(client, 3)


@pytest.mark.parametrize(
    "title",
    ["x" * 200, "👩‍🏭" * 30, "\u05d0\u05d1 Licht", "<b>fett</b>"],
    ids=["long", "emoji", "right to left", "markup"],
)
def test_t60_odd_titles_break_nothing(client, title):
    event = make_event(title_de=title)

    page = page_of(client, event)

    assert page.status_code == 200
    assert "<bdi>" in page.text
    assert "<b>fett</b>" not in page.text


def test_the_way_to_register_is_named_by_what_it_is(client):
    invited = make_event(registration_mode=RegistrationMode.INVITED)

    assert "Zur Anmeldung" in page_of(client, invited).text
    assert f'href="/e/{invited.slug}/register"' in page_of(client, invited).text
    assert "Zur Anmeldung" not in page_of(client, make_event()).text


def test_an_unknown_event_is_not_found(client):
    assert client.get("/e/nirgends/").status_code == 404
    assert db.session.query(Event).count() == 0
