"""Subscribers ask again and again; who holds the current bytes gets none (RFC 9110, 13)."""

from datetime import timedelta

import pytest
from factories import make_event, make_session
from werkzeug.http import http_date

from eventapp.events.actions import touch_event
from eventapp.foundation.database import transaction

PATHS = ["calendar.ics", "event.ics", "sessions/{uid}.ics"]
NEVER = http_date(0)


@pytest.fixture
def event(app):
    return make_event(slug="licht")


@pytest.fixture(params=PATHS)
def path(request, event):
    return f"/e/licht/{request.param.format(uid=make_session(event, key='Tür 1').uid)}"


def test_an_answer_names_its_version_twice_and_how_long_to_keep_it(client, path, event):
    answer = client.get(path)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["ETag"].startswith('"')
    assert answer.headers["Last-Modified"] == http_date(event.last_modified_at)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Vary" not in answer.headers


@pytest.mark.parametrize(
    "held", ["{etag}", "W/{etag}", '"other", {etag}', '"a",W/{etag} , "b"', "*"]
)
def test_t93_who_holds_the_version_gets_304_with_both_validators(client, path, held):
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": held.format(etag=first.headers["ETag"])})

    assert again.status_code == 304
    assert again.data == b""
    for name in ("ETag", "Last-Modified", "Cache-Control"):
        assert again.headers[name] == first.headers[name]
    assert "Content-Type" not in again.headers


@pytest.mark.parametrize(("offset", "status"), [(-1, 200), (0, 304), (3600, 304)])
def test_the_date_decides_where_no_tag_is_sent(client, path, event, offset, status):
    since = http_date(event.last_modified_at + timedelta(seconds=offset))

    assert client.get(path, headers={"If-Modified-Since": since}).status_code == status


@pytest.mark.parametrize("tag", ['"other"', "", "garbage"])
def test_the_tag_wins_over_the_date(client, path, tag):
    since = client.get(path).headers["Last-Modified"]

    answer = client.get(path, headers={"If-None-Match": tag, "If-Modified-Since": since})

    assert answer.status_code == 200


@pytest.mark.parametrize("date", ["yesterday", "0", "", NEVER, "Sun, 99 Foo 2026 25:00:00 GMT"])
def test_a_date_that_is_none_or_old_gets_the_whole_calendar(client, path, date):
    assert client.get(path, headers={"If-Modified-Since": date}).status_code == 200


def test_a_change_gives_a_new_version(client, path, event):
    first = client.get(path)

    with transaction():
        touch_event(event)
    second = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert second.status_code == 200
    assert second.headers["ETag"] != first.headers["ETag"]


def test_head_says_what_get_says_without_the_bytes(client, path):
    got = client.get(path)

    asked = client.head(path)

    assert asked.status_code == 200
    assert asked.data == b""
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length", "Content-Disposition"):
        assert asked.headers[name] == got.headers[name]
    held = {"If-None-Match": got.headers["ETag"]}
    assert client.head(path, headers=held).status_code == 304


@pytest.mark.parametrize("headers", [
    {"Accept": "application/json"}, {"Accept": "image/png;q=0.1"}, {"User-Agent": ""},
    {"User-Agent": "Mozilla/5.0 (compatible; Google-Calendar-Importer)"},
    {"Accept-Encoding": "gzip"}, {"Cookie": "session=broken; lang=en"},
])  # fmt: skip
def test_every_program_is_served_and_none_gets_a_cookie(client, path, headers):
    answer = client.get(path, headers=headers)

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_t29_the_file_has_an_ascii_name_and_its_own(client, event):
    session = make_session(event, key='Tür\r\n"1"')

    answer = client.get(f"/e/licht/sessions/{session.uid}.ics")

    assert answer.headers["Content-Disposition"] == (
        "inline; filename=\"licht-tuer-1.ics\"; filename*=UTF-8''licht-T%C3%BCr%0D%0A%221%22.ics"
    )


@pytest.mark.parametrize("address", [
    "/e/unknown/calendar.ics", "/e/unknown/event.ics", "/e/licht/sessions/unknown.ics",
    "/e/licht/sessions/%2e%2e.ics",
])  # fmt: skip
def test_what_does_not_exist_is_404_even_for_those_who_hold_anything(client, event, address):
    assert client.get(address, headers={"If-None-Match": "*"}).status_code == 404


def test_t93_a_session_is_found_under_its_own_event_only(client, event):
    foreign = make_session(make_event(slug="andere"))

    assert client.get(f"/e/licht/sessions/{foreign.uid}.ics").status_code == 404
