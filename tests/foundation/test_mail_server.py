"""Handing mails over to servers that answer well, badly, late, or not at all."""

import time

import pytest
from mail_sink import CUT, HANG, OK, mail_sink

from eventapp.foundation import mail_server
from eventapp.foundation.mail_server import (
    Deferred,
    Encryption,
    MailServer,
    Postman,
    Rejected,
    ServerAway,
    read_smtp_url,
)

MESSAGE = b"Subject: x\r\nMessage-ID: <1@a.example>\r\n\r\nGuten Tag\r\n.\r\n.. Punkt\r\n"


def hand(postman: Postman, recipient: str = "gast@werk.example") -> None:
    postman.hand_over(MESSAGE, sender="noreply@agentur.example", recipient=recipient)


def postman_for(sink, **given) -> Postman:
    return Postman(read_smtp_url(sink.url), own_name="events.example", **given)


def answering(answer: str, *, to: str = ""):
    """Give this answer to the first attempt, where `to` is named only for that recipient."""

    def script(recipient: str, attempt: int) -> str:
        return answer if attempt == 1 and recipient.startswith(to) else OK

    return script


def test_many_mails_go_over_one_line():
    with mail_sink() as sink, postman_for(sink) as postman:
        for number in range(5):
            hand(postman, f"gast-{number}@werk.example")

    assert sink.recipients == [f"gast-{number}@werk.example" for number in range(5)]
    assert sink.connections == 1
    assert sink.arrived[0].get_payload() == "Guten Tag\r\n.\r\n.. Punkt\r\n"


def test_a_letter_without_a_last_line_end_gets_one():
    with mail_sink() as sink, postman_for(sink) as postman:
        postman.hand_over(b"Subject: x\r\n\r\n.", sender="a@b.example", recipient="c@d.example")

    assert sink.arrived[0].get_payload() == ".\r\n"


@pytest.mark.parametrize("answer", [(250, b"fine"), (399, b"what"), (503, b"no recipients")])
def test_a_server_that_does_not_ask_for_the_letter_has_not_got_it(monkeypatch, answer):
    with mail_sink() as sink, postman_for(sink) as postman:
        hand(postman)
        ask = postman._smtp.docmd
        said = {"DATA": answer}
        monkeypatch.setattr(
            postman._smtp, "docmd", lambda *words: said.get(words[0]) or ask(*words)
        )

        with pytest.raises(Rejected if answer[0] >= 500 else Deferred, match=str(answer[0])):
            hand(postman)

    assert len(sink.arrived) == 1


@pytest.mark.parametrize(
    "answer", ["421 closing", "450 busy", "451 local error", "452 full", "552 mailbox full"]
)
@pytest.mark.parametrize("step", ["script", "at_recipient"])
def test_not_now_is_not_never(answer, step):
    """T-72."""
    with mail_sink(**{step: answering(answer)}) as sink, postman_for(sink) as postman:
        with pytest.raises(Deferred, match=answer[:3]):
            hand(postman)
        hand(postman)

    assert sink.recipients == ["gast@werk.example"]


@pytest.mark.parametrize("step", ["script", "at_recipient"])
def test_no_means_no_for_this_mail_only(step):
    """T-73."""
    script = answering("550 no such user", to="fort")
    with mail_sink(**{step: script}) as sink, postman_for(sink) as postman:
        with pytest.raises(Rejected, match="550 no such user"):
            hand(postman, "fort@werk.example")
        hand(postman, "da@werk.example")

    assert sink.recipients == ["da@werk.example"]
    assert sink.connections == 1


def test_an_address_that_is_no_word_for_a_server_spoils_no_other_mail():
    with mail_sink() as sink, postman_for(sink) as postman:
        with pytest.raises(ValueError, match="newline"):
            hand(postman, "a@b.example>\r\nRCPT TO:<c@d.example")
        hand(postman)

    assert sink.recipients == ["gast@werk.example"]


