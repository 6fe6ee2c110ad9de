"""An organiser creates an event on one page."""

from datetime import timedelta

import pytest
from factories import make_account, make_event, make_host, make_series, make_venue, moment

from eventapp.accounts.models import AuditEntry
from eventapp.events.actions import NewEvent, create_event
from eventapp.events.errors import OutOfOrder
from eventapp.events.models import Event, Series
from eventapp.events.states import EventState
from eventapp.foundation.database import db

START, END = moment("2027-06-24T13:30"), moment("2027-06-24T19:00")
PAGE = "/organise/events/new"
ENTERED = {
    "title_de": "Fachimpuls „Wasser“",
    "title_en": "",
    "series": "",
    "new_series": "",
    "edition": "",
    "day": "2027-06-24",
    "starts": "15:30",
    "ends": "21:00",
    "last_day": "",
    "capacity": "120",
    "venue": "new",
    "venue_name": "Lichtforum",
    "street": "Am Leuchtenwerk 1",
    "postcode": "59821",
    "city": "Arnsberg",
}


def make_request(**given):
    return NewEvent(
        **{
            "title_de": "Fachimpuls „Wasser“",
            "title_en": "",
            "series_id": None,
            "new_series": "",
            "edition": None,
            "starts_at": START,
            "ends_at": END,
            "zone": "Europe/Berlin",
            "capacity": 120,
            "venue_id": None,
            "new_venue": None,
        }
        | given
    )


def test_a_new_event_is_a_draft_whose_doors_open_half_an_hour_before(app):
    host = make_host()

    event = create_event(host, make_request(), by=make_account(host))

    assert event.state is EventState.DRAFT
    assert event.doors_at == START - timedelta(minutes=30)
    assert event.slug == "fachimpuls-wasser"


def test_a_second_event_of_the_same_title_gets_another_address(app):
    host = make_host()
    make_event(host, slug="fachimpuls-wasser")

    event = create_event(host, make_request(), by="system")

    assert event.slug == "fachimpuls-wasser-2"


@pytest.mark.parametrize(("title", "slug"), [("Contacts", "contacts-2"), ("日本", "event")])
def test_no_event_takes_the_address_of_a_page(app, title, slug):
    event = create_event(make_host(), make_request(title_de=title), by="system")

    assert event.slug == slug


def test_a_new_series_is_founded_once(app):
    host = make_host()

    for _ in range(2):
        create_event(host, make_request(new_series="Fachimpuls"), by="system")

    assert [(series.name_de, series.slug) for series in db.session.query(Series)] == [
        ("Fachimpuls", "fachimpuls")
    ]


def test_a_series_of_another_host_is_not_taken(app):
    foreign = make_series(make_host())

    event = create_event(make_host(), make_request(series_id=foreign.id), by="system")

    assert event.series is None


@pytest.mark.parametrize(
    "ends_at", [START, START - timedelta(minutes=1), START + timedelta(days=15)]
)
def test_an_event_ends_after_it_begins_and_within_two_weeks(app, ends_at):
    """T-57."""
    with pytest.raises(OutOfOrder):
        create_event(make_host(), make_request(ends_at=ends_at), by="system")

    assert db.session.query(Event).count() == 0


def test_creating_is_in_the_audit_trail(app):
    host = make_host()
    account = make_account(host)

    event = create_event(host, make_request(), by=account)

    entry = db.session.query(AuditEntry).filter_by(action="event.created").one()
    assert (entry.actor, entry.scope, entry.host_id) == (account.name, event.scope, host.id)


def test_the_page_makes_event_and_venue_and_leads_to_the_rooms(client, organiser):
    answer = client.post(PAGE, data=ENTERED)

    event = db.session.query(Event).one()
    assert answer.headers["Location"] == "/organise/fachimpuls-wasser/settings/rooms"
    assert (event.starts_at, event.ends_at) == (START, END)
    assert (event.venue.name, event.venue.city) == ("Lichtforum", "Arnsberg")


def test_the_page_offers_the_known_venue_first(client, organiser):
    venue = make_venue(organiser.memberships[0].host, name="Kulturbahnhof")

    page = client.get(PAGE)
    client.post(PAGE, data=ENTERED | {"venue": str(venue.id)})

    assert f'<option selected value="{venue.id}">Kulturbahnhof' in page.text
    assert db.session.query(Event).one().venue_id == venue.id


