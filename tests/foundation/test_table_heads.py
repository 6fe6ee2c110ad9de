"""The head of tables that become cards on a phone stands in one place."""

import re
from pathlib import Path

from flask import get_template_attribute
from flask_babel import force_locale

TEMPLATES = Path(__file__).parents[2] / "templates"


def head(app, *args, **more) -> str:
    with app.test_request_context(), force_locale("de"):
        return str(get_template_attribute("components/table.html", "head")(*args, **more))


def test_each_column_says_that_it_is_one_and_by_which_the_rows_stand(app):
    html = head(
        app, ["Auswahl", "Name", "Welle"], sorted="Name", numbers=["Welle"], hidden=["Auswahl"]
    )

    assert re.findall(r"<th( [^>]*)>", html) == [
        ' role="columnheader" scope="col"',
        ' role="columnheader" scope="col" aria-sort="ascending"',
        ' role="columnheader" scope="col" class="n"',
    ]
    assert html.count("kern-sr-only") == 1


def test_names_are_escaped(app):
    assert "<b>" not in head(app, ["<b>"])


def test_no_table_of_cards_writes_its_own(app):
    pages = [one.read_text("utf-8") for one in sorted(TEMPLATES.rglob("*.html"))]
    cards = [one for one in pages if re.search(r'<table[^>]*class="[^"]*\bcards\b', one)]

    assert len(cards) > 6
    assert not [one for one in cards if "<thead" in one]
