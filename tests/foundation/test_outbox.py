"""Queueing: one transaction with the change, rendered once, nothing in it opens a link."""

from datetime import date

import pytest
from factories import make_event, make_invitation, make_registration
from flask import Flask, render_template_string
from jinja2 import ChoiceLoader, DictLoader, UndefinedError
from sqlalchemy import func, select

from eventapp.foundation import outbox
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_states import ARROWS, MailState, may_become
from eventapp.foundation.outbox import Address, Attachment, OutboxMail, queue_mail
from eventapp.foundation.tokens import LinkKind, sign
from eventapp.invitations.mails import queue_link
from eventapp.registrations.mails import queue_acceptance

DAY = date(2026, 12, 13)
NASTY = [
    "{event.__class__}",
    "{{7*7}}",
    "%(x)s",
    "{link}",
    "{% raw %}",
    "<script>x</script>",
    "${7*7}",
    "#{7*7}",
    "https://link.invalid/r/abc.1",
]


@pytest.fixture
def template(app: Flask, monkeypatch) -> str:
    """A mail with a subject, a text and an HTML part that show the value `name`."""
    words = {
        "test/mail.txt": '{% extends "layout/mail.txt" %}{% block subject %}Für {{ name }}'
        "{% endblock %}{% block body %}Hallo {{ name }}{% endblock %}",
        "test/mail.html": '{% extends "layout/mail.html" %}{% block body %}<p>Hallo {{ name }}</p>'
        "{% endblock %}",
        "test/plain.txt": '{% extends "layout/mail.txt" %}{% block subject %}Text{% endblock %}',
        "test/day.txt": '{% extends "layout/mail.txt" %}{% block body %}Deutsch am '
        "{{ day|format_day }}{% endblock %}",
        "test/broken.txt": '{% extends "layout/mail.txt" %}{% block subject %}{{ a.b.c }}'
        "{% endblock %}",
    }
    loader = ChoiceLoader([app.jinja_loader, DictLoader(words)])
    monkeypatch.setattr(app.jinja_env, "loader", loader)
    return "test/mail.txt"


def queue(template: str, name: str = "Gast", **given) -> OutboxMail:
    with transaction():
        queue_mail(
            **{
                "to": Address("gast@werk.example", name),
                "template": template,
                "values": {"name": name, "day": DAY},
                "locale": "de",
                "scope": "event:1",
            }
            | given
        )
    if "dedupe_key" in given:
        return db.session.scalars(
            select(OutboxMail).where(OutboxMail.dedupe_key == given["dedupe_key"])
        ).one()
    return db.session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()).limit(1)).one()


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(OutboxMail)) or 0


def test_a_mail_is_rendered_when_it_is_queued(template):
    mail = queue(template, "Claudia", values={"name": "Claudia", "owner": "Agentur"})

    assert (mail.subject, mail.from_name, mail.state) == (
        "Für Claudia",
        "Agentur",
        MailState.QUEUED,
    )
    assert mail.text.startswith("Hallo Claudia\n")
    assert "<p style=" in mail.html
    assert "Hallo Claudia</p>" in mail.html


def test_a_mail_without_html_is_plain_text(template):
    assert queue("test/plain.txt").html == ""


@pytest.mark.parametrize("name", NASTY)
def test_values_are_never_templates(template, name):
    """T-28: literal in subject and text, escaped in HTML."""
    mail = queue(template, name)

    assert mail.subject == f"Für {name}"
    assert f"Hallo {name}\n" in mail.text
    assert render_template_string("Hallo {{ name }}</p>", name=name) in mail.html.replace(
        "&quot;", "&#34;"
    ).replace("&#x27;", "&#39;")


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\x00", "\x0b"])
def test_names_and_subjects_are_one_line(template, break_):
    """T-29."""
    mail = queue(template, f"Gast{break_}Bcc: alle@werk.example", reply_to=f"a@b.example{break_}x")

    for line in (mail.subject, mail.to_name, mail.reply_to):
        assert len(line.splitlines()) == 1
        assert "\x00" not in line


@pytest.mark.parametrize(
    "email", ["", "a@b.example, c@d.example", '"a" <b@c.example>', "ä@b.example"]
)
def test_what_is_not_one_address_fails_where_everybody_sees_it(template, email):
    """T-30."""
    mail = queue(template, to=Address(email, "Gast"))

    assert (mail.state, mail.last_error) == (MailState.FAILED, outbox.UNUSABLE_ADDRESS)


def test_a_broken_template_queues_nothing(template):
    """T-78."""
    with pytest.raises(UndefinedError):
        queue("test/broken.txt")

    assert count() == 0


def test_attachments_too_large_for_mail_servers_are_refused(template):
    """T-78."""
    with pytest.raises(ValueError, match="larger"):
        queue(template, attachments=[Attachment("x.pdf", "application/pdf", b"x" * 30_000_000)])

    assert count() == 0


def test_a_mail_of_a_change_that_was_taken_back_never_was(template):
    """T-77."""

    def change() -> None:
        with transaction():
            queue(template)
            raise RuntimeError("the change failed")

    with pytest.raises(RuntimeError, match="change"):
        change()

    assert count() == 0


def test_a_change_whose_mail_fails_never_was(template):
    """T-77, the other way round."""
    event = make_event()

    def change() -> None:
        with transaction():
            event.title_de = "Neu"
            queue("test/broken.txt")

    with pytest.raises(UndefinedError):
        change()

    db.session.refresh(event)
    assert event.title_de != "Neu"


def test_a_queue_that_is_down_stops_no_request(template, app, monkeypatch):
    """T-83: the mail is there, the worker finds it by itself."""
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setattr("eventapp.foundation.wake.Bell.ring", lambda _bell: 1 / 0)

    queue(template)

    assert count() == 1


def test_the_same_key_is_queued_once(template):
    first = queue(template, dedupe_key="links:1")
    second = queue(template, dedupe_key="links:1")
    other = queue(template, dedupe_key="links:2")

    assert second is first
    assert other is not first
    assert count() == 2


def test_message_ids_are_random_and_name_no_machine(template):
    mails = [queue(template), queue(template)]

    assert mails[0].message_id != mails[1].message_id
    assert all(mail.message_id.endswith("@localhost.example>") for mail in mails)


def test_a_copy_of_the_database_opens_no_link(app):
    """T-09: no table holds a token, although mails with links have been queued."""
    event = make_event()
    invitation, registration = make_invitation(event), make_registration(event)
    with transaction():
        queue_link(invitation, locale="de")
        queue_acceptance(registration)
    secrets = [
        sign(LinkKind.INVITATION, invitation.public_id, invitation.link_generation),
        sign(LinkKind.REGISTRATION, registration.public_id, registration.link_generation),
    ]

    dump = "\n".join(
        repr(tuple(row))
        for table in db.metadata.sorted_tables
        for row in db.session.execute(select(table))
    )

    assert registration.public_id in dump
    for secret in secrets:
        assert secret not in dump
        assert secret.rpartition(".")[2] not in dump


def test_every_state_has_its_arrows_and_one_is_final():
    assert set(ARROWS) == set(MailState)
    assert {state for state, targets in ARROWS.items() if not targets} == {MailState.KEPT}
    assert not may_become(MailState.SENT, MailState.QUEUED)


def test_mails_speak_the_recipients_language_not_the_pages(template, app):
    with app.test_request_context("/?lang=en"):
        assert "Deutsch am So., 13.12.2026" in queue("test/day.txt", locale="de").text
        assert "Deutsch am Sun 13 Dec 2026" in queue("test/day.txt", locale="en").text
