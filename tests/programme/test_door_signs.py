"""Door signs as PDF: a page each, nothing clipped, names are only names."""

import io
import re
from datetime import timedelta

import pytest
from factories import make_contribution, make_contributor, make_event, make_session
from pypdf import PdfReader

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import transaction
from eventapp.foundation.papers import printable, typeset
from eventapp.programme.day_of.actions import DayRequest, change_on_the_day
from eventapp.programme.day_of.planning import plan_of
from eventapp.programme.day_of.queries import day_of
from eventapp.programme.day_of.signs import paper, room_signs, session_sign
from eventapp.programme.day_of.wishes import Drop, Swap, Wish
from eventapp.programme.kinds import SessionKind

SIGNS = "/organise/licht/programme/signs"
ODD = {
    "200 letters": "Ł" * 200,
    "200 in words": "Müßig-Łukasiewicz " * 11,
    "typst": '#import "/etc/passwd": * #read("x") *b* _i_ $x$ @c <l>',
    "other letters": "Юрий Ωμέγα",
}


@pytest.fixture
def event(organiser: Account) -> Event:
    return make_event(organiser.memberships[0].host, slug="licht")


def read(answer) -> PdfReader:
    return PdfReader(io.BytesIO(answer.get_data() if hasattr(answer, "get_data") else answer))


def letters(reader: PdfReader) -> str:
    text = "".join(page.extract_text() for page in reader.pages)
    return _bare(text)


def plain(text: str) -> str:
    return _bare(str(printable(text)))


def _bare(text: str) -> str:
    """Without what a line break may swallow or add."""
    return "".join(re.sub("[\u200b\xad-]", "", text).split())


def test_each_room_has_a_sign_with_its_day(client, event):
    halls = event.venue.rooms
    make_session(event, room=halls[0], title_de="Rundgang", title_en="Tour")
    make_session(event, room=halls[1], title_de="Werkstatt", kind=SessionKind.TALK_ROUND)
    make_session(event, title_de="Ohne Raum")

    answer = client.get(f"{SIGNS}/rooms.pdf")

    pages = read(answer).pages
    assert answer.content_type == "application/pdf"
    assert len(pages) == 2
    texts = [page.extract_text() for page in pages]
    assert any("Rundgang" in text and "Tour" in text for text in texts)
    assert all("Ohne Raum" not in text for text in texts)
    width, height = pages[0].mediabox[2:]
    assert width > height


def test_a_sign_is_tagged_and_says_its_language_and_title(client, event):
    session = make_session(event, title_de="Rundgang")

    root = read(client.get(f"{SIGNS}/{session.id}.pdf")).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own type
    assert root["/Lang"] == "de"


def change(event: Event, wish: Wish, by: Account) -> None:
    with clock.held(event.starts_at - timedelta(hours=4)):
        seen = plan_of(day_of(event), wish).marks
        change_on_the_day(event, DayRequest(wish=wish, seen=seen), by=by)


def test_the_old_door_says_where_it_is_now(client, event, organiser):
    halls = event.venue.rooms
    one = make_session(event, room=halls[0], title_de="Rundgang")
    two = make_session(event, room=halls[1], title_de="Werkstatt")
    change(event, Swap(one.id, two.id), organiser)

    pages = read(client.get(f"{SIGNS}/version-2.pdf")).pages

    assert len(pages) == 2
    text = pages[0].extract_text() + pages[1].extract_text()
    assert text.count("verlegt nach") == text.count("moved to") == 2
    assert halls[0].name in text
    assert halls[1].name in text


def test_the_door_says_what_does_not_take_place(client, event, organiser):
    session = make_session(event, room=event.venue.rooms[0], title_de="Rundgang")
    change(event, Drop(session.id), organiser)

    [page] = read(client.get(f"{SIGNS}/version-2.pdf")).pages
    assert "entfällt" in page.extract_text()
    assert client.get(f"{SIGNS}/{session.id}.pdf").status_code == 404


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_t41_t42_odd_names_are_names_and_nothing_of_them_is_cut(event, text):
    """T-41, T-42: code is only a name, and what is long gets smaller or wraps, on one page."""
    room = event.venue.rooms[0]
    with transaction():
        room.name = text
    session = make_session(event, room=room, title_de=text, title_en=f"E {text}")
    make_contribution(session, make_contributor(event, last_name=text, organisation_name=text))
    shown = day_of(event).on

    signs = [session_sign(event, shown[0]), *room_signs(event, shown, event.starts_on)]
    for sign in signs:
        reader = read(typeset("programme/day_of/signs.typ", paper(event, [sign])))
        found = letters(reader)
        assert found.count(plain(text)) >= 3
        assert len(reader.pages) == 1


@pytest.mark.parametrize("text", ["日本語 \U0001f600", "شركة الأمل", "👩🏽‍🚒 e\u0301"])
def test_t42_letters_of_any_script_stop_no_sign(client, event, text):
    """T-42."""
    session = make_session(event, room=event.venue.rooms[0], title_de=text)

    assert len(read(client.get(f"{SIGNS}/{session.id}.pdf")).pages) == 1
    assert len(read(client.get(f"{SIGNS}/rooms.pdf")).pages) == 1


def test_a_room_with_forty_sessions_goes_on_overleaf_and_loses_none(event):
    for number in range(40):
        starts = event.starts_at + timedelta(minutes=5 * number)
        make_session(event, room=event.venue.rooms[0], title_de=f"Nummer{number:02}x",
                     starts_at=starts, ends_at=starts + timedelta(minutes=5))  # fmt: skip
    signs = room_signs(event, day_of(event).on, event.starts_on)

    reader = read(typeset("programme/day_of/signs.typ", paper(event, signs)))

    found = letters(reader)
    assert all(f"Nummer{number:02}x" in found for number in range(40))
    assert len(reader.pages) <= 4
