"""The short way for polls says what the long way says, and nothing else."""

import pytest
from factories import make_event, make_session
from sqlalchemy.exc import OperationalError
from statements import statement_count

from eventapp.calendars import queries as calendar_queries
from eventapp.desk import revisits
from eventapp.events.states import EventState
from eventapp.foundation.database import transaction

PATH = "/e/licht/calendar.ics"


@pytest.fixture
def event(app):
    event = make_event(slug="licht")
    make_session(event)
    return event


def poll(client, etag, path=PATH, **more):
    return client.open(path, headers={"If-None-Match": etag}, **more)


def test_a_poll_that_finds_nothing_new_costs_one_statement_and_no_line_in_the_log(
    client, event, caplog
):
    etag = client.get(PATH).headers["ETag"]
    caplog.clear()

    with statement_count() as sent:
        answer = poll(client, etag)

    assert answer.status_code == 304
    assert [statement for statement in sent if statement.startswith("SELECT")] == sent[-1:]
    assert caplog.text == ""


def test_it_is_answered_before_anything_was_rendered_in_this_process(client, event):
    etag = client.get(PATH).headers["ETag"]

    assert poll(client, f'W/{etag}, "older"').status_code == 304
    assert poll(client, etag, method="HEAD").status_code == 304


def test_short_and_long_way_give_the_same_headers(client, event):
    etag = client.get(PATH).headers["ETag"]

    short, long = poll(client, etag), poll(client, etag, path=f"{PATH}?lang=xx")

    assert (short.status_code, long.status_code) == (304, 304)
    for name in ("ETag", "Last-Modified", "Cache-Control"):
        assert short.headers[name] == long.headers[name]


def test_another_language_is_another_version(client, event):
    german, english = client.get(PATH), client.get(f"{PATH}?lang=en")

    assert german.headers["ETag"] != english.headers["ETag"]
    assert poll(client, english.headers["ETag"], path=f"{PATH}?lang=en").status_code == 304
    assert poll(client, german.headers["ETag"], path=f"{PATH}?lang=en").status_code == 200


def test_only_reading_is_answered(client, event):
    etag = client.get(PATH).headers["ETag"]

    assert poll(client, etag, method="POST").status_code in {400, 405}


def test_t07_an_event_that_is_a_draft_again_has_no_calendar_for_anybody(client, event):
    etag = client.get(PATH).headers["ETag"]

    with transaction():
        event.state = EventState.DRAFT

    assert poll(client, etag).status_code == 404
    assert poll(client, "*").status_code == 404


def test_t25_a_poll_under_a_foreign_name_gets_what_every_page_gets(client, event):
    etag = client.get(PATH).headers["ETag"]

    polled = client.get(PATH, headers={"If-None-Match": etag, "Host": "evil.example"})

    assert polled.status_code == client.get("/", headers={"Host": "evil.example"}).status_code
    assert polled.status_code == 400


def database_away(*_wanted):
    raise OperationalError("SELECT", {}, Exception("away"))


@pytest.mark.parametrize(
    ("module", "name", "path", "status"),
    [
        (calendar_queries, "feed_version", PATH, 503),
        (revisits, "front_version", "/e/licht/", 304),  # away for the short way only
    ],
)
def test_without_a_database_the_long_way_has_the_last_word(
    client, event, monkeypatch, module, name, path, status
):
    """T-82. The short way has no page for that."""
    etag = client.get(path).headers["ETag"]
    monkeypatch.setattr(module, name, database_away)

    assert poll(client, etag, path).status_code == status
