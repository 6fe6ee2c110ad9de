"""What a mail that came back does to the invitation and the contact, and to nobody else."""

from dataclasses import replace

import pytest
from factories import make_contact, make_event, make_host, make_list
from invitations.waves import drafted_wave, sent_wave
from mail_sink import OK, mail_sink
from returned_mails import Box, report
from sqlalchemy import select

from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.models import AuditEntry
from eventapp.contacts.actions import change_address
from eventapp.foundation.database import db, transaction
from eventapp.foundation.delivery import deliver_due
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.settings import SecretStr
from eventapp.invitations.actions import (
    invite_person,
    preview_wave,
    resend_link,
    take_in_undelivered,
)
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import invitation_by_public_id
from eventapp.invitations.selection import Reason
from eventapp.invitations.states import InvitationState
from eventapp.registrations.actions import accept_invitation


def use(app, monkeypatch, **settings):
    changed = replace(app.config["SETTINGS"], **settings)
    monkeypatch.setitem(app.config, "SETTINGS", changed)


@pytest.fixture
def box(app, monkeypatch, tmp_path):
    own = Box(tmp_path / "returned")
    own.put()
    use(app, monkeypatch, bounce_url=SecretStr(own.url))
    return own


def delivered(invitation: Invitation) -> OutboxMail:
    """The latest mail about an invitation, which the server has taken."""
    mail = db.session.scalars(
        select(OutboxMail)
        .where(OutboxMail.about == f"i/{invitation.public_id}")
        .order_by(OutboxMail.id.desc())
    ).first()
    with transaction():
        mail.state = MailState.SENT
    return mail


def invited(event, **given):
    return invite_person(event, make_contact(event.host, **given), by="test")


def entries(action):
    return db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)).all()


def test_an_invitation_that_came_back_is_undeliverable_with_its_reason(app, box):
    event = make_event()
    invitation = invited(event, email="eva@werk.example")
    box.put(report("eva@werk.example", delivered(invitation).message_id))

    take_in_undelivered()
    take_in_undelivered()

    assert invitation.state is InvitationState.UNDELIVERABLE
    assert invitation.contact.undeliverable_at is not None
    (entry,) = entries("invitation.undeliverable")
    assert (entry.actor, entry.reason) == (SYSTEM, "5.1.1 550 5.1.1 User unknown")
    assert len(entries("contact.undeliverable")) == 1


def test_whoever_cannot_be_reached_is_left_out_of_the_next_wave(app, box):
    event = make_event()
    invitation = invited(event, email="eva@werk.example")
    box.put(report("eva@werk.example", delivered(invitation).message_id))
    take_in_undelivered()

    next_event = make_event(event.host)
    preview = preview_wave(drafted_wave(next_event, invitation.contact))

    assert [one.reason for one in preview.selection.left_out] == [Reason.UNDELIVERABLE]


def test_a_report_about_the_old_address_does_not_touch_the_corrected_one(app, box):
    event = make_event()
    invitation = invited(event, email="falsch@werk.example")
    old = delivered(invitation)
    change_address(invitation.contact, "eva@werk.example", actor="test")
    resend_link(invitation, by="test")
    box.put(report("falsch@werk.example", old.message_id))

    take_in_undelivered()

    assert old.state is MailState.RETURNED
    assert invitation.state is InvitationState.SENT
    assert invitation.contact.undeliverable_at is None


def test_an_answer_that_was_given_stays_and_only_the_address_is_marked(app, box):
    event = make_event()
    invitation = invited(event, email="eva@werk.example")
    mail = delivered(invitation)
    accept_invitation(invitation)
    box.put(report("eva@werk.example", mail.message_id))

    take_in_undelivered()

    assert invitation.state is InvitationState.ACCEPTED
    assert invitation.contact.undeliverable_at is not None


def test_the_same_address_at_another_host_is_not_touched(app, box):
    event = make_event()
    invitation = invited(event, email="eva@werk.example")
    other = make_contact(make_host(slug="andere"), email="eva@werk.example")
    box.put(report("eva@werk.example", delivered(invitation).message_id))

    take_in_undelivered()

    assert other.undeliverable_at is None


def test_t73_one_refusal_among_many_is_marked_and_the_others_go_out(app, monkeypatch):
    event = make_event()
    people = [make_contact(event.host, email=f"gast{n}@werk.example") for n in range(30)]
    sent_wave(event, *people)

    def script(recipient, _attempt):
        return "550 5.1.1 no such user" if recipient.startswith("gast7@") else OK

    with mail_sink(at_recipient=script) as sink:
        use(app, monkeypatch, smtp_url=SecretStr(sink.url))
        tally = deliver_due()
    take_in_undelivered()

    assert (tally.sent, tally.failed) == (29, 1)
    marked = db.session.scalars(
        select(Invitation).where(Invitation.state == InvitationState.UNDELIVERABLE)
    ).all()
    assert [one.contact.email for one in marked] == ["gast7@werk.example"]
    assert len(entries("invitation.undeliverable")) == 1


def test_t73_a_server_that_refuses_us_puts_nobody_on_a_list_of_dead_addresses(app, monkeypatch):
    event = make_event()
    people = [make_contact(event.host, email=f"gast{n}@werk.example") for n in range(3)]
    sent_wave(event, *people)
    with mail_sink(at_recipient=lambda *_: "550 5.7.1 relaying denied") as sink:
        use(app, monkeypatch, smtp_url=SecretStr(sink.url))
        deliver_due()

    take_in_undelivered()

    db.session.expire_all()
    assert [one.undeliverable_at for one in people] == [None] * 3
    assert {one.state for one in db.session.scalars(select(Invitation))} == {
        InvitationState.UNDELIVERABLE
    }


def test_a_wrong_address_is_marked_corrected_and_written_to_again(app, box):
    event = make_event()
    invitation = invited(event, email="falsch@werk.example")
    box.put(report("falsch@werk.example", delivered(invitation).message_id))
    take_in_undelivered()
    first_token = invitation.token

    change_address(invitation.contact, "eva@werk.example", actor="test")
    resend_link(invitation, by="test")

    assert invitation.state is InvitationState.SENT
    assert invitation.contact.undeliverable_at is None
    assert delivered(invitation).to_email == "eva@werk.example"
    assert invitation_by_public_id(invitation.public_id).token != first_token


def test_the_same_address_again_keeps_the_link(app):
    invitation = invited(make_event(), email="eva@werk.example")
    token = invitation.token

    resend_link(invitation, by="test")

    assert invitation.token == token


def test_a_mail_of_the_organisation_alone_marks_nobody(app, box):
    host = make_host()
    make_list(host, make_contact(host, email="eva@werk.example"))
    mail = OutboxMail(
        message_id=f"<{7:032x}@agentur.example>", scope=f"host:{host.id}", kind="test",
        to_email="eva@werk.example", subject="x", text="x", state=MailState.SENT,
    )  # fmt: skip
    with transaction():
        db.session.add(mail)
    box.put(report("eva@werk.example", mail.message_id))

    take_in_undelivered()

    assert mail.state is MailState.RETURNED
    assert entries("contact.undeliverable") == []
