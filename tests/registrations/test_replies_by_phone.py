"""What staff notes for people who call: with whom they come, who comes instead, without a mail."""

import re

import pytest
from factories import (
    make_contact,
    make_event,
    make_invitation,
    make_question,
    make_registration,
)
from registrations.support import all_registrations, mail_kinds, places
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.invitations.states import InvitationState
from eventapp.registrations import actions
from eventapp.registrations.requests import Mailing
from eventapp.registrations.states import RegistrationState


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host, companions_allowed=2)


@pytest.fixture
def invitation(event):
    return make_invitation(event, make_contact(event.host, last_name="Öhm"))


def address(invitation, rest=""):
    return f"/organise/{invitation.event.slug}/invitations/{invitation.id}{rest}"


def stored(invitation):
    db.session.expire_all()
    return invitation.state


def ticked(page, name):
    return "checked" in re.search(rf'<input[^>]*id="{name}"[^>]*>', page)[0]


def test_enter_in_the_note_chooses_nothing_and_loses_nothing(client, invitation):
    page = client.get(address(invitation)).text
    form = page[page.index(address(invitation, "/reply")) :]
    assert "name=" not in re.search(r"<button[^>]*>", form)[0]  # what Enter presses

    answer = client.post(
        address(invitation, "/reply"),
        data={
            "note": "hat abgesagt",
            "company": "1",
            "companion_first_1": "Ida",
            "companion_last_1": "Ohm",
        },
    )

    assert answer.status_code == 422
    assert "Bitte wählen Sie eine der Möglichkeiten" in answer.text
    assert 'value="hat abgesagt"' in answer.text
    assert 'value="Ida"' in answer.text
    assert not ticked(answer.text, "tell")
    assert stored(invitation) is InvitationState.SENT
    assert all_registrations() == []


def test_whoever_calls_brings_companions_as_on_their_own_page(client, event, invitation):
    data = {"answer": "yes", "tell": "y", "companion_first_1": "Ida", "companion_last_1": "Ohm"}

    page = client.post(address(invitation, "/reply"), data=data, follow_redirects=True).text

    guest = all_registrations()[0]
    assert "Eingetragen: bestätigt. Bringt mit: Ida Ohm." in page
    assert f'/guests/{guest.id}"><bdi>Ida Ohm</bdi></a>' in page
    assert [one.full_name for one in all_registrations()][1:] == ["Ida Ohm"]
    assert places(event) == (2, 2)
    assert mail_kinds() == [(invitation.person.email, "confirmation")]
    assert "Kommt in Begleitung" not in page


def test_nobody_is_asked_about_companions_where_none_may_come(client, organiser):
    plain = make_event(organiser.memberships[0].host)
    page = client.get(address(make_invitation(plain, make_contact(plain.host)))).text

    assert "companion_first_1" not in page


def test_a_party_that_finds_no_room_is_told_so_and_nothing_is_lost(client, event, invitation):
    with transaction():
        event.capacity, event.waiting_list = 1, False

    answer = client.post(
        address(invitation, "/reply"),
        data={"answer": "yes", "note": "zu zweit", "companion_first_1": "Ida"},
    )

    assert answer.status_code == 409
    assert 'value="zu zweit"' in answer.text
    assert 'value="Ida"' in answer.text
    assert all_registrations() == []


@pytest.mark.parametrize("meanwhile", ["guest", "colleague"])
def test_who_was_entered_is_not_dropped_when_an_answer_came_meanwhile(
    client, event, invitation, meanwhile
):
    data = {
        "answer": "yes",
        "company": "1",
        "companion_first_1": "Ida",
        "companion_last_1": "Ohm",
        "note": "am Telefon",
    }
    if meanwhile == "guest":
        actions.accept_invitation(invitation)
    else:
        client.post(address(invitation, "/reply"), data=data | {"companion_first_1": "Eva"})
    before = [one.full_name for one in all_registrations()]

    answer = client.post(address(invitation, "/reply"), data=data)

    assert answer.status_code == 409
    assert "inzwischen" in answer.text
    assert all(f'value="{word}"' in answer.text for word in ("Ida", "Ohm", "am Telefon"))
    assert [one.full_name for one in all_registrations()] == before


def test_the_same_reply_twice_changes_nothing(client, event, invitation):
    data = {"answer": "yes", "companion_first_1": "Ida", "companion_last_1": "Ohm"}

    codes = [client.post(address(invitation, "/reply"), data=data).status_code for _ in range(2)]

    assert codes == [303, 303]
    assert places(event) == (2, 2)


@pytest.mark.parametrize(("data", "kinds"), [({}, []), ({"tell": "y"}, ["regret"])])
def test_a_regret_is_mailed_only_if_it_is_ticked(client, invitation, data, kinds):
    client.post(address(invitation, "/reply"), data={"answer": "no"} | data)

    assert stored(invitation) is InvitationState.DECLINED
    assert [kind for _to, kind in mail_kinds()] == kinds


