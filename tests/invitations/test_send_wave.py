"""From the draft of a wave to its mails."""

from datetime import timedelta

import pytest
from factories import make_contact, make_event, make_host, make_invitation, make_list
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from statements import statement_count

from eventapp.events import mails
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.errors import Stale
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations import queries
from eventapp.invitations.actions import change_wave, draft_wave, preview_wave, send_wave
from eventapp.invitations.errors import NoSuchStep, NotReadyToSend, WaveHasChanged
from eventapp.invitations.models import Invitation
from eventapp.invitations.requests import WaveDraft
from eventapp.invitations.selection import Reason
from eventapp.invitations.states import InvitationState, WaveState

BODY = "{salutation},\n\nkommen Sie bis {reply_by} zu {event}?\n\n{link}\n\nGruß"


def words(*lists, **given) -> WaveDraft:
    return WaveDraft(
        **{
            "name": "Fachverteiler",
            "list_ids": frozenset(one.id for one in lists),
            "subject_de": "Einladung: {event}",
            "body_de": BODY,
        }
        | given
    )


def wave_for(event, *contacts, **given):
    return draft_wave(event, words(make_list(event.host, *contacts), **given), by="test")


def mails_sent() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_a_wave_invites_everybody_on_its_lists_once(app):
    event = make_event()
    eva, jan, ada = (make_contact(event.host) for _ in range(3))
    lists = [make_list(event.host, eva, jan), make_list(event.host, jan, ada)]
    wave = draft_wave(event, words(*lists), by="test")

    count = send_wave(wave, expected=3, by="test")

    invitations = db.session.scalars(select(Invitation)).all()
    assert count == 3
    assert {one.contact_id for one in invitations} == {eva.id, jan.id, ada.id}
    assert {one.state for one in invitations} == {InvitationState.SENT}
    assert {mail.to_email for mail in mails_sent()} == {eva.email, jan.email, ada.email}
    assert wave.state is WaveState.SENT


def test_sending_twice_doubles_nothing(app):
    """T-50, T-79."""
    event = make_event()
    wave = wave_for(event, make_contact(event.host))

    assert send_wave(wave, expected=1, by="test") == 1
    assert send_wave(wave, expected=1, by="test") == 0

    assert len(mails_sent()) == 1


def test_a_crash_half_way_leaves_nothing_and_the_next_try_sends_all(app, monkeypatch):
    """T-50, T-77."""
    event = make_event()
    wave = wave_for(event, *(make_contact(event.host) for _ in range(5)))
    real = mails.queue_mail
    calls = []

    def dies_at_the_third(**given):
        calls.append(given)
        if len(calls) == 3:
            raise OperationalError("power", {}, Exception("cut"))
        return real(**given)

    monkeypatch.setattr(mails, "queue_mail", dies_at_the_third)
    with pytest.raises(OperationalError):
        send_wave(wave, expected=5, by="test")
    assert db.session.scalar(select(func.count(Invitation.id))) == 0
    assert mails_sent() == []

    assert send_wave(wave, expected=5, by="test") == 5
    assert len(mails_sent()) == 5


def test_the_preview_says_who_is_left_out_and_why(app):
    """T-79."""
    event = make_event()
    invited = make_contact(event.host)
    make_invitation(event, invited)
    blocked = make_contact(event.host, blocked_at=clock.now())
    silent = make_contact(event.host, email="")
    misspelt = make_contact(event.host, email="post@altes-amt-e.-v.example")
    first = make_contact(event.host, last_name="Öhm", email="oehm@x.example")
    twin = make_contact(event.host, last_name="Öhm", email="OEHM@x.example ")

    preview = preview_wave(wave_for(event, invited, blocked, silent, misspelt, first, twin))

    chosen = [one.contact_id for one in preview.selection.chosen]
    reasons = {one.candidate.contact_id: one.reason for one in preview.selection.left_out}
    assert chosen == [first.id]
    assert reasons == {
        invited.id: Reason.ALREADY_INVITED,
        blocked.id: Reason.BLOCKED,
        silent.id: Reason.NO_EMAIL,
        misspelt.id: Reason.BAD_ADDRESS,
        twin.id: Reason.DUPLICATE,
    }


def test_three_real_letters_are_shown_with_their_salutations(app):
    event = make_event()
    wave = wave_for(
        event,
        *(
            make_contact(event.host, title="Dr.", last_name=name)
            for name in ("Ahl", "Böe", "Cis", "D")
        ),
    )

    samples = preview_wave(wave).samples

    lines = [f"Sehr geehrte Frau Dr. {name}," for name in ("Ahl", "Böe", "Cis")]
    assert [one.text.partition("\n")[0] for one in samples] == lines
    assert all(line in one.html for line, one in zip(lines, samples, strict=True))
    assert "link.invalid" not in samples[0].text + samples[0].html


