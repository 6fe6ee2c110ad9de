"""From the outbox to the server: what waits, what goes, what comes back."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from factories import make_event, make_registration
from flask import Flask
from mail_sink import CUT, OK, mail_sink
from sqlalchemy import Engine, NullPool, create_engine, text
from statements import statement_count

from eventapp.foundation import clock, delivery
from eventapp.foundation.database import db, transaction
from eventapp.foundation.delivery import Tally, deliver_due, pause_after, retry_now
from eventapp.foundation.errors import Refused
from eventapp.foundation.mail_links import link_placeholder
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.settings import SecretStr
from eventapp.foundation.tokens import LinkKind, sign
from eventapp.registrations.mails import queue_acceptance

MINUTE = timedelta(minutes=1)


def make_mail(number: int = 1, **given) -> OutboxMail:
    mail = OutboxMail(
        **{
            "message_id": f"<{number}@agentur.example>",
            "scope": "event:1",
            "kind": "test",
            "to_email": f"gast-{number}@werk.example",
            "subject": f"Mail {number}",
            "text": "Guten Tag\n",
        }
        | given
    )
    with transaction():
        db.session.add(mail)
    return mail


@pytest.fixture
def smtp(app: Flask, monkeypatch):
    """Point the application to a sink; gives the function that does it."""

    def use(sink, **more) -> None:
        url = SecretStr(getattr(sink, "url", sink))
        settings = replace(app.config["SETTINGS"], **{"smtp_url": url} | more)
        monkeypatch.setitem(app.config, "SETTINGS", settings)

    return use


def answers(**by_name: str):
    """Answer for recipients by the part before the @, on their first attempt only."""

    def script(recipient: str, attempt: int) -> str:
        name = recipient.partition("@")[0].replace("-", "_")
        return by_name.get(name, OK) if attempt == 1 else OK

    return script


def test_a_mail_goes_out_once_and_is_marked(app, smtp):
    mail = make_mail()
    with mail_sink() as sink:
        smtp(sink)

        first, second = deliver_due(), deliver_due()

    assert (first, second) == (Tally(sent=1), Tally())
    assert sink.message_ids == ["<1@agentur.example>"]
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 0, "")
    assert mail.sent_at is not None
    assert mail.leased_until is None


def test_links_work_in_the_mail_and_nowhere_else(app, smtp):
    """T-09: a copy of the database opens no link."""
    link = link_placeholder(LinkKind.INVITATION, "abc", 2)
    mail = make_mail(
        text=f"Ihr Link: {link}\n",
        html=f'<a href="{link}">Antworten</a>',
        headers={"List-Unsubscribe": f"<{link}>"},
    )
    with mail_sink() as sink:
        smtp(sink, base_url="https://events.example")
        deliver_due()

    works = f"https://events.example/i/{sign(LinkKind.INVITATION, 'abc', 2)}"
    message = sink.arrived[0]
    assert works in message.get_body(("plain",)).get_content()
    assert f'href="{works}"' in message.get_body(("html",)).get_content()
    assert message["List-Unsubscribe"] == f"<{works}>"
    db.session.refresh(mail)
    assert works not in mail.text + mail.html + str(mail.headers)


def test_an_international_domain_gets_its_mail(app, smtp):
    mail = make_mail(to_email="post@büro.example")
    with mail_sink() as sink:
        smtp(sink)
        deliver_due()

    assert sink.recipients == ["post@xn--bro-hoa.example"]
    assert mail.state is MailState.SENT


def test_without_a_server_mails_are_kept_here_for_good(app, smtp):
    mail = make_mail()
    assert deliver_due() == Tally(kept=1)

    with mail_sink() as sink:
        smtp(sink)
        assert deliver_due() == Tally()

    assert mail.state is MailState.KEPT
    assert sink.arrived == []


def test_the_demo_sends_nothing_even_with_a_server(app, smtp):
    """T-80."""
    make_mail()
    with mail_sink() as sink:
        smtp(sink, demo=True)
        deliver_due()

    assert sink.arrived == []


def test_t80_a_test_system_with_real_addresses_writes_to_testers_only(app, smtp):
    own, foreign = make_mail(1, to_email="eva@agentur.example"), make_mail(2)
    with mail_sink() as sink:
        smtp(sink, mail_only_to="@agentur.example")

        assert deliver_due() == Tally(sent=1, kept=1)

        assert sink.recipients == ["eva@agentur.example"]
    assert (own.state, foreign.state) == (MailState.SENT, MailState.KEPT)


def test_urgent_mails_overtake_a_large_mailing(app, smtp):
    for number in range(1, 4):
        make_mail(number, bulk=True)
    make_mail(4)
    with mail_sink() as sink:
        smtp(sink)
        deliver_due()

    assert sink.recipients[0] == "gast-4@werk.example"


def test_one_bad_address_stops_nobody_else(app, smtp):
    """T-73."""
    mails = [make_mail(number) for number in range(1, 6)]
    with mail_sink(at_recipient=answers(gast_3="550 5.1.1 no such user")) as sink:
        smtp(sink)

        assert deliver_due() == Tally(sent=4, failed=1)

    assert (mails[2].state, mails[2].last_error) == (MailState.FAILED, "550 5.1.1 no such user")
    assert {mail.state for mail in mails if mail is not mails[2]} == {MailState.SENT}


@pytest.mark.parametrize("answer", ["421 closing", "450 greylisted", "451 later", "552 full"])
def test_what_was_not_taken_is_tried_again_later(app, smtp, answer):
    """T-72."""
    mail = make_mail()
    now = clock.now()
    with mail_sink(script=answers(gast_1=answer)) as sink:
        smtp(sink)
        with clock.held(now):
            assert deliver_due() == Tally(deferred=1)
            assert deliver_due() == Tally()
            assert (mail.state, mail.attempts) == (MailState.AWAITING_RETRY, 1)
            assert mail.last_error.startswith(answer[:3])
        with clock.held(now + 2 * MINUTE):
            assert deliver_due() == Tally(sent=1)

    assert (mail.state, mail.last_error) == (MailState.SENT, "")


def test_pauses_double_up_to_two_hours_and_are_never_in_step():
    minutes = [pause_after(attempts) / MINUTE for attempts in range(1, 30)]

    expected = [min(2.0**attempt, 120) for attempt in range(29)]
    assert all(0.8 * e <= m <= 1.2 * e for m, e in zip(minutes, expected, strict=True))
    assert len({pause_after(3) for _ in range(20)}) > 1


def test_after_a_day_and_a_half_it_is_given_up_and_said(app, smtp):
    """T-72."""
    mail = make_mail()
    now = clock.now()
    with mail_sink(script=lambda _to, _attempt: "451 later") as sink:
        smtp(sink)
        while mail.state is not MailState.FAILED:
            with clock.held(mail.next_attempt_at):
                deliver_due()
                given_up_at = clock.now()

    assert mail.attempts == delivery.MOST_ATTEMPTS
    assert timedelta(hours=24) < given_up_at - now < timedelta(hours=48)


def test_a_server_that_is_away_costs_one_look_not_one_for_each_mail(app, smtp):
    """T-74."""
    mails = [make_mail(number) for number in range(1, 4)]
    with mail_sink() as sink:
        smtp(sink)

    assert deliver_due() == Tally(deferred=3)
    assert {mail.state for mail in mails} == {MailState.AWAITING_RETRY}


def test_a_line_cut_after_the_text_makes_one_duplicate_with_the_same_id(app, smtp):
    """T-75."""
    make_mail()
    now = clock.now()
    with mail_sink(script=answers(gast_1=CUT)) as sink:
        smtp(sink)
        with clock.held(now):
            deliver_due()
        with clock.held(now + 2 * MINUTE):
            deliver_due()

    assert sink.message_ids == ["<1@agentur.example>", "<1@agentur.example>"]


def test_a_mail_that_cannot_be_a_message_fails_alone(app, smtp):
    """T-78."""
    broken = make_mail(1, attachments=[{"filename": "x", "content_type": "kaputt", "body": ""}])
    make_mail(2)
    with mail_sink() as sink:
        smtp(sink)

        assert deliver_due() == Tally(sent=1, failed=1)

    assert broken.state is MailState.FAILED


def test_the_mails_of_a_dead_worker_go_out_when_its_lease_has_run_out(app, smtp):
    """T-76."""
    mail = make_mail(
        state=MailState.INFLIGHT, lease_id="dead", leased_until=clock.now() + delivery.LEASE
    )
    with mail_sink() as sink:
        smtp(sink)
        assert deliver_due() == Tally()
        with clock.held(clock.now() + delivery.LEASE + MINUTE):
            assert deliver_due() == Tally(sent=1)

    assert sink.message_ids == [mail.message_id]


def test_a_worker_that_lost_its_lease_overwrites_nothing(app):
    mail = make_mail(
        state=MailState.INFLIGHT, lease_id="other", leased_until=clock.now() + delivery.LEASE
    )
    db.session.expunge(mail)
    mail.lease_id = "mine"

    delivery._settle(mail, MailState.FAILED, last_error="x")

    assert db.session.get(OutboxMail, mail.id).state is MailState.INFLIGHT


def cut_all_lines(to: Engine) -> None:
    """As when the database is started anew; a file cannot be cut off."""
    if to.dialect.name != "postgresql":
        return
    with create_engine(to.url, poolclass=NullPool).connect() as line:
        line.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def test_a_database_that_was_away_while_a_mail_went_out_doubles_nothing(app, smtp):
    for number in range(1, 4):
        make_mail(number)
    db.session.remove()
    engine = db.engine

    def cutting(_recipient: str, _attempt: int) -> str:
        cut_all_lines(to=engine)
        return OK

    with mail_sink(script=cutting) as sink:
        smtp(sink)

        assert deliver_due() == Tally(sent=3)
        assert deliver_due() == Tally()

    assert sorted(sink.message_ids) == [f"<{number}@agentur.example>" for number in range(1, 4)]


def test_being_asked_to_stop_gives_the_rest_back(app, smtp):
    mails = [make_mail(number) for number in range(1, 5)]
    with mail_sink() as sink:
        smtp(sink)

        assert deliver_due(stopping=lambda: len(sink.arrived) >= 2) == Tally(sent=2)

    assert [mail.state for mail in mails] == [MailState.SENT] * 2 + [MailState.QUEUED] * 2


def test_no_mail_is_begun_with_a_lease_that_runs_out(app, smtp, monkeypatch):
    monkeypatch.setattr(delivery, "LEASE", timedelta(seconds=30))
    mail = make_mail()
    with mail_sink() as sink:
        smtp(sink)
        deliver_due(stopping=iter([False, False, True, True]).__next__)

    assert sink.arrived == []
    assert mail.state is MailState.QUEUED


def test_two_workers_send_each_mail_once(app, smtp):
    numbers = range(1, 61)
    for number in numbers:
        make_mail(number)
    with mail_sink(pause=0.002) as sink:
        smtp(sink)

        def work() -> None:
            with app.app_context():
                deliver_due()
                db.session.remove()

        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    assert sorted(sink.message_ids) == sorted(f"<{number}@agentur.example>" for number in numbers)
    assert sink.connections == 2


def test_a_mail_is_retried_by_hand(app, smtp):
    mail = make_mail(state=MailState.FAILED, attempts=24, last_error="550 no")
    retry_now(mail)
    with mail_sink() as sink:
        smtp(sink)

        assert deliver_due() == Tally(sent=1)

    assert mail.state is MailState.SENT


@pytest.mark.parametrize(
    "state", [MailState.SENT, MailState.KEPT, MailState.INFLIGHT, MailState.QUEUED]
)
def test_only_what_failed_or_waits_can_be_retried(app, state):
    mail = make_mail(state=state)

    with pytest.raises(Refused):
        retry_now(mail)


def test_delivering_costs_two_statements_a_mail(app, smtp):
    def statements_for(count: int) -> int:
        for number in range(count):
            make_mail(number + 100 * count)
        with mail_sink() as sink, statement_count() as statements:
            smtp(sink)
            deliver_due()
        return len(statements)

    assert statements_for(6) - statements_for(3) <= 3 * 2


def test_a_registrations_confirmation_arrives_with_its_calendar_file(app, smtp):
    registration = make_registration(make_event())
    with transaction():
        queue_acceptance(registration)
    with mail_sink() as sink:
        smtp(sink)
        deliver_due()

    message = sink.arrived[0]
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert message["Auto-Submitted"] == "auto-generated"
