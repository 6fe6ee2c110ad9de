"""The frame for other sites, and what search engines read."""

import json
import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from desk.programme.released import page_of
from factories import make_contribution, make_contributor, make_event, make_session, show

from eventapp.accounts.audit import SYSTEM
from eventapp.events.actions import cancel_event
from eventapp.programme.actions import cancel_session, publish_programme
from eventapp.programme.kinds import Role, SessionKind

BITE = "</script><x-marker>\"'&"


def data_in(page: str) -> dict:
    """The one block of linked data of a page, as a machine reads it."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(blocks) == 1
    return json.loads(blocks[0])


def faults_of(node: dict) -> list[str]:
    """What schema.org's Event must have for search engines, and in which form."""
    missing = [name for name in ("name", "startDate", "location", "eventStatus") if not node[name]]
    for name in ("startDate", "endDate"):
        if datetime.fromisoformat(node[name]).tzinfo is None:
            missing.append(f"zone of {name}")
    if node["@type"] != "Event" or node["location"]["@type"] != "Place":
        missing.append("type")
    if not node["eventStatus"].startswith("https://schema.org/Event"):
        missing.append("status")
    return missing


def test_the_event_and_its_sessions_are_described_as_schema_org_wants_it(client, app):
    event = make_event()
    one = make_session(event, title_de="Daten teilen", room_id=event.venue.rooms[0].id)
    person = make_contributor(event, first_name="Anna", last_name="Ohm", position="Leiterin",
                              organisation_name="Werk Nord")  # fmt: skip
    make_contribution(one, person, Role.KEYNOTE)
    show(one)
    make_session(event, kind=SessionKind.BREAK, title_de="Pause")

    for path in ("/", "/programme"):
        data = data_in(page_of(client, event, path))
        session = data["subEvent"][0]
        assert data["@context"] == "https://schema.org"
        assert faults_of(data) + faults_of(session) == []
        assert [each["name"] for each in data["subEvent"]] == ["Daten teilen"]
        assert session["location"]["name"] == "Plenum, Lichtforum"
        assert session["performer"] == [
            {
                "@type": "Person",
                "name": "Anna Ohm",
                "jobTitle": "Leiterin",
                "affiliation": {"@type": "Organization", "name": "Werk Nord"},
                "url": f"{data['url']}people/{person.public_id}",
            }
        ]


def test_a_session_is_described_as_part_of_its_event(client, app):
    one = make_session(make_event())

    data = data_in(page_of(client, one.event, f"/sessions/{one.uid}"))

    assert faults_of(data) + faults_of(data["superEvent"]) == []


def test_what_does_not_take_place_is_described_as_cancelled(client, app):
    event = make_event()
    gone, later = make_session(event), event.starts_at + timedelta(hours=1)
    make_session(event, starts_at=later, ends_at=later + timedelta(minutes=20))
    cancel_session(gone, by=SYSTEM)
    publish_programme(event, by=SYSTEM)

    sessions = data_in(page_of(client, event, "/"))["subEvent"]
    assert [each["eventStatus"].rpartition("/")[2] for each in sessions] == [
        "EventCancelled", "EventScheduled",
    ]  # fmt: skip
    cancel_event(event, by=SYSTEM)
    whole = data_in(page_of(client, event, "/"))
    assert {each["eventStatus"] for each in [whole, *whole["subEvent"]]} == {
        "https://schema.org/EventCancelled"
    }


def test_t23_no_text_ends_the_block_of_data(client, app):
    """T-23."""
    event = make_event(title_de=BITE)
    one = make_session(event, title_de=BITE, teaser_de=BITE)

    for path in ("/", "/programme", f"/sessions/{one.uid}"):
        page = page_of(client, event, path)
        assert data_in(page)["name"] == BITE
        assert "<x-marker" not in page


@pytest.mark.parametrize("path", ["/", "/programme", "/screen", "/news"])
def test_t26_only_the_frame_may_be_framed(client, app, path):
    """T-26."""
    event = make_event()

    frame, other = client.get(f"/e/{event.slug}/embed"), client.get(f"/e/{event.slug}{path}")

    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame.headers
    assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
    assert other.headers["X-Frame-Options"] == "DENY"


def test_the_frame_runs_nothing_asks_for_nothing_and_remembers_nothing(client, app):
    event = make_event()
    make_session(event, title_de="Fabrik", title_en="Factory")

    answer = client.get(f"/e/{event.slug}/embed?lang=en", headers={"Accept-Language": "de"})

    assert "Factory" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert "script" not in answer.headers["Content-Security-Policy"]
    assert re.findall(r"<(script|form|input|button)\b", answer.text) == []
    assert '<base target="_top">' in answer.text


def test_the_frame_follows_the_browser_and_no_cookie(client, app):
    event = make_event()
    client.get("/?lang=en")

    assert '<html lang="de">' in page_of(client, event, "/embed", **{"Accept-Language": "de"})


def test_organisers_find_the_line_to_copy(client, sign_in, organiser):
    event = make_event(organiser.memberships[0].host, title_de='Fest "Licht"')
    sign_in(client, organiser)

    page = client.get(f"/organise/{event.slug}/programme/share").text

    line = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])
    source, title = re.match(r'<iframe src="([^"]*)" title="([^"]*)"', line).groups()
    assert source.endswith(f"/e/{event.slug}/embed?lang=de")
    assert unescape(title) == 'Fest "Licht"'