def test_the_tick_is_on_but_for_who_wants_no_mails(client, event, invitation):
    blocked = make_invitation(event, make_contact(event.host, blocked_at=clock.now()))
    objects = make_invitation(event, make_contact(event.host), no_mail_at=clock.now())

    assert ticked(client.get(address(invitation)).text, "tell")
    assert not ticked(client.get(address(blocked)).text, "tell")
    assert not ticked(client.get(address(objects)).text, "instead_tell")


def test_what_was_noted_without_a_mail_is_undone_without_one(app, invitation, organiser):
    actions.decline_invitation(invitation, by=organiser, mailing=Mailing.NONE)
    step = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()

    actions.take_reply_back(invitation, step, by=organiser)

    assert stored(invitation) is InvitationState.SENT
    assert mail_kinds() == []


INSTEAD = {
    "instead_first_name": "Ludmila",
    "instead_last_name": "Frøhlich",
    "instead_email": "ludmila@werk.example",
    "instead_note": "Anruf, Frau Öhm",
}


def test_a_substitute_is_named_by_phone_with_the_place(client, event, invitation, organiser):
    actions.accept_invitation(invitation)
    before = mail_kinds()

    page = client.post(address(invitation, "/substitute"), data=INSTEAD | {"instead_tell": "y"})
    page = client.get(page.location).text

    assert "Ludmila Frøhlich kommt stattdessen" in page
    assert "Vertretung benannt, vom Team eingetragen" in page
    assert "Anruf, Frau Öhm" in page
    assert organiser.name in page
    assert places(event) == (1, 1)
    old, heir = all_registrations()
    assert (old.state, heir.state) == (RegistrationState.REPLACED, RegistrationState.CONFIRMED)
    assert mail_kinds()[len(before) :] == [
        ("ludmila@werk.example", "substitute"),
        (invitation.person.email, "substitute_notice"),
    ]


def test_without_the_tick_only_the_substitute_is_written_to(client, invitation):
    client.post(address(invitation, "/substitute"), data=INSTEAD)

    assert stored(invitation) is InvitationState.SUBSTITUTED
    assert mail_kinds() == [("ludmila@werk.example", "substitute")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"instead_email": "ludmila"}, "kein @"),
        ({"instead_last_name": ""}, "Bitte füllen Sie dieses Feld aus"),
    ],
)
def test_what_is_wrong_with_a_substitute_stands_at_the_field(client, invitation, given, said):
    answer = client.post(address(invitation, "/substitute"), data=INSTEAD | given)

    assert answer.status_code == 422
    assert "Anruf, Frau Öhm" in answer.text
    assert stored(invitation) is InvitationState.SENT


def test_the_guest_cannot_be_the_own_substitute(client, invitation):
    person = invitation.person
    own = {
        "instead_first_name": person.first_name,
        "instead_last_name": person.last_name,
        "instead_email": person.email,
    }

    answer = client.post(address(invitation, "/substitute"), data=own)

    assert answer.status_code == 422
    assert 'id="instead_email-error"' in answer.text


def test_no_substitute_for_who_has_declined_after_the_deadline(client, event, invitation):
    with transaction():
        invitation.reply_by_on = clock.today(event.zone).replace(year=2020)

    assert "instead_email" not in client.get(address(invitation)).text
    answer = client.post(address(invitation, "/substitute"), data=INSTEAD)
    assert answer.status_code == 409
    assert mail_kinds() == []


def test_open_questions_are_named_and_lead_to_answering_for_the_guest(client, event, invitation):
    make_question(event, label_de="Anreise", required=True)

    page = client.post(
        address(invitation, "/reply"), data={"answer": "yes"}, follow_redirects=True
    ).text

    assert "Eine Frage ist offen" in page
    assert "Anreise" in page
    [guest] = all_registrations()
    note = f"/organise/{event.slug}/guests/{guest.id}/questions"
    assert note in page
    assert client.get(note).status_code == 200


def guest_address(guest, rest=""):
    return f"/organise/{guest.event.slug}/guests/{guest.id}{rest}"


def test_who_wants_no_mails_is_shown_and_written_to_only_with_a_second_yes(client, event):
    guest = make_registration(event)
    make_contact(event.host, email=guest.email, blocked_at=clock.now())

    page = client.get(guest_address(guest)).text
    refused = client.post(guest_address(guest, "/mail"))
    assert "Möchte keine Einladungen mehr" in page
    assert refused.status_code == 422
    assert "Bitte kreuzen Sie an" in refused.text
    assert mail_kinds() == []

    client.post(guest_address(guest, "/mail"), data={"despite": "y"})

    assert mail_kinds() == [(guest.email, "confirmation")]


def test_a_guest_is_cancelled_without_a_mail(client, event):
    guest, other = make_registration(event), make_registration(event)

    client.post(guest_address(guest, "/cancel"), data={"reason": "rief an"})
    client.post(guest_address(other, "/cancel"), data={"reason": "rief an", "cancel_tell": "y"})

    assert places(event) == (0, 0)
    assert mail_kinds() == [(other.email, "regret")]
