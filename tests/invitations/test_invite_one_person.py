"""One person is invited by the rules of all waves, from the event or from the contact."""

import re
from datetime import timedelta

import pytest
from factories import make_contact, make_event, make_host, make_invitation, make_wave
from registrations.support import latest_mail, mail_kinds
from sqlalchemy import func, select
from statements import statement_count

from eventapp.accounts.audit import SYSTEM
from eventapp.contacts.actions import block_contact
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import NotFound, Stale
from eventapp.foundation.outbox import OutboxMail
from eventapp.invitations import queries
from eventapp.invitations.actions import (
    change_standing_words,
    draft_wave,
    invite_person,
    preview_person,
)
from eventapp.invitations.errors import CannotInvite, NotReadyToSend
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.requests import WaveDraft, WaveWords
from eventapp.invitations.selection import Reason
from eventapp.invitations.states import InvitationState
from eventapp.registrations.trail import trail_of


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host)


def address(event, more: str = "") -> str:
    return f"/organise/{event.slug}/invitations/single{more}"


def waves() -> list[Wave]:
    return list(db.session.scalars(select(Wave).order_by(Wave.number)))


def test_the_person_is_invited_at_once_with_a_link_and_a_mail_that_does_not_wait(app):
    event = make_event()
    contact = make_contact(event.host)

    invitation = invite_person(event, contact, by="test")

    assert (invitation.state, invitation.contact_id) == (InvitationState.SENT, contact.id)
    assert invitation.reply_by_on == event.reply_by_on
    assert mail_kinds() == [(contact.email, "invitation")]
    assert f"/i/{invitation.public_id}.1" in latest_mail().text
    assert latest_mail().bulk is False
    assert [str(step.what) for step in trail_of(invitation) if not step.mail] == ["Eingeladen"]


def test_a_contact_that_a_colleague_has_deleted_is_not_found(event):
    contact = make_contact(event.host)
    with transaction():
        db.session.delete(contact)

    with pytest.raises(NotFound):
        invite_person(event, contact, by=SYSTEM)


def test_all_such_people_share_one_standing_wave_beside_the_others(app):
    event = make_event()
    first, second = (invite_person(event, make_contact(event.host), by="test") for _ in range(2))

    assert first.wave_id == second.wave_id
    assert first.wave.is_standing
    draft = WaveDraft(name="Erste", list_ids=frozenset(), subject_de="E", body_de="{link}")
    assert draft_wave(event, draft, by="test").number == 1
    assert [wave.number for wave in queries.waves_of(event)] == [1, 0]


def test_looking_stores_nothing(app):
    event = make_event()
    contact = make_contact(event.host)

    with statement_count() as sent:
        preview = preview_person(event, contact)

    assert {one.split()[0] for one in sent} <= {"BEGIN", "SELECT"}
    assert (preview.reason, preview.problem, waves()) == (None, None, [])
    assert preview.mail.text.startswith("Sehr geehrte Frau Meisterbernd")


def test_the_words_are_those_of_the_latest_wave_until_they_get_their_own(app):
    event = make_event()
    make_wave(event, number=1, subject_de="Alte Worte")
    make_wave(event, number=2, subject_de="Neue Worte")
    contact = make_contact(event.host)

    before = preview_person(event, contact).mail.subject
    words = WaveWords(subject_de="Nachzügler", body_de="{link}")
    change_standing_words(event, words, seen_version=0, by="test")
    invite_person(event, contact, by="test")

    assert (before, latest_mail().subject) == ("Neue Worte", "Nachzügler")


def test_two_colleagues_do_not_overwrite_each_others_words(app):
    event = make_event()
    words = WaveWords(subject_de="Einladung", body_de="{link}")
    change_standing_words(event, words, seen_version=0, by="test")

    with pytest.raises(Stale):
        change_standing_words(event, words, seen_version=0, by="test")


def refused_contacts(event) -> dict[Reason, object]:
    blocked = make_contact(event.host)
    block_contact(blocked, reason="", actor="test")
    invited, withdrawn = make_contact(event.host), make_contact(event.host)
    make_invitation(event, invited)
    make_invitation(event, withdrawn, state=InvitationState.WITHDRAWN)
    person = {"first_name": "Eva", "last_name": "Öhm", "email": "eva@werk.example"}
    make_invitation(event, make_contact(event.host, **person))
    return {
        Reason.BLOCKED: blocked,
        Reason.ALREADY_INVITED: invited,
        Reason.NO_EMAIL: make_contact(event.host, email=""),
        Reason.BAD_ADDRESS: make_contact(event.host, email="post@amt-e.-v.example"),
        Reason.UNDELIVERABLE: make_contact(event.host, undeliverable_at=clock.now()),
        Reason.DUPLICATE: make_contact(event.host, **person),
    }


def test_whom_a_wave_leaves_out_is_left_out_here_too_with_the_same_reason(app):
    event = make_event()
    contacts = refused_contacts(event)
    before = db.session.scalar(select(func.count(Invitation.id)))

    reasons = {preview_person(event, one).reason for one in contacts.values()}
    for contact in contacts.values():
        with pytest.raises(CannotInvite):
            invite_person(event, contact, by="test")

    assert reasons == set(Reason)
    assert db.session.scalar(select(func.count(Invitation.id))) == before
    assert mail_kinds() == []


