"""Monsters in every field of every form: kept, cleaned or refused in words (T-59, T-60, T-61)."""

import re
import unicodedata

import pytest
from effort import is_brief
from pages_as_people import forms_of
from world import dump, make_world, pages
from wtforms.validators import ValidationError

from eventapp.foundation import text
from eventapp.foundation.forms import TEXT_LENGTH, valid_email
from eventapp.foundation.http import own_path
from eventapp.foundation.logs import masked
from eventapp.foundation.markdown import render
from eventapp.foundation.placeholders import fill

MONSTERS = {
    "odd letters": "👩‍👩‍👧‍👦 \u202eabc\u2066 \ufeff\u200bMu\u0308ller ß ẞ İı e"
    + "\u0301" * 40
    + ' O\'Neil "Null" -- ; <b> & {name} %(x)s \\ / `x` \x01\x1b[31m\r\n\u2028\x85',
    "endless": "ä" * 100_000,
    "only blanks": " \t\u00a0\u2003 ",
    "numbers": "9" * 40,
}
TYPED = {"text", "email", "tel", "url", "search", "password", "textarea", "number", "date", "time"}


def forms_with_fields(app, world, browser):
    for page in pages(app, world):
        if "GET" in page.methods and page.endpoint != "static":
            answer = browser.get(page.path, buffered=True)
            if answer.mimetype == "text/html":
                for form in forms_of(answer.text):
                    typed = [name for name, kind in form.kinds.items() if kind in TYPED]
                    if form.method == "post" and typed:
                        yield form.action or page.path, form, typed


def fields_to_fill(monster, form, typed):
    """First what is typed, then choices and hidden fields too; two are enough for what is large."""
    yield typed[:2] if monster == "endless" else typed
    if monster == "odd letters":
        yield list(form.fields)


@pytest.mark.parametrize("monster", MONSTERS)
def test_t59_t60_no_form_breaks_on_a_monster_and_no_page_on_what_was_kept(app, sign_in, monster):
    world = make_world()
    browser = sign_in(app.test_client(), world.accounts["organiser"])
    broken = {}
    for path, form, typed in forms_with_fields(app, world, browser):
        for names in fields_to_fill(monster, form, typed):
            data = form.fields | dict.fromkeys(names, MONSTERS[monster])
            status = browser.post(path, data=data, buffered=True).status_code
            if status >= 500:
                broken[path] = status

    assert broken == {}
    after = {
        page.endpoint: browser.get(page.path, buffered=True).status_code
        for page in pages(app, world)
        if "GET" in page.methods
    }
    assert {name for name, status in after.items() if status >= 500} <= {"health.ready"}
    kept = [
        value for rows in dump().values() for row in rows for value in row if isinstance(value, str)
    ]
    assert [
        value for value in kept if re.search("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e]", value)
    ] == []
    assert [value for value in kept if unicodedata.normalize("NFC", value) != value] == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Mu\u0308ller  ", "Müller"),
        ("a\u202eb", "ab"),
        ("a\x00b\x07", "ab"),
        ("\ud800x", "x"),
        ("\ufeffName", "Name"),
        ("zwei\n Zeilen", "zwei Zeilen"),
        ("\u00a0", ""),
        ("👩‍👧", "👩‍👧"),
    ],
)
def test_t59_what_is_kept_is_composed_and_without_controls(given, kept):
    assert text.clean(given) == kept


@pytest.mark.parametrize("spelling", ["Müller", "Mu\u0308ller", "MÜLLER", "Mueller", "Muller"])
def test_t59_spellings_of_one_name_find_each_other(spelling):
    key = text.search_key("Müller")

    assert all(term in key for term in text.search_terms(spelling))


def test_words_without_anything_to_write_out_stand_once_beside_the_others():
    assert text.search_key("Größe Anna ANNA") == "groesse grosse anna"


NASTY = [
    "a" * 50_000,
    "a@" * 25_000,
    "." * 50_000,
    "(" * 50_000,
    "a." * 25_000 + "@",
    "[" * 50_000,
    "*" * 50_000,
    "[a](" * 12_000,
    "> " * 5_000,
    "{a" * 25_000,
    "/i/" * 16_000,
    "ä\u0308" * 25_000,
    " " * 50_000,
    "-" * 50_000 + "x",
    "![" * 25_000,
    "`" * 50_000,
]
PATTERNS = {
    "clean": text.clean,
    "search key": text.search_key,
    "search terms": text.search_terms,
    "slug": text.slugify,
    "sort key": text.sort_key,
    "e-mail key": text.normalised_email,
    "markdown": lambda value: render(value[:TEXT_LENGTH]),
    "mask": masked,
    "fill": lambda value: fill(value, {"a": value[:9]}),
    "path": lambda value: own_path(f"/{value}", otherwise="/"),
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_t61_no_pattern_takes_long_for_any_text(pattern):
    slow = [
        number
        for number, value in enumerate(NASTY)
        if not is_brief(lambda value=value: PATTERNS[pattern](value))
    ]

    assert slow == []


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_t61_a_monstrous_address_is_refused_at_once(app, value):
    def look() -> None:
        with pytest.raises(ValidationError):
            valid_email(value)

    assert is_brief(look)
