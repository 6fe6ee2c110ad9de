"""`eventapp mails`: figures and delivery for people and for cron."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from factories import make_event, make_registration, moment
from mail_sink import mail_sink
from notices.support import emails, reviewed, silent, when_due, written_to
from sqlalchemy import select

from eventapp.cli.mails import mails
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.settings import SecretStr
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState as S


def make_mail(number: int, **given) -> OutboxMail:
    mail = OutboxMail(
        **{
            "message_id": f"<{number}@agentur.example>",
            "scope": "event:1",
            "kind": "test",
            "to_email": f"gast-{number}@werk.example",
            "subject": "Mail",
            "text": "Guten Tag\n",
        }
        | given
    )
    with transaction():
        db.session.add(mail)
    return mail


@pytest.fixture
def run(app):
    return lambda *arguments: app.test_cli_runner().invoke(mails, arguments)


def test_status_counts_mails_by_state(run):
    make_mail(1)
    make_mail(2, state=MailState.SENT)

    result = run("status", "--json")

    figures = json.loads(result.stdout)
    assert result.exit_code == 0
    assert figures["counts"] == {
        "queued": 1,
        "inflight": 0,
        "awaiting_retry": 0,
        "sent": 1,
        "failed": 0,
        "kept": 0,
        "recalled": 0,
        "returned": 0,
        "stopped": 0,
    }
    assert (figures["due"], figures["server"]) == (1, False)


def test_status_is_a_table_for_people(run):
    make_mail(1)

    result = run("status")

    assert "queued                 1" in result.stdout
    assert "No mail server is set" in result.stdout


def test_failed_mails_and_mails_that_wait_for_long_are_a_fault(run):
    make_mail(1, state=MailState.FAILED)
    assert run("status").exit_code == 1
    with transaction():
        db.session.query(OutboxMail).delete()

    make_mail(2, next_attempt_at=clock.now() - timedelta(hours=2))
    assert run("status").exit_code == 1


def test_send_delivers_what_is_due_and_tells(run, app, monkeypatch):
    for number in range(3):
        make_mail(number)
    make_mail(9, state=MailState.AWAITING_RETRY, next_attempt_at=moment("2099-01-01T00:00"))
    with mail_sink() as sink:
        settings = replace(app.config["SETTINGS"], smtp_url=SecretStr(sink.url))
        monkeypatch.setitem(app.config, "SETTINGS", settings)

        first = run("send", "--limit", "2", "--json")
        second = run("send")

    assert json.loads(first.stdout) == {
        "sent": 2,
        "deferred": 0,
        "failed": 0,
        "kept": 0,
        "recalled": 0,
    }
    assert second.stdout == "1 sent, 0 to be tried again, 0 failed, 0 kept here\n"
    assert (first.exit_code, second.exit_code) == (0, 0)


def test_send_ends_with_a_fault_where_a_mail_was_refused(run, app, monkeypatch):
    make_mail(1)
    with mail_sink(at_recipient=lambda _to, _attempt: "550 no") as sink:
        settings = replace(app.config["SETTINGS"], smtp_url=SecretStr(sink.url))
        monkeypatch.setitem(app.config, "SETTINGS", settings)

        assert run("send").exit_code == 1


def test_send_does_what_the_worker_does_in_a_round(run, app):
    """Whoever has no worker but cron: reminders go out, places are passed on, old things go."""
    event = make_event(capacity=1)
    people = silent(event, 2)
    reviewed(event)
    taken = make_registration(event, offer_expires_at=when_due(event), state=S.OFFERED)
    make_registration(event, state=S.UNCONFIRMED)

    with clock.held(when_due(event)):
        result = run("send")

    db.session.expire_all()
    assert result.exit_code == 0
    assert sorted(written_to()) == sorted(emails(people))
    assert taken.email in db.session.scalars(select(OutboxMail.to_email)).all()
    assert set(db.session.scalars(select(OutboxMail.state))) == {MailState.KEPT}
    assert db.session.scalars(select(Registration.state)).all() == [S.EXPIRED]
