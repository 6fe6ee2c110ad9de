"""Returned mails are heeded once, and nobody who is not asked changes anything by writing one."""

import threading
from dataclasses import replace
from email import message_from_bytes

import pytest
from factories import make_event
from returned_mails import QMAIL, REPLY, Box, report
from sqlalchemy import select

from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_draft import envelope_sender
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.return_box import LARGEST, read_box_url
from eventapp.foundation.returns import (
    Outcome,
    ReturnedMail,
    take_in_refusals,
    take_in_returns,
    unknown_returns,
)
from eventapp.foundation.settings import SecretStr

EVA = "Eva.Sommer@werk.example"


@pytest.fixture
def box(app, monkeypatch, tmp_path):
    """A mailbox for returned mails, known to the application."""
    own = Box(tmp_path / "returned")
    own.put()
    use(app, monkeypatch, bounce_url=SecretStr(own.url))
    return own


def use(app, monkeypatch, **settings):
    changed = replace(app.config["SETTINGS"], **settings)
    monkeypatch.setitem(app.config, "SETTINGS", changed)


@pytest.fixture
def followed():
    return []


@pytest.fixture
def look(followed):
    """Look into the mailbox once."""

    def follow(mail):
        followed.append(mail.id)

    return lambda: take_in_returns(follow)


def make_mail(number=1, **given):
    mail = OutboxMail(
        **{
            "message_id": f"<{number:032x}@agentur.example>",
            "scope": "event:1",
            "kind": "test",
            "to_email": EVA,
            "subject": "Einladung",
            "text": "Guten Tag\n",
            "state": MailState.SENT,
        }
        | given
    )
    with transaction():
        db.session.add(mail)
    return mail


def outcomes():
    rows = db.session.scalars(
        select(ReturnedMail).order_by(ReturnedMail.id).execution_options(populate_existing=True)
    )
    return [row.outcome for row in rows]


def test_a_mail_that_came_back_for_good_is_marked_with_the_reason_and_the_box_is_cleared(
    box, look, followed
):
    mail = make_mail()
    box.put(report(EVA, mail.message_id))

    assert look().marked == 1

    assert (mail.state, mail.last_error) == (MailState.RETURNED, "5.1.1 550 5.1.1 User unknown")
    assert mail.returned_at is not None
    assert followed == [mail.id]
    assert (outcomes(), len(box)) == ([Outcome.MARKED], 0)


def test_the_same_report_twice_is_heeded_once(box, look, followed):
    mail = make_mail()
    box.put(report(EVA, mail.message_id))
    look()
    box.put(report(EVA, mail.message_id), report(EVA, mail.message_id, diagnostic="550 again"))

    look()

    assert followed == [mail.id]
    assert len(box) == 0


def test_a_worker_that_died_before_clearing_leaves_no_second_effect(box, look, followed):
    mail = make_mail()
    box.put(report(EVA, mail.message_id))
    look()
    with transaction():
        row = db.session.scalars(select(ReturnedMail)).one()
    box.put(report(EVA, mail.message_id))
    assert row.outcome is Outcome.MARKED

    look()

    assert (followed, len(box)) == ([mail.id], 0)


def test_a_delay_is_ignored_and_giving_up_is_shown_but_no_fault_of_the_address(box, look, followed):
    late, lost = make_mail(1), make_mail(2)
    box.put(
        report(EVA, late.message_id, action="delayed", status="4.4.1", diagnostic="busy"),
        report(EVA, lost.message_id, action="failed", status="4.4.7", diagnostic="expired"),
    )

    look()

    assert (late.state, lost.state) == (MailState.SENT, MailState.RETURNED)
    assert (followed, len(box)) == ([], 0)


@pytest.mark.parametrize(
    "forged",
    [
        report(EVA, "<ffffffffffffffffffffffffffffffff@agentur.example>"),  # no mail of ours
        report("jan@werk.example", f"<{1:032x}@agentur.example>"),  # another recipient
        report(EVA, "<1@agentur.example>"),
        report(EVA, to="bounces+1-0123456789abcdef@agentur.example", message_id="<x@y>"),
        REPLY.format(message_id=f"<{1:032x}@agentur.example>").encode(),
        b"",
        b"\x00\xff" * 500,
    ],
    ids=["unknown id", "foreign recipient", "no id", "wrong seal", "a reply", "empty", "noise"],
)
def test_what_proves_nothing_changes_nothing_and_is_left_and_listed(box, look, followed, forged):
    mail = make_mail(1)
    box.put(forged)

    look()
    look()

    assert (mail.state, followed) == (MailState.SENT, [])
    assert (len(box), len(unknown_returns())) == (1, 1)


def test_a_mail_that_was_never_sent_cannot_come_back(box, look):
    mail = make_mail(state=MailState.KEPT)
    box.put(report(EVA, mail.message_id))

    look()

    assert mail.state is MailState.KEPT
    assert len(unknown_returns()) == 1


