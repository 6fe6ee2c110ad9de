"""The pages on which organisers take over a programme file, as a browser without script."""

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from factories import make_account, make_event
from flask.testing import FlaskClient
from programme.foreign_files import FILES

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.programme.queries import sessions_of

FAIR = (FILES / "fair.schedule.xml").read_bytes()
BASE = "/organise/messe/programme/import"


@pytest.fixture
def event(organiser: Account) -> Event:
    return make_event(organiser.memberships[0].host, slug="messe")


@pytest.fixture
def visitor(event: Event, organiser: Account, client: FlaskClient, sign_in: Any) -> FlaskClient:
    sign_in(client, organiser)
    return client


def upload(visitor: FlaskClient, content: bytes = FAIR, **more: str) -> Any:
    data = more | ({"file": (BytesIO(content), "fair.xml")} if content else {})
    return visitor.post(BASE, data=data, content_type="multipart/form-data")


def words(response: Any) -> str:
    text = unescape(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))
    return " ".join(text.split())


def test_a_file_is_shown_first_and_taken_over_then(visitor, event):
    answer = upload(visitor)
    preview = words(visitor.get(answer.location))
    assert answer.status_code == 303
    assert "Noch steht nichts im Programm" in preview
    assert "Keine gültige GUID, reicht aber zum Wiedererkennen." in preview
    assert "Diesen Raum hat der Ort noch nicht" in preview
    assert sessions_of(event) == []

    taken = visitor.post(f"{answer.location}/take")

    assert taken.status_code == 303
    assert len(sessions_of(event)) == 4
    assert "Neues steht als Entwurf im Programm" in words(visitor.get(taken.location))


def test_the_same_file_again_offers_nothing_to_take_over(visitor):
    visitor.post(f"{upload(visitor).location}/take")

    again = words(visitor.get(upload(visitor).location))

    assert "Es gibt nichts zu übernehmen" in again


def test_the_preview_is_read_in_english_as_well(visitor):
    where = upload(visitor).location
    visitor.set_cookie("lang", "en")

    assert "good enough to know the session again" in words(visitor.get(where))


def test_the_whole_programme_can_be_moved_in_the_preview(visitor, event):
    where = upload(visitor).location

    visitor.post(f"{where}/move", data={"first_day": "2027-07-01"})
    assert "Do., 01.07.2027" in words(visitor.get(where))
    visitor.post(f"{where}/take")

    assert {each.starts_at.month for each in sessions_of(event)} == {7}


def test_a_day_that_is_none_is_said_beside_the_field(visitor):
    where = upload(visitor).location

    assert visitor.post(f"{where}/move", data={"first_day": "gestern"}).status_code == 422


def test_pasted_rows_are_read_like_a_file(visitor, event):
    answer = upload(visitor, b"", text="Titel\tDatum\tZeit\nMost\t24.06.2027\t16:00\n")
    visitor.post(f"{answer.location}/take")

    assert [each.title_de for each in sessions_of(event)] == ["Most"]


def test_what_cannot_be_read_is_said_and_what_was_pasted_stays(visitor):
    answer = upload(visitor, b"", text="<schedule><conference>")

    assert answer.status_code == 422
    assert "Die Datei ist kein fehlerfreies XML: Fehler in Zeile 1." in words(answer)
    assert "&lt;schedule&gt;&lt;conference&gt;" in answer.get_data(as_text=True)


def test_nothing_given_is_told_at_the_field(visitor):
    answer = upload(visitor, b"")

    assert answer.status_code == 422
    assert "Bitte wählen Sie eine Datei oder fügen Sie ihren Text ein." in words(answer)


def test_a_discarded_file_is_gone(visitor, event):
    where = upload(visitor).location

    assert visitor.post(f"{where}/discard").status_code == 303

    assert visitor.get(where).status_code == 404
    assert visitor.post(f"{where}/take").status_code == 404
    assert sessions_of(event) == []


def test_a_file_of_another_event_is_not_found(visitor, event, client, sign_in):
    """T-01: files of others, and of other events of one's own."""
    where = upload(visitor).location
    make_event(event.host, slug="andere")
    assert visitor.get(where.replace("/messe/", "/andere/")).status_code == 404

    sign_in(client, make_account(make_event().host))
    assert client.get(where).status_code in {403, 404}


def test_texts_of_a_file_stay_texts(visitor):
    """T-20: markup in titles and names is shown, not run."""
    xml = FAIR.replace(b"Nachtgespr", b"&lt;script&gt;alert(1)&lt;/script&gt;Nachtgespr")
    where = upload(visitor, xml).location

    assert "<script>alert" not in visitor.get(where).get_data(as_text=True)


def test_a_session_that_came_in_english_can_be_changed_without_a_german_title(visitor, event):
    visitor.post(f"{upload(visitor).location}/take")
    row = next(each for each in sessions_of(event) if not each.title_de)
    where = f"/organise/messe/programme/{row.id}"
    sent = {"seen": row.version, "kind": "lecture", "title_en": "Why quinces fall", "public": "y"}
    sent |= {"title_de": "", "slot": "", "room": "", "day": "", "starts": "", "ends": ""}

    assert visitor.post(where, data=sent).status_code == 303
    assert visitor.post(where, data=sent | {"title_en": ""}).status_code == 422

    assert "Why quinces fall" in {each.title_en for each in sessions_of(event)}