def test_a_preview_writes_nothing(app):
    event = make_event()
    wave = wave_for(event, make_contact(event.host))

    with statement_count() as sent:
        preview_wave(wave)

    assert {one.split()[0] for one in sent} <= {"BEGIN", "SELECT"}


def test_each_person_reads_their_own_language(app):
    event = make_event()
    wave = wave_for(
        event,
        make_contact(event.host, locale="en", first_name="Ann", last_name="Lee"),
        subject_en="Invitation: {event}",
        body_en="{salutation},\n\n{link}",
    )

    send_wave(wave, expected=1, by="test")

    mail = mails_sent()[0]
    assert mail.subject == "Invitation: Fachimpuls “Light”"
    assert mail.text.startswith("Dear Ann Lee,")


def test_without_english_words_the_german_ones_go_out(app):
    event = make_event()
    wave = wave_for(event, make_contact(event.host, locale="en"))

    send_wave(wave, expected=1, by="test")

    assert mails_sent()[0].subject.startswith("Einladung: ")


def test_what_a_name_holds_is_never_a_placeholder_or_markup(app):
    event = make_event()
    wave = wave_for(
        event,
        make_contact(
            event.host,
            form_of_address="none",
            first_name="{link}",
            last_name="<b>{event}</b> {{ 7 * 7 }} %s",
        ),
    )

    send_wave(wave, expected=1, by="test")

    mail = mails_sent()[0]
    assert mail.text.startswith("Guten Tag {link} <b>{event}</b> {{ 7 * 7 }} %s,")
    assert "{link} &lt;b&gt;{event}&lt;/b&gt; {{ 7 * 7 }} %s" in mail.html


def test_the_link_stands_as_a_button_and_its_secret_is_not_stored(app):
    event = make_event()
    wave = wave_for(event, make_contact(event.host))

    send_wave(wave, expected=1, by="test")

    invitation = db.session.scalars(select(Invitation)).one()
    mail = mails_sent()[0]
    assert f'"https://link.invalid/i/{invitation.public_id}.1' in mail.html
    assert 'class="button"' in mail.html
    assert invitation.token.partition(".")[2] not in mail.text + mail.html


def test_a_wave_whose_number_has_changed_since_the_preview_is_not_sent(app):
    """T-79."""
    event = make_event()
    wave = wave_for(event, make_contact(event.host))

    with pytest.raises(WaveHasChanged):
        send_wave(wave, expected=2, by="test")

    assert mails_sent() == []


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CANCELLED, EventState.ENDED])
def test_nobody_is_invited_to_an_event_that_is_not_public_or_not_to_come(app, state):
    event = make_event(state=state)
    wave = wave_for(event, make_contact(event.host))

    with pytest.raises(NotReadyToSend):
        send_wave(wave, expected=1, by="test")


def test_a_deadline_in_the_past_is_refused(app):
    event = make_event()
    yesterday = clock.today(event.zone) - timedelta(days=1)
    wave = wave_for(event, make_contact(event.host), reply_by_on=yesterday)

    with pytest.raises(NotReadyToSend):
        send_wave(wave, expected=1, by="test")


def test_lists_of_another_host_are_ignored(app):
    event, stranger = make_event(), make_host()
    foreign = make_list(stranger, make_contact(stranger))

    wave = draft_wave(event, words(foreign), by="test")

    assert preview_wave(wave).selection.chosen == ()


def test_two_colleagues_do_not_overwrite_each_other(app):
    """T-52."""
    event = make_event()
    wave = wave_for(event, make_contact(event.host))
    seen = wave.version
    change_wave(wave, words(*wave.lists, name="Erste"), seen_version=seen, by="test")

    with pytest.raises(Stale):
        change_wave(wave, words(*wave.lists, name="Zweite"), seen_version=seen, by="test")

    assert queries.wave_of_event(event, wave.number).name == "Erste"


def test_a_sent_wave_cannot_be_changed(app):
    event = make_event()
    wave = wave_for(event, make_contact(event.host))
    send_wave(wave, expected=1, by="test")

    with pytest.raises(NoSuchStep):
        change_wave(wave, words(*wave.lists), seen_version=wave.version, by="test")


def test_sending_needs_few_statements_whatever_the_number(app):
    counts = []
    for size in (3, 60):
        event = make_event()
        wave = wave_for(event, *(make_contact(event.host) for _ in range(size)))
        db.session.expire_all()
        with statement_count() as sent:
            send_wave(wave, expected=size, by="test")
        counts.append(len([one for one in sent if "INTO outbox_mail" not in one]))

    assert counts[1] == counts[0]