@pytest.mark.parametrize(
    "given",
    [
        {"state": EventState.DRAFT},
        {"state": EventState.CANCELLED},
        {"starts_at": clock.now() - timedelta(hours=1)},
        {"reply_by_on": clock.now().date() - timedelta(days=2)},
    ],
    ids=["draft", "called off", "begun", "deadline over"],
)
def test_when_no_wave_could_go_out_nobody_is_invited_singly(app, given):
    event = make_event(**given)
    contact = make_contact(event.host)

    assert preview_person(event, contact).problem is not None
    with pytest.raises(NotReadyToSend):
        invite_person(event, contact, by="test")
    assert waves() == []


def test_after_the_deadline_a_later_one_of_its_own_opens_the_way(app):
    event = make_event(reply_by_on=clock.now().date() - timedelta(days=2))
    later = clock.today(event.zone) + timedelta(days=3)
    words = WaveWords(subject_de="Einladung", body_de="{link} {reply_by}", reply_by_on=later)
    change_standing_words(event, words, seen_version=0, by="test")

    invitation = invite_person(event, make_contact(event.host), by="test")

    assert invitation.reply_by_on == later


def test_from_the_search_over_the_real_mail_to_the_invitation(event, client):
    contact = make_contact(event.host, first_name="Jörg", last_name="Müßig")

    found = client.get(address(event, "?q=muessig")).text
    shown = client.get(address(event, f"/{contact.id}")).text
    frame = client.get(address(event, f"/{contact.id}/mail"))
    sent = client.post(address(event, f"/{contact.id}/send"), follow_redirects=True).text

    assert f'href="{address(event, f"/{contact.id}")}"' in found
    assert f'<iframe src="{address(event, f"/{contact.id}/mail")}"' in shown
    assert "Sehr geehrte Frau Müßig" in frame.text
    assert frame.headers["Content-Security-Policy"].startswith("sandbox;")
    assert "Die Einladung an Jörg Müßig ist unterwegs." in sent
    assert mail_kinds() == [(contact.email, "invitation")]


def test_a_second_click_sends_nothing_and_leads_to_the_invitation(event, client):
    contact = make_contact(event.host)
    client.post(address(event, f"/{contact.id}/send"))

    page = client.post(address(event, f"/{contact.id}/send"), follow_redirects=True).text

    assert "Diese Person ist schon eingeladen" in page
    assert f"/invitations/{db.session.scalar(select(Invitation.id))}" in page
    assert len(mail_kinds()) == 1


def test_the_search_says_of_each_why_not(event, client):
    refused_contacts(event)

    page = client.get(address(event, "?q=werk.example")).text

    assert "Möchte keine Einladungen" in page
    assert "Mails an diese Adresse kamen zurück" in page
    assert "ohne Antwort" in page
    assert "Doppelt in den Verteilern oder unter einem anderen Eintrag eingeladen" in page


def test_the_search_needs_the_same_statements_for_3_people_and_30(event, client):
    counts = []
    for size in (3, 27):
        for _ in range(size):
            make_contact(event.host, city="Olpe")
        db.session.expire_all()
        with statement_count() as sent:
            client.get(address(event, "?q=olpe"))
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_the_words_are_changed_by_form_and_keep_what_was_typed(event, client):
    good = {"subject_de": "Einladung", "body_de": "{salutation}\n\n{link}", "seen": "0"}

    wrong = client.post(address(event, "/words"), data=good | {"body_de": "Ohne alles"}).text
    saved = client.post(address(event, "/words"), data=good)
    late = client.post(address(event, "/words"), data=good)

    assert "Ohne alles" in wrong
    assert 'href="#body_de"' in wrong
    assert (saved.status_code, late.status_code) == (303, 409)
    assert queries.standing_wave(event).subject_de == "Einladung"


def test_a_contact_shows_to_which_events_it_can_be_invited(event, client):
    contact = make_contact(event.host)
    other = make_event(event.host, title_de="Anderes Fest")
    make_event(event.host, title_de="Entwurf", state=EventState.DRAFT)
    make_invitation(other, contact, state=InvitationState.DECLINED)

    page = client.get(f"/organise/contacts/{contact.id}/invite").text

    assert f'href="{address(event, f"/{contact.id}")}"' in page
    assert re.search(r"Anderes Fest.*abgesagt", page, re.DOTALL)
    assert "Entwurf" not in page
    assert f'href="/organise/contacts/{contact.id}/invite"' in (
        client.get(f"/organise/contacts/{contact.id}").text
    )


def test_people_invited_singly_are_found_on_the_board_and_among_the_waves(event, client):
    contact = make_contact(event.host, last_name="Einzel")
    make_invitation(event, make_contact(event.host, last_name="Welle"), wave=make_wave(event))
    invite_person(event, contact, by="test")

    board = client.get(f"/organise/{event.slug}/invitations?wave=0").text
    listed = client.get(f"/organise/{event.slug}/invitations/waves").text

    assert "Einzel</b>" in board
    assert "Welle</b>" not in board
    assert f'href="{address(event)}"' in listed
    assert client.get(f"/organise/{event.slug}/invitations/waves/0").status_code == 404
    assert client.get(f"/organise/{event.slug}/").status_code == 200


def test_t01_t02_nobody_is_invited_across_organisations(event, client):
    stranger = make_contact(make_host())
    foreign = make_event()

    for path in (
        address(event, f"/{stranger.id}"),
        address(foreign, f"/{make_contact(foreign.host).id}"),
    ):
        assert client.get(path).status_code == 404
        assert client.get(f"{path}/mail").status_code == 404
        assert client.post(f"{path}/send").status_code == 404
    assert client.get(f"/organise/contacts/{stranger.id}/invite").status_code == 404
    assert db.session.scalar(select(func.count(OutboxMail.id))) == 0
