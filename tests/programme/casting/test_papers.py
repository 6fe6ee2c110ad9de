"""Briefings and guides as PDF: what they say, how many pages, and that data stays data."""

import io
import re
from datetime import timedelta

import pytest
from factories import make_contribution, make_contributor, make_event, make_session
from pypdf import PdfReader
from sqlalchemy import select

from eventapp.accounts.audit import SYSTEM
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_links import placeholders_in
from eventapp.foundation.outbox import OutboxMail
from eventapp.programme.casting.actions import send_papers, unbriefed_in
from eventapp.programme.casting.papers import briefing_paper, guide_of, guide_paper
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.queries import contributor_of, programme_of, session_of
from eventapp.programme.states import ContributorState as C

NASTY = [
    '#import "/etc/passwd": *',
    "#panic() $x$ *fett* @x <marke>",
    "<iframe src=file:///etc/passwd>",
]
LONG = [
    "Ł" * 200,
    "Müßig-Łukasiewicz " * 11,
    "日本語の名前" * 30,
    "\U0001f600" * 60,
    "شركة النور " * 18,
]


@pytest.fixture
def event(app):
    return make_event(signed_by="Ada Leitung")


@pytest.fixture
def panel(event):
    return make_session(
        event, kind=SessionKind.PANEL, title_de="Dorf und Stadt", teaser_de="Was uns verbindet.",
        questions="Was fehlt?\nWer hilft?", room_id=event.venue.rooms[0].id,
        ends_at=event.starts_at + timedelta(minutes=45),
    )  # fmt: skip


def seat(session, role=Role.PANEL, state=C.AGREED, **person):
    return make_contribution(session, make_contributor(session.event, **person), role, state=state)


def read(paper):
    return PdfReader(io.BytesIO(paper))


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages).replace("\u200b", "")


def squeezed(text):
    return "".join(text.split())


def briefing(event, part):
    person = contributor_of(event, part.contributor_id)
    return read(briefing_paper(programme_of(event), person))


def test_a_briefing_says_when_to_be_where_with_whom_and_whom_to_call(event, panel):
    before = make_session(event, title_de="Begrüßung", room_id=panel.room_id,
                          starts_at=event.starts_at - timedelta(minutes=20),
                          ends_at=event.starts_at)  # fmt: skip
    part = seat(panel, first_name="Ada", last_name="Öhm")
    seat(panel, last_name="Bärwald")
    seat(panel, state=C.ASKED, last_name="Ungewiss")

    paper = briefing(event, part)

    text = text_of(paper)
    for words in ("Ada Öhm", "Dorf und Stadt", panel.room.name, "Bärwald", "Ada Leitung",
                  before.title_de, "Was fehlt?", "Was uns verbindet."):  # fmt: skip
        assert words in text
    assert "Ungewiss" not in text
    assert (len(paper.pages), paper.trailer["/Root"]["/Lang"]) == (1, "de")
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_guide_has_its_cards_and_a_result_sheet(event, panel):
    seat(panel, Role.MODERATION, last_name="Öhm", biography_de="Moderiert seit zwanzig Jahren.")
    seat(panel, last_name="Bärwald")
    seat(panel, state=C.ASKED, last_name="Ungewiss")

    paper = read(guide_paper(session_of(event, panel.id), "de"))

    pages = [page.extract_text() for page in paper.pages]
    assert len(pages) == 5  # the guide, three cards, the result sheet
    for words in ("Moderiert seit zwanzig Jahren.", "Bärwald", "Wer hilft?", "45"):
        assert words in pages[0]
    cards = [re.findall(r"^(\d+)\s*$", page, re.MULTILINE) for page in pages[1:4]]
    assert cards == [["10"], ["5"], ["1"]]
    assert "Dorf und Stadt" in pages[4]
    assert "Ungewiss" not in "".join(pages)


def test_the_minutes_of_a_guide_sum_to_the_session(event, panel):
    seat(panel)

    plan = guide_of(session_of(event, panel.id), "de")["plan"]

    assert sum(step["minutes"] for step in plan) == 45


def test_a_session_without_a_time_has_a_guide_without_cards(event):
    session = make_session(event, kind=SessionKind.PANEL, starts_at=None, ends_at=None)

    assert len(read(guide_paper(session_of(event, session.id), "de")).pages) == 2


@pytest.mark.parametrize("name", NASTY)
def test_code_in_a_name_is_only_a_name(event, panel, name):
    """T-41: nothing that people wrote is run, read or fetched."""
    part = seat(panel, first_name="", last_name=name, organisation_name=name, biography_de=name)
    with transaction():
        panel.title_de = panel.questions = panel.teaser_de = name

    papers = [briefing(event, part), read(guide_paper(session_of(event, panel.id), "de"))]

    for paper in papers:
        assert squeezed(name) in squeezed(text_of(paper))
        assert "root:" not in text_of(paper)


@pytest.mark.parametrize("name", LONG, ids=["one word", "words", "han", "emoji", "right to left"])
def test_a_long_name_wraps_inside_the_page(event, panel, name):
    """T-42: nothing is cut, whatever the letters are."""
    part = seat(panel, first_name="", last_name=name.strip(), organisation_name=name)
    seat(panel, Role.MODERATION, last_name=name.strip())

    papers = [briefing(event, part), read(guide_paper(session_of(event, panel.id), "de"))]

    assert len(papers[0].pages) <= 2
    assert 5 <= len(papers[1].pages) <= 6
    for paper in papers:
        if name[0] in "ŁM":  # letters of our own font: each of them is there
            assert squeezed(name) in squeezed(text_of(paper))
        _inside(paper)


def _inside(paper):
    outside = []

    def note(text, _cm, matrix, _font, _size):
        if text.strip() and not 0 <= matrix[4] <= 842:
            outside.append(text)

    for page in paper.pages:
        page.extract_text(visitor_text=note)
    assert outside == []


def sent():
    return db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()


def send(event):
    programme = programme_of(event)
    return send_papers(programme, unbriefed_in(programme), by=SYSTEM)


def test_papers_go_to_everybody_who_has_none_yet_and_once(event, panel):
    seat(panel, Role.MODERATION)
    seat(panel)
    seat(panel, state=C.ASKED)
    seat(panel, email="")

    assert (send(event), send(event)) == (2, 0)

    first, second = sent()
    assert [len(mail.files()) for mail in (first, second)] == [2, 1]
    assert [one.content_type for one in first.files()] == ["application/pdf"] * 2
    assert first.files()[0].body.startswith(b"%PDF")
    assert len(placeholders_in(first.text)) == 1


def test_who_has_agreed_to_something_more_has_no_papers_for_that_yet(event, panel):
    part = seat(panel)
    send(event)
    make_contribution(make_session(event), part.contributor, Role.KEYNOTE)

    assert [one.person.id for one in unbriefed_in(programme_of(event))] == [part.contributor_id]
