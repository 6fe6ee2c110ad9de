"""A mail that is written once and filled for each reader is the mail written for that reader."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from factories import make_event, make_registration
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from eventapp.foundation import mail_rendering
from eventapp.foundation.database import transaction
from eventapp.foundation.mail_rendering import Rendered, render
from eventapp.foundation.message import message
from eventapp.invitations.letters import letter_about
from eventapp.invitations.mails import frame_values
from eventapp.registrations.mails import OWN, queue_acceptance

FOLDER = Path(__file__).parents[2] / "templates"
LETTERS = sorted(
    str(file.relative_to(FOLDER))
    for folder in ("registrations", "invitations")
    for file in (FOLDER / folder / "mail").glob("*.txt")
    if "extends" in file.read_text() and file.stem not in {"links", "invitation"}
)
NAMES = {
    "salutation": "Sehr geehrte Frau Dr. Müßig-Öztürk",
    "for_whom": "Łukasz Wiśniewski",
    "link": "https://link.invalid/r/abc.1.0123456789abcdef",
    "company": "Anna Muster und Jörg Weiß, MdL",
    "guest": "Dr. Claudia Nüsperling",
    "substitute": "Zoë Ångström",
    "registrant": "Renée Müller",
    "code": "123 456",
    "objection": "https://link.invalid/u/def.1.0123456789abcdef",
}
FULL = {
    "invited": True, "moved_up": True, "may_hand_over": True, "places": 3, "rank": 4,
    "open_questions": 2, "missed_choices": ("Runde 1", "Runde & 2"), "prospect": "line",
    "promise": "offer", "kept": "place", "comes": True, "said_yes": True, "state": "confirmed",
    "asks_once_more": True, "until": datetime(2027, 6, 1, 9, tzinfo=UTC), "zone": "Europe/Berlin",
    "reason": "Zeile <eins>\nZeile zwei", "again": "Sagen Sie es & zwar neu",
}  # fmt: skip
SPARE = FULL | {
    "invited": False, "moved_up": False, "may_hand_over": False, "open_questions": 0,
    "missed_choices": (), "prospect": "place", "promise": "place", "kept": "", "comes": False,
    "said_yes": False, "state": "waiting", "asks_once_more": False, "reason": "",
    "again": "",
}  # fmt: skip


def both(template: str, values: dict, own: dict, locale: str) -> tuple[Rendered, Rendered]:
    """The mail as it is filled, and as it is written for this reader alone."""
    alone = {name: str(words) for name, words in own.items()}
    return render(template, values, locale, own=own), render(template, values | alone, locale)


@pytest.fixture
def values(app: Flask) -> dict[str, dict]:
    event = make_event(title_de="Fachimpuls „Wärme“ & Co.", funding_notice_de="Gefördert <hier>")
    found = {}
    for locale in ("de", "en"):
        found[locale] = frame_values(event, letter_about(event, locale, "http://localhost"))
    return found


@pytest.mark.parametrize("locale", ["de", "en"])
@pytest.mark.parametrize("template", LETTERS)
def test_every_letter_is_the_same_filled_or_written_anew(values, template, locale):
    for case in (FULL, SPARE):
        for own in (NAMES, NAMES | {"for_whom": "", "company": "", "registrant": "", "guest": ""}):
            filled, anew = both(template, values[locale] | case, own, locale)

            assert filled == anew
            assert mail_rendering._SEED not in filled.text + filled.html + filled.subject


@pytest.mark.parametrize(
    "name",
    [
        "Sinéad O'Connor",
        "Tick & Trick",
        "<b>x</b>",
        '"Q"',
        "a\u00a0b",
        "\u0308A",
        " A ",
        "A\nB",
        ".",
    ],
)
def test_words_that_are_escaped_or_cleaned_are_written_anew(values, name):
    own = NAMES | {"salutation": name, "company": name, "for_whom": name}

    filled, anew = both("registrations/mail/confirmation.txt", values["de"] | FULL, own, "de")

    assert filled == anew


def test_any_words_at_all(values):
    @given(st.text(max_size=40), st.text(alphabet="aäß.'&<own-salutation ", max_size=40))
    def check(name: str, other: str) -> None:
        own = NAMES | {"salutation": name, "company": other}
        filled, anew = both("registrations/mail/waiting.txt", values["de"] | FULL, own, "de")
        assert filled == anew

    check()


def test_nobody_reads_the_words_of_the_reader_before(values):
    template = "registrations/mail/confirm.txt"
    first = render(template, values["de"] | FULL, "de", own=NAMES)
    second = render(
        template, values["de"] | FULL, "de", own=NAMES | {"salutation": "Guten Tag Eva Klein"}
    )

    assert "Öztürk" in first.html
    assert "Öztürk" not in second.html + second.text
    assert "Guten Tag Eva Klein" in second.html


def test_words_are_in_the_language_of_the_reader(values):
    company = message("%(first)s and %(last)s", first="Anna", last="Jörg")

    mail = render(
        "registrations/mail/confirmation.txt",
        values["de"] | FULL,
        "de",
        own=NAMES | {"company": company},
    )

    assert "Anna und Jörg" in mail.text


def test_what_an_event_says_anew_stands_in_the_next_mail(app):
    event = make_event(title_de="Vorher")
    mails = []
    for title in ("Vorher", "Nachher"):
        event.title_de = title
        frame = frame_values(event, letter_about(event, "de", "http://localhost"))
        mails.append(render("registrations/mail/confirmation.txt", frame | FULL, "de", own=NAMES))

    assert "Vorher" in mails[0].subject
    assert "Nachher" in mails[1].subject
    assert "Vorher" not in mails[1].text + mails[1].html


def test_no_reader_s_words_are_kept(app):
    """What is kept of a mail names nobody: not even in the memory of the program."""
    mail_rendering._kept.cache_clear()
    event = make_event()
    guests = [make_registration(event, last_name=name) for name in ("Eichhörnchen", "Marder")]
    for guest in guests:
        with transaction():
            queue_acceptance(guest)

    kept = mail_rendering._kept.cache_info()
    assert (kept.misses, kept.hits) == (1, 1)


def test_all_that_is_a_reader_s_own_is_named(app):
    assert set(NAMES) - {"objection"} == OWN
