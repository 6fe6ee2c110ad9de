"""Asking people by mail, and the reminder on the home."""

from datetime import date, timedelta

import pytest
from factories import make_contribution, make_contributor, make_event, make_session
from sqlalchemy import select

from eventapp.accounts.audit import SYSTEM
from eventapp.desk.casting_tasks import casting_tasks
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.i18n import use_locale
from eventapp.foundation.mail_links import placeholders_in
from eventapp.foundation.outbox import OutboxMail
from eventapp.programme.casting.actions import ask_by_mail, asking_again, decline, still_to_ask
from eventapp.programme.casting.errors import NobodyToAsk
from eventapp.programme.casting.mails import RequestWords, preview_of
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.queries import programme_of
from eventapp.programme.states import ContributorState as C

WORDS = RequestWords(
    reply_by_on=date(2027, 6, 1),
    terms_de="Reisekosten zahlen wir.",
    terms_en="We pay for your journey.",
    note_de="Ihr Vortrag in Olpe war wunderbar.",
)


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def panel(event):
    room = event.venue.rooms[0].id
    return make_session(event, kind=SessionKind.PANEL, title_de="Dorf & Stadt", room_id=room)


def seat(session, state=C.PENCILLED, **person):
    return make_contribution(
        session, make_contributor(session.event, **person), Role.PANEL, state=state
    )


def send(event, asking, words=WORDS):
    return ask_by_mail(event, asking, words, seen=asking.seen, by=SYSTEM)


def mails():
    return db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()


def test_a_request_says_all_that_one_needs_to_answer(event, panel):
    part = seat(panel, first_name="Ada", last_name="Öhm")

    assert send(event, asking_again(part)) == 1

    [mail] = mails()
    for words in ("Dorf & Stadt", "Podium", "20 Minuten", "Reisekosten zahlen wir.", "01.06.2027",
                  "Ihr Vortrag in Olpe", panel.room.name):  # fmt: skip
        assert words in mail.text
    assert "Dorf &amp; Stadt" in mail.html
    assert len(placeholders_in(mail.text)) == 1
    assert (mail.about, mail.to_email) == (part.contributor.mails_about, part.contributor.email)
    assert (part.state, part.reply_by_on, part.terms) == (
        C.ASKED, WORDS.reply_by_on, "Reisekosten zahlen wir.",
    )  # fmt: skip


def test_each_reads_their_own_language_and_german_where_no_other_words_are(event, panel):
    seat(panel, locale="en")

    send(event, still_to_ask(panel))

    [mail] = mails()
    assert "We pay for your journey." in mail.text
    assert "20 minutes" in mail.text
    assert "Ihr Vortrag in Olpe" in mail.text


def test_everybody_who_is_pencilled_in_is_asked_at_once_and_nobody_else(event, panel):
    seat(panel)
    seat(panel)
    seat(panel, C.AGREED)
    by_phone = seat(panel, email="")

    assert send(event, still_to_ask(panel)) == 2
    assert (len(mails()), by_phone.state) == (2, C.PENCILLED)


def test_who_presses_twice_asks_once(event, panel):
    seat(panel)
    asking = still_to_ask(panel)
    seen = asking.seen
    send(event, asking)

    with pytest.raises(NobodyToAsk):
        ask_by_mail(event, asking, WORDS, seen=seen, by=SYSTEM)
    assert len(mails()) == 1


def test_who_has_not_answered_is_reminded_and_asked_until_a_new_day(event, panel):
    part = seat(panel)
    send(event, asking_again(part))
    later = RequestWords(reply_by_on=date(2027, 6, 8), terms_de="Wie gesagt.")

    send(event, asking_again(part), later)

    assert "Erinnerung" in mails()[1].subject
    assert (part.state, part.reply_by_on) == (C.ASKED, later.reply_by_on)


@pytest.mark.parametrize("state", [C.AGREED, C.CONFIRMED, C.DROPPED_OUT])
def test_nobody_is_asked_who_has_answered_for_good(event, panel, state):
    assert asking_again(seat(panel, state)).parts == []


def test_a_preview_is_the_mail_without_a_link_that_works(event, panel):
    part = seat(panel, last_name="<b>Öhm")

    shown = preview_of(event, part, WORDS)

    assert placeholders_in(shown.mail.text) == []
    assert "Reisekosten zahlen wir." in shown.mail.text
    assert "<b>Öhm" not in shown.mail.html


def test_a_line_in_a_word_of_ones_own_stays_inside_the_mail(event, panel):
    """T-20: nothing of an organiser's words is taken for markup."""
    words = RequestWords(
        reply_by_on=WORDS.reply_by_on, terms_de="<script>alert(1)</script>", note_de="{{ 7*7 }}"
    )

    shown = preview_of(event, seat(panel), words)

    assert "<script>alert" not in shown.mail.html
    assert "{{ 7*7 }}" in shown.mail.text


def titles(event, today):
    with use_locale("en"):
        return [str(task.title) for task in casting_tasks(programme_of(event), today)]


def test_whoever_has_not_answered_in_time_is_a_task_on_the_home(event, panel):
    """T-55: the day of the deadline itself is still in time."""
    send(event, asking_again(seat(panel)))
    deadline = WORDS.reply_by_on

    assert titles(event, deadline) == []
    assert titles(event, deadline + timedelta(days=1)) == [
        "One person has not answered the request to contribute"
    ]


def test_a_refusal_is_a_task_until_somebody_follows(event, panel):
    part = seat(panel, C.ASKED, first_name="Ada", last_name="Öhm")
    decline(part, "keine Zeit", by=SYSTEM)
    today = clock.now().date()

    assert titles(event, today) == ["Ada Öhm will not come"]
    follower = seat(panel)
    follower.replaces_id = part.id
    db.session.commit()
    assert titles(event, today) == []
