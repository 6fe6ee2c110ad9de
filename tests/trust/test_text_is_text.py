"""Whatever people typed comes back as text (T-20, T-23, T-28)."""

import pytest
from pages_as_people import tags_of
from sqlalchemy import String, Text, update
from world import ON_SQLITE, make_world, pages

from eventapp.foundation.database import db

PAYLOAD = """'"></script></textarea></title><x-marker onload=1>{{7*7}}{0.__class__}%(x)s<!--"""
# What is no text of people: names of things for machines, and what has a fixed form.
FIXED = {
    "slug",
    "uid",
    "key",
    "email",
    "email_key",
    "public_id",
    "message_id",
    "zone",
    "locale",
    "colour",
    "secret_hash",
    "password_hash",
    "scope",
    "ags",
    "municipality_ags",
    "number",
    "email_hash",
    "lease_id",
    "dedupe_key",
    "encoding",
    "delimiter",
    "content",
    "to_email",
    "reply_to",
    "kind",
    "html",
    "search_text",
    "sort_name",
    "name_key",
    "text_version",
}


@pytest.fixture
def infected(app):
    """The world with the payload in every text that somebody could have typed."""
    world = make_world()
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            texts = [
                column
                for column in table.columns
                if type(column.type) in (String, Text)
                and column.name not in FIXED
                and not column.primary_key
            ]
            unique = {
                column.name
                for constraint in table.constraints
                if constraint.__class__.__name__ == "UniqueConstraint"
                for column in constraint.columns
            }
            values = {column.name: PAYLOAD for column in texts if column.name not in unique}
            if values:
                connection.execute(update(table).values(values))
    db.session.expire_all()
    return world


LETTERS = {
    "invitations_organiser.sample",
    "invitations_single.mail",
    "notices_organiser.sample",
}
"""Mails bring their styles along; sandboxed frames show them under a policy of their own."""


def html_pages(app, world, browser):
    for page in pages(app, world):
        if "GET" in page.methods:
            answer = browser.get(page.path, buffered=True)
            assert answer.status_code < 500 or page.endpoint == "health.ready", page.endpoint
            if answer.mimetype == "text/html":
                yield page, answer.text


@ON_SQLITE
@pytest.mark.parametrize("visitor", ["organiser", "anonymous"])
def test_t20_a_marker_in_every_stored_text_becomes_no_element(app, infected, sign_in, visitor):
    browser = app.test_client()
    if visitor == "organiser":
        sign_in(browser, infected.accounts["organiser"])
    alive = []
    for page, html in html_pages(app, infected, browser):
        tags = tags_of(html)
        if any(tag == "x-marker" for tag, _values in tags):
            alive.append(page.endpoint)
        if any(name.startswith("on") for _tag, values in tags for name in values):
            alive.append(page.endpoint)

    assert alive == []


@ON_SQLITE
def test_t23_no_page_has_an_inline_script_or_style(app, infected, sign_in):
    browser = sign_in(app.test_client(), infected.accounts["organiser"])
    inline = []
    for page, html in html_pages(app, infected, browser):
        if page.endpoint in LETTERS:
            continue
        for tag, values in tags_of(html):
            is_code = tag == "script" and values.get("type") != "application/ld+json"
            if (is_code and "src" not in values) or tag == "style" or "style" in values:
                inline.append((page.endpoint, tag))

    assert inline == []


@ON_SQLITE
def test_t28_nothing_in_a_text_is_calculated(app, infected, sign_in):
    browser = sign_in(app.test_client(), infected.accounts["organiser"])

    pages_seen = "".join(html for _page, html in html_pages(app, infected, browser))

    assert "x-marker onload=1&gt;49" not in pages_seen
    assert "{{7*7}}" in pages_seen
    assert "{0.__class__}" in pages_seen
