"""What has changed in a programme: page and Atom feed for everybody, versions for organisers."""

from datetime import datetime, timedelta
from uuid import UUID
from xml.etree import ElementTree

import pytest
from factories import make_account, make_contribution, make_contributor, make_event, make_session

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.programme.actions import (
    SessionChange,
    change_session,
    parts_of,
    publish_programme,
    remove_contributor,
    take_out,
)
from eventapp.programme.change_words import ReleaseNote
from eventapp.programme.models import Session
from eventapp.programme.queries import contributor_of, session_of
from eventapp.programme.states import SessionState

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def event(organiser: Account) -> Event:
    return make_event(organiser.memberships[0].host, slug="licht")


def release(session: Session, note: ReleaseNote | None = None, **given) -> None:
    """Change a session and show everybody."""
    session = session_of(session.event, session.id)
    names = SessionChange.__dataclass_fields__
    change = SessionChange(**{name: getattr(session, name) for name in names} | given)
    change_session(session, change, parts_of(session), seen=session.version, by="test")
    publish_programme(session.event, note=note or ReleaseNote(), by="test")


def page(client, path="/e/licht/changes") -> str:
    return " ".join(client.get(path).get_data(as_text=True).split())


def feed(client, query=""):
    answer = client.get(f"/e/licht/changes.atom{query}")
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.data)


def test_another_number_of_places_is_told_with_the_one_before(client, event):
    session = make_session(event, title_de="Rundgang", capacity=42)
    release(session, capacity=60)

    assert "60 Plätze statt 42" in page(client)
    assert "60 places instead of 42" in page(client, "/e/licht/changes?lang=en")


def test_the_page_tells_each_release_newest_first_with_old_and_new(client, event):
    session = make_session(event, title_de="Rundgang", room=event.venue.rooms[0])
    release(session, ReleaseNote("Wegen Bauarbeiten."), room_id=event.venue.rooms[1].id)

    text = page(client)

    assert "Akademie 1 statt Plenum" in text
    assert "Wegen Bauarbeiten." in text
    assert text.index("Akademie 1 statt Plenum") < text.index("Mit einem Programmpunkt.")


def test_the_public_page_leads_to_the_changes_once_there_are_some(client, event):
    session = make_session(event)
    assert "/e/licht/changes" not in client.get("/e/licht/").text

    release(session, title_de="Neu")

    assert 'href="/e/licht/changes"' in client.get("/e/licht/").text


def test_the_feed_is_valid_atom(client, event):
    """RFC 4287: what feed and entry must have, each once, with ids that are IRIs and stay."""
    session = make_session(event, title_de="Licht & <Daten>")
    release(session, title_de="Neu")

    root = feed(client)

    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            [one] = element.findall(ATOM + name)
            assert one.text
        UUID(element.find(f"{ATOM}id").text.removeprefix("urn:uuid:"))
        moment = datetime.fromisoformat(element.find(f"{ATOM}updated").text)
        assert moment.tzinfo is not None
    assert root.find(f"{ATOM}author/{ATOM}name").text == event.host.name
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"].startswith("http://localhost/e/licht/changes.atom")
    assert links["alternate"] == "http://localhost/e/licht/changes"
    entries = root.findall(f"{ATOM}entry")
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == 2
    assert all(entry.find(f"{ATOM}content").get("type") == "xhtml" for entry in entries)
    assert "Licht & <Daten>" in "".join(entries[0].itertext())
    again = feed(client)
    assert [one.text for one in again.iter(f"{ATOM}id")] == [
        one.text for one in root.iter(f"{ATOM}id")
    ]


def test_who_has_the_feed_already_gets_304(client, event):
    make_session(event)
    etag = client.get("/e/licht/changes.atom").headers["ETag"]

    again = client.get("/e/licht/changes.atom", headers={"If-None-Match": etag})

    assert again.status_code == 304


def test_the_feed_of_a_programme_that_is_not_published_is_empty_and_valid(client, event):
    root = feed(client)

    assert root.findall(f"{ATOM}entry") == []
    assert root.find(f"{ATOM}updated").text


def test_the_feed_is_in_the_language_of_its_address(client, event):
    session = make_session(event)
    release(session, title_en="New")

    assert "Changes of the programme" in feed(client, "?lang=en").find(f"{ATOM}title").text


@pytest.mark.parametrize("path", ["/e/licht/changes", "/e/licht/changes.atom"])
def test_t07_neither_drafts_nor_what_is_internal_by_now_is_told(client, event, path):
    make_session(event)
    unplanned = {"starts_at": None, "ends_at": None}
    draft = make_session(event, state=SessionState.DRAFT, title_de="Geheim", **unplanned)
    hidden = make_session(event, title_de="Geheim")
    pencilled = make_contributor(event, last_name="Geheim")
    make_contribution(draft, pencilled)
    release(hidden, public=False, title_de="Geheim zwei")

    assert "Geheim" not in client.get(path).text


@pytest.mark.parametrize("path", ["/e/licht/changes", "/e/licht/changes.atom"])
def test_t07_a_draft_event_has_no_list_of_changes(client, organiser, path):
    make_session(make_event(slug="licht", state=EventState.DRAFT))

    assert client.get(path).status_code == 404


def test_a_deleted_person_is_in_no_list_any_more(client, event):
    session, person = make_session(event), make_contributor(event, last_name="Möhn")
    release(session, title_de="Neu")
    part = make_contribution(session, person)
    release(session, title_de="Neuer")
    take_out(part, by="test")
    remove_contributor(contributor_of(event, person.id), by="test")

    assert "Möhn" not in page(client) + client.get("/e/licht/changes.atom").text


def test_organisers_read_every_version_and_compare_any_two(client, event):
    base = "/organise/licht/programme/versions"
    session = make_session(event, title_de="Eins")
    with clock.held(clock.now() + timedelta(hours=1)):
        release(session, title_de="Zwei")
        release(session, title_de="Drei")

    listed, first = page(client, base), page(client, f"{base}/1")
    compared = page(client, f"{base}/compare?from=1&to=3")
    back = page(client, f"{base}/compare?from=3&to=1")

    assert all(f"Fassung {number}" in listed for number in (1, 2, 3))
    assert "Eins" in first
    assert "Drei" not in first
    assert "hieß bisher „Eins“" in compared
    assert "hieß bisher „Drei“" in back
    assert "Beide sind gleich." in page(client, f"{base}/compare?from=3")
    assert client.get(f"{base}/compare?from=9").status_code == 404
    assert client.get(f"{base}/4").status_code == 404


def test_t01_versions_of_other_organisations_are_not_found(client, sign_in, event):
    make_session(event)
    sign_in(client, make_account())

    assert client.get("/organise/licht/programme/versions").status_code == 404
    assert client.get("/organise/licht/programme/versions/1").status_code == 404
