"""Where the links of a page lead that were made of stored text (T-22)."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pages_as_people import tags_of
from sqlalchemy import String, Text, update
from world import ON_SQLITE, make_world, pages

from eventapp.foundation.database import db

TEMPLATES = Path(__file__).parents[2] / "templates"
BAD_PAGE = "javascript:alert(document.domain)//https://x.example"
BAD_MAILBOX = "ada@x.example?bcc=all@x.example&body=x"
LEADS = ("href", "src", "action", "formaction", "data-renew", "poster", "cite", "ping")
ALLOWED = {"", "http", "https", "mailto", "tel", "webcal", "data"}


@pytest.fixture
def infected(app):
    """The world with bad addresses wherever an address is stored."""
    world = make_world()
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            columns = [one for one in table.columns if type(one.type) in (String, Text)]
            bad = {one.name: BAD_PAGE for one in columns if "url" in one.name}
            bad |= {one.name: BAD_MAILBOX for one in columns if one.name == "email"}
            if table.name in {"account", "registration"}:  # who signs in, and what links open
                bad.pop("email", None)
            if bad:
                connection.execute(update(table).values(bad))
    db.session.expire_all()
    return world


@ON_SQLITE
@pytest.mark.parametrize("visitor", ["organiser", "anonymous"])
def test_t22_no_link_leads_to_a_scheme_or_a_header_that_somebody_stored(
    app, infected, sign_in, visitor
):
    browser = app.test_client()
    if visitor == "organiser":
        sign_in(browser, infected.accounts["organiser"])
    found, seen = set(), 0
    for page in pages(app, infected):
        if "GET" not in page.methods:
            continue
        answer = browser.get(page.path, buffered=True)
        if answer.mimetype != "text/html":
            continue
        seen += answer.text.count("bcc=all") + answer.text.count("document.domain")
        for _tag, values in tags_of(answer.text):
            for name in LEADS:
                address = values.get(name) or ""
                scheme = urlsplit(address).scheme.lower()
                if scheme not in ALLOWED or (scheme == "mailto" and re.search(r"[?&]", address)):
                    found.add((page.endpoint, name, address[:40]))

    assert found == set()
    assert seen, "the bad addresses are shown nowhere: the test looks at nothing"


def test_t22_templates_make_links_of_stored_addresses_by_the_filters_alone():
    stored = re.compile(
        r"""(?:href|src)="(?:mailto:)?\{\{\s*[\w.]*\b(?:url|email|website)\s*\}\}"""
    )
    guilty = [
        str(path.relative_to(TEMPLATES))
        for path in sorted(TEMPLATES.rglob("*.html"))
        if stored.search(path.read_text(encoding="utf-8"))
    ]

    assert guilty == []
