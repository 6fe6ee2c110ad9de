"""What stands behind the question mark is data (T-27, T-62)."""

import pytest
from world import dump, make_world, pages

from eventapp.foundation.access import Visitor

NASTY = [
    "' OR 1=1 --",
    '"; DROP TABLE account; --\u202e🧭',
    "%_\\%'[]{}$where",
    "9" * 30,
    "-1",
    "ä" * 300,
]
NAMES = [
    "q",
    "page",
    "sort",
    "order",
    "state",
    "wave",
    "list",
    "sector",
    "filter",
    "show",
    "preset",
    "columns",
    "kind",
    "per_page",
    "county",
    "format",
    "lang",
    "host",
    "next",
    "after",
    "v",
    "day",
    "room",
    "step",
]


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_t27_no_parameter_of_any_page_breaks_it(app, sign_in, value):
    world = make_world()
    browser = sign_in(app.test_client(), world.accounts["organiser"])
    before = {name: len(rows) for name, rows in dump().items()}
    query = dict.fromkeys(NAMES, value)

    statuses = {
        page.endpoint: browser.get(page.path, query_string=query, buffered=True).status_code
        for page in pages(app, world)
        if "GET" in page.methods
    }

    assert {
        name: status
        for name, status in statuses.items()
        if status >= 500 and name != "health.ready"
    } == {}
    assert {name: len(rows) for name, rows in dump().items()} == before


@pytest.mark.parametrize("page_number", ["-3", "99999999999999999999"])
def test_t62_a_page_far_beyond_the_end_is_no_accident(app, sign_in, page_number):
    world = make_world()
    browser = sign_in(app.test_client(), world.accounts["administrator"])

    statuses = {
        page.endpoint: browser.get(
            page.path, query_string={"page": page_number, "per_page": 10**6}, buffered=True
        ).status_code
        for page in pages(app, world)
        if page.access.visitor is Visitor.SIGNED_IN and "GET" in page.methods
    }

    assert {
        name: status
        for name, status in statuses.items()
        if status not in {200, 204, 303, 400, 404, 405}
    } == {}


def test_a_nul_is_refused_everywhere(app, sign_in):
    world = make_world()
    browser = sign_in(app.test_client(), world.accounts["organiser"])

    assert browser.get("/organise/settings?q=a%00b").status_code == 400
    assert browser.post("/organise/settings", data={"name": "a\x00b"}).status_code == 400
    assert browser.get("/e/a%00b/").status_code in {400, 404}


def test_t62_too_large_a_form_is_refused_in_words(app, client):
    answer = client.post("/organise/signin", data={"email": "x" * 2_000_000, "password": "x"})

    assert answer.status_code == 413
    assert "zu groß" in answer.text


def test_t62_too_many_parts_are_refused(app, client):
    parts = {f"file{number}": "x" for number in range(1500)}

    answers = [
        client.post("/organise/signin", data=parts, content_type=kind).status_code
        for kind in ("multipart/form-data", "application/x-www-form-urlencoded")
    ]

    assert answers == [413, 413]
