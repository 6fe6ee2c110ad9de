"""Whatever people typed comes back as text (T-20, T-23, T-28)."""

import pytest
from pages_as_people import tags_of
from sqlalchemy import JSON, String, Text, select, update
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
KEPT_WORDS = {"people", "before", "after"}
"""What holds copies of typed words: people of a released session, and the trail of changes."""


def with_payload(kept):
    """The same structure with the payload for each text of people."""
    if isinstance(kept, dict):
        machine = FIXED | {"role", "state"}
        return {key: one if key in machine else with_payload(one) for key, one in kept.items()}
    if isinstance(kept, list):
        return [with_payload(one) for one in kept]
    return PAYLOAD if isinstance(kept, str) else kept


def infect_copies(connection, table):
    """Put the payload into the words that the table's rows have kept."""
    kept = [one for one in table.columns if isinstance(one.type, JSON) and one.name in KEPT_WORDS]
    if not kept:
        return
    keys = list(table.primary_key.columns)
    for row in connection.execute(select(*keys, *kept)).mappings().all():
        words = {column.name: with_payload(row[column.name]) for column in kept}
        own = [column == row[column.name] for column in keys]
        connection.execute(update(table).where(*own).values(words))


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
            infect_copies(connection, table)
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
