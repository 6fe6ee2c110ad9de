"""The pages on which organisers change an event."""

import pytest
from factories import make_account, make_event, make_registration, moment

from eventapp.events.actions import TextsChange, change_event, mark_of
from eventapp.events.actions.changes import stored
from eventapp.foundation.database import db


def change_intro(event, words):
    change = TextsChange(**stored(event, TextsChange) | {"intro_de": words})
    change_event(event, change, seen=mark_of(event, TextsChange), by="system")


def seen_on(page):
    return page.text.split('name="seen"')[1].split('value="', 1)[1].split('"', 1)[0]


def test_the_page_shows_both_versions_and_keeps_what_was_typed(client, organiser):
    """T-53."""
    event = make_event(organiser.memberships[0].host)
    page = f"/organise/{event.slug}/settings/texts"
    seen = seen_on(client.get(page))
    change_intro(event, "Deins")

    second = client.post(
        page, data={"intro_de": "Meins", "intro_en": "", "signed_by": "", "seen": seen}
    )

    assert second.status_code == 409
    assert "<bdi>Deins</bdi>" in second.text
    assert "<bdi>Meins</bdi>" in second.text
    assert ">\r\nMeins</textarea>" in second.text
    db.session.refresh(event)
    assert event.intro_de == "Deins"


def test_saving_again_after_having_seen_both_replaces_the_other_version(client, organiser):
    event = make_event(organiser.memberships[0].host)
    page = f"/organise/{event.slug}/settings/texts"
    entered = {"intro_de": "Meins", "intro_en": "", "signed_by": ""}
    change_intro(event, "Deins")
    refused = client.post(page, data=entered | {"seen": "old"})

    saved = client.post(page, data=entered | {"seen": seen_on(refused)})

    assert saved.status_code == 303
    db.session.refresh(event)
    assert event.intro_de == "Meins"


def dates(**given):
    return {
        "day": "2027-06-24",
        "doors": "15:00",
        "starts": "15:30",
        "ends": "21:00",
        "last_day": "",
        "zone": "Europe/Berlin",
        "opens_on": "2027-04-12",
        "opens_at": "08:00",
        "reply_by": "2027-06-10",
        "wishes_on": "2027-06-17",
        "wishes_at": "",
        "room_change": "10",
    } | given


def test_all_times_are_meant_on_the_wall_clock_of_the_event(client, organiser):
    event = make_event(organiser.memberships[0].host)
    page = f"/organise/{event.slug}/settings/dates"

    client.post(page, data=dates(zone="America/New_York", seen=seen_on(client.get(page))))

    db.session.refresh(event)
    assert event.starts_at == moment("2027-06-24T19:30")
    assert event.registration_opens_at == moment("2027-04-12T12:00")
    assert event.wishes_close_at == moment("2027-06-18T03:59")
    assert 'value="15:30"' in client.get(page).text


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"zone": "Mitteleuropa"}, "zone", "Diese Zeitzone ist nicht bekannt"),
        ({"zone": "../../etc/passwd"}, "zone", "Diese Zeitzone ist nicht bekannt"),
        ({"ends": "15:00"}, "ends", "nach ihrem Beginn enden"),
        ({"doors": "16:00"}, "doors", "Der Einlass liegt vor dem Beginn"),
        ({"day": "2027-03-28", "doors": "02:10"}, "doors", "Diese Uhrzeit gibt es nicht"),
        ({"wishes_on": "2027-03-28", "wishes_at": "02:30"}, "wishes_at", "gibt es nicht"),
        ({"room_change": "500"}, "room_change", "von 0 bis 120"),
    ],
    ids=["zone", "path", "order", "doors", "gap", "deadline in gap", "minutes"],
)
def test_t57_impossible_times_are_refused_beside_their_field(
    client, organiser, given, field, words
):
    event = make_event(organiser.memberships[0].host)

    answer = client.post(f"/organise/{event.slug}/settings/dates", data=dates(**given))

    assert f'id="{field}-error"' in answer.text
    assert words in answer.text


def test_a_new_date_in_the_past_is_asked_about(client, organiser):
    event = make_event(organiser.memberships[0].host)
    page = f"/organise/{event.slug}/settings/dates"
    past = dates(day="2024-06-24", seen=seen_on(client.get(page)))

    asked = client.post(page, data=past)
    db.session.refresh(event)
    assert 'id="in_past-error"' in asked.text
    assert event.starts_at.year > 2024
    client.post(page, data=past | {"in_past": "y"})

    db.session.refresh(event)
    assert event.starts_at == moment("2024-06-24T13:30")


def test_a_date_that_has_passed_meanwhile_is_not_asked_about(client, organiser):
    event = make_event(organiser.memberships[0].host, starts_at=moment("2024-06-24T13:30"))
    page = f"/organise/{event.slug}/settings/dates"

    answer = client.post(page, data=dates(day="2024-06-24", seen=seen_on(client.get(page))))

    assert answer.status_code == 303


def test_the_postcode_of_a_venue_is_checked_beside_its_field(client, organiser):
    event = make_event(organiser.memberships[0].host)

    answer = client.post(
        f"/organise/{event.slug}/settings/place", data={"name": "Werk", "postcode": "598"}
    )

    assert 'id="postcode-error"' in answer.text


def test_t47_fewer_places_than_promised_want_a_second_yes(client, organiser):
    event = make_event(organiser.memberships[0].host)
    make_registration(event)
    make_registration(event)
    page = f"/organise/{event.slug}/settings"

    entered = {
        "title_de": "Neu",
        "slug": event.slug,
        "capacity": "1",
        "companions_allowed": "0",
        "series": "",
        "seen": seen_on(client.get(page)),
    }

    warned = client.post(page, data=entered)
    agreed = client.post(page, data=entered | {"shrink": "y"})

    assert 'id="capacity-error"' in warned.text
    assert "2 Plätze sind zugesagt oder angeboten" in warned.text
    assert 'value="Neu"' in warned.text
    assert agreed.status_code == 303
    assert "bis es 1 sind" in client.get(page).text


def test_an_organiser_of_another_host_finds_nothing_to_change(client, sign_in):
    event = make_event()
    sign_in(client, make_account())

    answer = client.get(f"/organise/{event.slug}/settings")

    assert answer.status_code == 404