def test_an_event_may_pass_midnight(client, organiser):
    """T-57."""
    client.post(PAGE, data=ENTERED | {"ends": "01:30", "last_day": "2027-06-25"})

    assert db.session.query(Event).one().ends_at == moment("2027-06-24T23:30")


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({"title_de": "   "}, "Bitte füllen Sie dieses Feld aus."),
        ({"title_de": "x" * 100_000}, "höchstens 200 Zeichen"),
        ({"ends": "14:00"}, "Die Veranstaltung muss nach ihrem Beginn enden."),
        ({"capacity": "0"}, "von 1 bis 100000"),
        ({"capacity": "viele"}, "eine ganze Zahl"),
        ({"day": "9999-12-31"}, "Bitte prüfen Sie das Jahr."),
        ({"day": "gestern"}, "24.06.2027"),
        ({"venue_name": ""}, "wie der Ort heißt"),
        ({"series": "new"}, "wie die Reihe heißt"),
    ],
    ids=["empty", "long", "order", "none", "no number", "year", "no day", "venue", "series"],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, organiser, entered, words):
    answer = client.post(PAGE, data=ENTERED | entered)

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Am Leuchtenwerk 1"' in answer.text
    assert db.session.query(Event).count() == 0


def test_an_event_in_the_past_is_asked_about_and_made_when_it_is_meant(client, organiser):
    past = ENTERED | {"day": "2024-06-24"}

    asked = client.post(PAGE, data=past)
    assert 'id="in_past-error"' in asked.text
    assert "Dieser Tag oder diese Uhrzeit ist schon vorbei." in asked.text
    assert 'value="2024-06-24"' in asked.text
    assert db.session.query(Event).count() == 0
    client.post(PAGE, data=past | {"in_past": "y"})

    assert db.session.query(Event).one().starts_at == moment("2024-06-24T13:30")


def test_an_event_to_come_is_not_asked_about(client, organiser):
    refused = client.post(PAGE, data=ENTERED | {"title_de": ""})

    assert 'name="in_past"' not in client.get(PAGE).text
    assert 'name="in_past"' not in refused.text


@pytest.mark.parametrize("written", ["5982", "598211", "59 821", "Arnsberg", "A6020", "D-5982"])
def test_a_postcode_that_is_none_is_refused_beside_its_field(client, organiser, written):
    answer = client.post(PAGE, data=ENTERED | {"postcode": written})

    assert 'id="postcode-error"' in answer.text
    assert "Bitte fünf Ziffern, oder mit Land: A-6020." in answer.text
    assert db.session.query(Event).count() == 0


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("01067", "01067"),
        ("D-59821", "59821"),
        ("a-6020", "A-6020"),
        ("NL-5911 AA", "NL-5911 AA"),
        ("", ""),
    ],
)
def test_postcodes_of_other_countries_stand_behind_their_letters(client, organiser, written, kept):
    client.post(PAGE, data=ENTERED | {"postcode": written})

    assert db.session.query(Event).one().venue.postcode == kept


def test_the_postcode_of_a_venue_that_was_not_wanted_after_all_does_not_matter(client, organiser):
    venue = make_venue(organiser.memberships[0].host)

    client.post(PAGE, data=ENTERED | {"venue": str(venue.id), "postcode": "598"})

    assert db.session.query(Event).one().venue_id == venue.id


def test_t54_a_time_that_the_clocks_leave_out_is_refused_beside_its_field(client, organiser):
    answer = client.post(PAGE, data=ENTERED | {"day": "2027-03-28", "starts": "02:30"})

    assert 'id="starts-error"' in answer.text
    assert "Diese Uhrzeit gibt es nicht" in answer.text


def test_t54_of_two_moments_with_one_wall_time_the_first_is_meant(client, organiser):
    client.post(PAGE, data=ENTERED | {"day": "2027-10-31", "starts": "02:30"})

    assert db.session.query(Event).one().starts_at == moment("2027-10-31T00:30")


def test_t59_odd_signs_are_kept_or_dropped_but_never_break(client, organiser):
    client.post(PAGE, data=ENTERED | {"title_de": "\u202eFach👩‍🏭impuls\u0007 ẞtraße"})

    assert db.session.query(Event).one().title_de == "Fach👩‍🏭impuls ẞtraße"


def test_without_a_known_venue_the_page_starts_with_none(client, organiser):
    page = client.get(PAGE).text

    assert '<option selected value="">Noch nicht bekannt' in page
    assert "Titel, Tag, Beginn, Ende und Zahl der Plätze genügen" in page


def test_a_new_venue_without_a_word_is_not_known_yet(client, organiser):
    nothing = dict.fromkeys(("venue_name", "street", "postcode", "city"), "")

    client.post(PAGE, data=ENTERED | nothing)

    assert db.session.query(Event).one().venue is None
