"""T-53: what a contributor and the organisers both note is overwritten by neither."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from factories import make_account
from pages_as_people import forms_of
from speakers.support import asked, link

from eventapp.foundation.database import db, transaction
from eventapp.speakers.actions import tell_travel
from eventapp.speakers.marks import mark_of_travel
from eventapp.speakers.models import SpeakerSheet
from eventapp.speakers.queries import sheet_of
from eventapp.speakers.requests import Travel
from eventapp.speakers.states import CONTRIBUTOR

SAVED, CONFLICT = 303, 409


@pytest.fixture
def part():
    return asked()


@pytest.fixture
def organisers_page(part, client, sign_in):
    event = part.session.event
    sign_in(client, make_account(event.host))
    return f"/organise/{event.slug}/speakers/{part.contributor_id}"


def mark_on(page, field):
    """What the form with this field carries along."""
    return next(form.fields["mark"] for form in forms_of(page) if field in form.fields)


def come(part, arrival, **more):
    """The person says how they come."""
    way = {"arrival": arrival, "hotel": False, "hotel_note": "", "parking": False} | more
    mark = mark_of_travel(sheet_of(part.contributor))
    tell_travel(part.contributor, Travel(**way), mark=mark, by=CONTRIBUTOR)


def test_t53_a_page_of_travel_that_was_open_for_long_overwrites_nothing(app, client, part):
    address = f"{link(part)}/travel"
    stale = mark_on(client.get(address).text, "arrival")
    come(part, "Bahn, 13:42 Uhr", parking=True)

    late = client.post(address, data={"arrival": "Zu Fuß", "mark": stale})

    assert late.status_code == CONFLICT
    assert "Bahn, 13:42 Uhr, Parkplatz" in late.text
    assert 'value="Zu Fuß"' in late.text
    assert sheet_of(part.contributor).arrival == "Bahn, 13:42 Uhr"
    again = {"arrival": "Zu Fuß", "mark": mark_on(late.text, "arrival")}
    assert client.post(address, data=again).status_code == SAVED
    assert sheet_of(part.contributor).arrival == "Zu Fuß"


def test_t53_what_was_told_by_phone_does_not_overwrite_what_the_person_wrote(
    app, client, part, organisers_page
):
    stale = mark_on(client.get(organisers_page).text, "arrival")
    come(part, "", hotel=True, hotel_note="die Nacht davor")
    address = f"{organisers_page}/travel"

    late = client.post(address, data={"arrival": "Auto", "mark": stale})

    assert late.status_code == CONFLICT
    assert "die Nacht davor" in late.text
    assert sheet_of(part.contributor).hotel
    again = {"arrival": "Auto", "mark": mark_on(late.text, "arrival")}
    assert client.post(address, data=again).status_code == SAVED


def test_t53_a_page_of_times_that_was_open_for_long_overwrites_nothing(app, client, part):
    event, person = part.session.event, part.contributor
    address = f"{link(part)}/availability"
    stale = mark_on(client.get(address).text, "until")
    from_two = datetime.combine(event.starts_on, time(14), ZoneInfo(event.zone))
    with transaction():
        person.available_from, person.availability_fixed = from_two, True

    said = {"day": event.starts_on.isoformat(), "available_from": "", "until": "16:00"}
    late = client.post(address, data=said | {"mark": stale})

    assert late.status_code == CONFLICT
    assert "14:00 Uhr" in late.text
    assert (person.available_from, person.available_until) == (from_two, None)
    again = said | {"mark": mark_on(late.text, "until")}
    assert client.post(address, data=again).status_code == SAVED
    assert (person.available_from, person.availability_fixed) == (None, False)


def test_what_was_taken_out_meanwhile_is_said_so(app, client, part):
    address = f"{link(part)}/technical"
    with transaction():
        db.session.add(SpeakerSheet(contributor_id=part.contributor_id, technical="Flipchart"))
    stale = mark_on(client.get(address).text, "technical")
    with transaction():
        sheet_of(part.contributor).technical = ""

    late = client.post(address, data={"technical": "Zwei Flipcharts", "mark": stale})

    assert late.status_code == CONFLICT
    assert "herausgenommen" in late.text
    assert "Zwei Flipcharts" in late.text