def test_a_line_cut_before_the_text_leaves_the_mail_for_later():
    """T-74."""
    with mail_sink(at_recipient=answering(CUT)) as sink, postman_for(sink) as postman:
        with pytest.raises(Deferred):
            hand(postman)
        hand(postman)

    assert len(sink.arrived) == 1


def test_a_line_cut_after_the_text_is_not_tried_again_at_once():
    """T-75: nobody knows whether it was taken."""
    with mail_sink(script=answering(CUT)) as sink, postman_for(sink) as postman:
        with pytest.raises(Deferred):
            hand(postman)

        assert len(sink.arrived) == 1


def test_a_line_that_was_closed_between_two_mails_is_opened_again():
    with mail_sink() as sink, postman_for(sink) as postman:
        hand(postman, "eins@werk.example")
        postman._smtp.sock.shutdown(2)
        hand(postman, "zwei@werk.example")

    assert sink.recipients == ["eins@werk.example", "zwei@werk.example"]
    assert sink.connections == 2


def test_a_line_stays_open_for_the_mails_of_the_next_seconds(monkeypatch):
    with mail_sink() as sink, postman_for(sink) as postman:
        hand(postman)
        postman.rest()
        hand(postman)
        assert sink.connections == 1

        monkeypatch.setattr(mail_server, "IDLE_SECONDS", 0)
        postman.rest()
        hand(postman)

    assert sink.connections == 2
    assert len(sink.arrived) == 3


def test_nobody_guards_a_line_that_is_closed(monkeypatch):
    monkeypatch.setattr(mail_server, "GUARD_SECONDS", 0.01)
    with mail_sink() as sink, postman_for(sink) as postman:
        hand(postman)
        guard = postman._guard
        assert guard.is_alive()
        postman.hang_up()
        guard.join(30)
        assert not guard.is_alive()

        hand(postman)  # with another one

    assert sink.connections == 2


def test_a_server_that_says_nothing_holds_nobody_for_long():
    """T-74: here a second, in real life fifty; the server would say nothing for thirty."""
    with mail_sink(script=answering(HANG)) as sink, postman_for(sink, mail_seconds=1) as postman:
        began = time.monotonic()
        with pytest.raises(Deferred):
            hand(postman)

    assert time.monotonic() - began < 20


def test_every_step_is_limited_to_less_than_a_minute():
    """T-74."""
    assert mail_server.CONNECT_SECONDS + mail_server.MAIL_SECONDS <= 60


def test_nobody_there():
    with mail_sink() as sink:
        closed = postman_for(sink)

    with closed as postman, pytest.raises(ServerAway):
        hand(postman)


def test_a_server_that_wants_a_password_is_a_matter_for_all_mails():
    with (
        mail_sink(at_recipient=answering("530 authentication required")) as sink,
        postman_for(sink) as postman,
        pytest.raises(ServerAway, match="530"),
    ):
        hand(postman)


def test_starttls_is_not_given_up_silently():
    with mail_sink() as sink:
        server = MailServer("127.0.0.1", sink.port, encryption=Encryption.STARTTLS)
        with Postman(server, own_name="x.example") as postman, pytest.raises(ServerAway):
            hand(postman)

    assert sink.arrived == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://127.0.0.1:1025", MailServer("127.0.0.1", 1025)),
        ("smtp://mail.example", MailServer("mail.example", 25)),
        (
            "smtp://mail.example?starttls",
            MailServer("mail.example", 587, encryption=Encryption.STARTTLS),
        ),
        (
            "smtps://ich%40b.example:p%2Fw@mail.example",
            MailServer("mail.example", 465, "ich@b.example", "p/w", Encryption.TLS),
        ),
    ],
)
def test_the_setting_is_one_address(url, expected):
    assert read_smtp_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example?startls",
        "smtp://me:secret@mail.example",
        "smtp://mail.example:abc",
    ],
)
def test_a_setting_that_is_wrong_or_unsafe_is_refused(url):
    with pytest.raises(ValueError, match=r"must be like|needs smtps|Port"):
        read_smtp_url(url)
