"""T-79: a wave that goes to the wrong list is stopped, goes on, or is taken back."""

import threading
from dataclasses import replace

import pytest
from factories import make_contact, make_event
from invitations.waves import drafted_wave, sent_wave
from mail_sink import mail_sink
from sqlalchemy import func, select

from eventapp.contacts.actions import block_contact
from eventapp.foundation import delivery
from eventapp.foundation.database import db, transaction
from eventapp.foundation.delivery import deliver_due, retry_now
from eventapp.foundation.errors import Refused
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.settings import SecretStr
from eventapp.invitations.actions import continue_wave, preview_wave, stop_wave, take_back_unsent
from eventapp.invitations.errors import NoSuchStep
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState, WaveState
from eventapp.registrations.actions import accept_invitation


def states() -> list[MailState]:
    return list(db.session.scalars(select(OutboxMail.state).order_by(OutboxMail.id)))


def people(event, count=3):
    return [make_contact(event.host, email=f"gast{n}@werk.example") for n in range(count)]


def test_t79_what_has_not_left_is_held_back(app):
    event = make_event()
    wave = sent_wave(event, *people(event))

    assert stop_wave(wave, by="test") == 3

    assert states() == [MailState.STOPPED] * 3
    assert wave.state is WaveState.PAUSED
    assert deliver_due().total == 0


def test_t79_going_on_leaves_out_who_objected_or_answered_meanwhile(app):
    event = make_event()
    eva, jan, ada = people(event)
    wave = sent_wave(event, eva, jan, ada)
    stop_wave(wave, by="test")
    block_contact(eva, reason="", actor="test")
    answered = db.session.scalars(select(Invitation).filter_by(contact_id=jan.id)).one()
    accept_invitation(answered)

    assert continue_wave(wave, by="test") == 1

    waiting = db.session.scalars(
        select(OutboxMail.to_email).where(
            OutboxMail.state == MailState.QUEUED, OutboxMail.batch == wave.batch
        )
    ).all()
    assert waiting == [ada.email]
    assert wave.state is WaveState.SENT


def test_t79_taken_back_is_as_if_nobody_had_been_invited(app):
    event = make_event()
    eva, jan, ada = people(event)
    wave = sent_wave(event, eva, jan, ada)
    with transaction():
        db.session.scalars(
            select(OutboxMail).filter_by(to_email=eva.email)
        ).one().state = MailState.SENT
    stop_wave(wave, by="test")
    answered = db.session.scalars(select(Invitation).filter_by(contact_id=jan.id)).one()
    accept_invitation(answered)

    assert take_back_unsent(wave, by="test") == 1

    left = db.session.scalars(select(Invitation).order_by(Invitation.contact_id)).all()
    assert [one.contact_id for one in left] == [eva.id, jan.id]
    mail = db.session.scalars(select(OutboxMail).filter_by(to_email=ada.email)).one()
    assert mail.state is MailState.RECALLED
    with pytest.raises(Refused):
        retry_now(mail)
    again = preview_wave(drafted_wave(event, ada))
    assert [one.contact_id for one in again.selection.chosen] == [ada.id]


def test_a_draft_cannot_be_stopped_and_what_runs_cannot_go_on(app):
    event = make_event()
    draft = drafted_wave(event, *people(event))

    with pytest.raises(NoSuchStep):
        stop_wave(draft, by="test")
    with pytest.raises(NoSuchStep):
        continue_wave(draft, by="test")


def test_t79_stopping_takes_effect_within_five_seconds_while_a_worker_sends(app, monkeypatch):
    """T-79: the worker looks each second, so after the mail on its way two more may leave, at half
    a second each, however busy the machine is."""
    event = make_event()
    wave = sent_wave(event, *people(event, 20))
    with mail_sink(pause=0.5) as sink:
        changed = replace(app.config["SETTINGS"], smtp_url=SecretStr(sink.url))
        monkeypatch.setitem(app.config, "SETTINGS", changed)

        def work():
            with app.app_context():
                deliver_due()
                db.session.remove()

        worker = threading.Thread(target=work)
        worker.start()
        assert sink.wait_for(2)
        stop_wave(wave, by="test")
        before = len(sink.arrived)
        worker.join(60)
        arrived = len(sink.arrived)

    db.session.expire_all()
    held = db.session.scalar(select(func.count()).where(OutboxMail.state == MailState.STOPPED))
    assert not worker.is_alive()
    assert delivery.LOOK_SECONDS == 1
    assert arrived <= before + 3
    assert arrived + held == 20
    assert (
        db.session.scalar(select(func.count()).where(Invitation.state == InvitationState.SENT))
        == 20
    )


def test_the_page_of_a_wave_stops_it_and_takes_it_back(client, organiser):
    event = make_event(organiser.memberships[0].host)
    wave = sent_wave(event, *people(event))
    address = f"/organise/{event.slug}/invitations/waves/{wave.number}"

    assert "Versand anhalten" in client.get(address).text
    page = client.post(f"{address}/stop", follow_redirects=True).text
    assert "3 Mails sind angehalten." in page
    assert "Einladungen zurücknehmen" in page
    page = client.post(f"{address}/take-back", follow_redirects=True).text

    assert "3 Einladungen sind zurückgenommen" in page
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0