def test_a_report_that_is_quicker_than_our_own_note_waits(box, look):
    mail = make_mail(state=MailState.INFLIGHT)
    box.put(report(EVA, mail.message_id))
    look()
    assert (len(box), outcomes()) == (1, [])

    with transaction():
        mail.state = MailState.SENT
    look()

    assert mail.state is MailState.RETURNED


def test_an_old_report_is_understood_by_the_mail_it_carries(box, look):
    mail = make_mail()
    said = "550 5.1.1 no such user"
    box.put(QMAIL.format(recipient=EVA, said=said, message_id=mail.message_id).encode())

    look()

    assert mail.state is MailState.RETURNED


def test_the_address_it_was_returned_to_is_enough_if_the_seal_is_ours(app, box, look, monkeypatch):
    use(app, monkeypatch, bounce_address="bounces+*@agentur.example")
    mail = make_mail()
    own = envelope_sender(mail.id, app.config["SETTINGS"])
    assert own.startswith(f"bounces+{mail.id}-")
    box.put(report(EVA, "<lost@mx.example>", to=own))

    look()

    assert mail.state is MailState.RETURNED


def test_unknown_messages_that_a_person_takes_out_are_forgotten(box, look):
    box.put(b"Subject: Hallo\n\nGuten Tag")
    look()
    (row,) = unknown_returns()
    assert row.subject == "Hallo"

    for file in (box.path / "new").iterdir():
        file.unlink()
    look()

    assert unknown_returns() == []


def test_a_huge_message_is_read_no_further_than_needed(box, look):
    mail = make_mail()
    box.put(report(EVA, mail.message_id) + b"x" * (3 * LARGEST))

    look()

    assert mail.state is MailState.RETURNED


def test_one_message_that_breaks_us_stops_no_other(box, look, followed, monkeypatch):
    first, second = make_mail(1), make_mail(2)
    box.put(report(EVA, first.message_id), report(EVA, second.message_id))

    def follow(mail):
        if mail.id == first.id:
            raise RuntimeError("odd")
        followed.append(mail.id)

    take_in_returns(follow)

    assert followed == [second.id]
    assert sorted(outcomes()) == [Outcome.MARKED, Outcome.UNKNOWN]
    assert len(box) == 1


def test_a_mailbox_that_is_away_stops_nothing(app, monkeypatch, look, tmp_path):
    use(app, monkeypatch, bounce_url=SecretStr(f"maildir:{tmp_path / 'nowhere'}"))
    assert look().marked == 0

    use(app, monkeypatch, bounce_url=SecretStr("imap://me:geheim@127.0.0.1:1/INBOX"))
    assert look().marked == 0


def test_two_workers_heed_each_report_once(app, box):
    mails = [make_mail(number) for number in range(1, 13)]
    box.put(*(report(EVA, mail.message_id) for mail in mails))
    followed, ready = [], threading.Barrier(2)

    def work():
        with app.app_context():
            ready.wait()
            take_in_returns(lambda mail: followed.append(mail.id))
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    take_in_returns(lambda mail: followed.append(mail.id))  # what one left to the other

    assert sorted(followed) == [mail.id for mail in mails]
    assert len(box) == 0


# ---- Refused at once ----------------------------------------------------------------------------


def test_a_mail_that_was_refused_for_good_is_followed_once(app, followed):
    make_event()
    refused = make_mail(1, state=MailState.FAILED, last_error="550 5.1.1 no such user")
    make_mail(2, state=MailState.FAILED, last_error="not exactly one e-mail address")
    make_mail(3, state=MailState.AWAITING_RETRY, last_error="550 odd")

    for _time in range(2):
        take_in_refusals(lambda mail: followed.append(mail.id))

    assert followed == [refused.id]


# ---- Settings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "pop3://me@host",
        "imap://me:geheim@mail.example/INBOX",
        "imaps:///INBOX",
        "maildir:",
        "maildir://host/x",
        "imaps://me@host/INBOX?fast",
    ],
)
def test_a_mailbox_that_cannot_be_or_is_unsafe_is_refused(url):
    with pytest.raises(ValueError, match=r"must be|needs") as refusal:
        read_box_url(url)
    assert "geheim" not in str(refusal.value)


def test_the_parts_of_a_mailbox_are_read():
    found = read_box_url("imaps://bounces%40a.example:p%2Fw@mail.example/R%C3%BCck")

    assert (found.host, found.port, found.place) == ("mail.example", 993, "Rück")
    assert (found.user, found.password) == ("bounces@a.example", "p/w")
    assert "p/w" not in repr(found)


def test_our_own_reports_look_like_real_ones():
    parsed = message_from_bytes(report(EVA))

    assert parsed.get_content_type() == "multipart/report"
    assert [part.get_content_type() for part in parsed.get_payload()] == [
        "text/plain",
        "message/delivery-status",
        "text/rfc822-headers",
    ]
