"""Undoing on a page: what it means, the button, and why it is too late."""

from datetime import timedelta

import pytest
from factories import make_account, make_event, make_invitation, make_registration, make_session

from eventapp.accounts.audit import record_change
from eventapp.accounts.states import Role
from eventapp.events.actions import archive_event, close_registration
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.invitations.states import InvitationState
from eventapp.programme.actions import cancel_session, delete_draft_session
from eventapp.programme.models import Session
from eventapp.programme.states import SessionState
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    confirm_place,
)
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.trail_queries import latest_change_of


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host, capacity=1)


def address(event, kind, number):
    return f"/organise/{event.slug}/undo/{latest_change_of(kind, number).id}"


@pytest.fixture
def cancelled(event, organiser):
    guest = accept_invitation(make_invitation(event))
    cancel_registration(guest, by=organiser)
    return guest


def test_the_page_says_what_was_done_and_what_undoing_means_and_changes_nothing(
    client, event, cancelled
):
    page = client.get(address(event, "registration", cancelled.id))

    assert page.status_code == 200
    assert f"Sönke Vaßholz storniert für {cancelled.name}." in page.text
    assert "Der Gast hat den Platz wieder" in page.text
    assert cancelled.state is RegistrationState.CANCELLED


def test_the_button_undoes_it_and_leads_back_to_the_home(client, event, cancelled):
    answer = client.post(address(event, "registration", cancelled.id))

    assert (answer.status_code, answer.location) == (303, f"/organise/{event.slug}/")
    db.session.refresh(cancelled)
    assert cancelled.state is RegistrationState.CONFIRMED
    home = client.get(answer.location).text
    assert "Die Stornierung ist rückgängig gemacht." in home
    assert f"macht die Stornierung von {cancelled.name} rückgängig." in home


def test_the_home_and_the_guest_s_page_lead_there(client, event, cancelled):
    way = address(event, "registration", cancelled.id)

    for page in ("", f"guests/{cancelled.id}"):
        assert f'href="{way}"' in client.get(f"/organise/{event.slug}/{page}").text


def test_twice_is_refused_with_the_reason(client, event, cancelled):
    way = address(event, "registration", cancelled.id)
    client.post(way)

    again = client.post(way)

    assert again.status_code == 409
    assert "Seitdem ist etwas anderes geschehen: Stornierung rückgängig gemacht" in again.text
    assert "Sönke Vaßholz" in again.text


def test_after_a_day_it_is_too_late(client, event, organiser):
    with transaction():
        event.created_at = clock.now() - timedelta(days=9)
    guest = accept_invitation(make_invitation(event))
    with clock.held(clock.now() - timedelta(hours=25)):
        cancel_registration(guest, by=organiser)
    way = address(event, "registration", guest.id)

    assert "Es ist länger als 24 Stunden her." in client.get(way).text
    assert client.post(way).status_code == 409
    assert guest.state is RegistrationState.CANCELLED


def test_a_place_that_is_gone_is_said_plainly(client, event, cancelled):
    make_registration(event)

    refused = client.post(address(event, "registration", cancelled.id))

    assert refused.status_code == 409
    assert "Niemandem wird ein Platz versprochen" in refused.text


def test_what_a_guest_did_is_not_undone_by_staff(client, event):
    guest = accept_invitation(make_invitation(event))
    cancel_registration(guest)
    way = address(event, "registration", guest.id)

    assert "lässt sich nicht rückgängig machen" in client.get(way).text
    assert client.post(way).status_code == 409


def test_steps_of_other_kinds_are_not_undone(client, event, organiser):
    close_registration(event, by=organiser)

    assert client.post(address(event, "event", event.id)).status_code == 409


def test_t01_steps_of_other_events_and_hosts_are_not_found(client, event, cancelled, sign_in):
    sibling = make_event(event.host)
    foreign = make_event()
    number = latest_change_of("registration", cancelled.id).id

    assert client.get(f"/organise/{sibling.slug}/undo/{number}").status_code == 404
    assert client.get(f"/organise/{foreign.slug}/undo/{number}").status_code == 404
    sign_in(client, make_account())
    assert client.post(f"/organise/{event.slug}/undo/{number}").status_code == 404


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FRONTDESK])
def test_who_only_looks_cannot_undo(client, event, cancelled, sign_in, role):
    sign_in(client, make_account(event.host, role))

    assert client.post(address(event, "registration", cancelled.id)).status_code == 403


def test_a_mark_of_undeliverable_is_taken_off(client, event, organiser):
    invitation = make_invitation(event)
    client.post(f"/organise/{event.slug}/invitations/{invitation.id}/undeliverable")

    client.post(address(event, "invitation", invitation.id))

    db.session.refresh(invitation)
    assert invitation.state is InvitationState.SENT


def test_a_reply_by_phone_is_taken_back(client, event):
    invitation = make_invitation(event)
    client.post(f"/organise/{event.slug}/invitations/{invitation.id}/reply", data={"answer": "yes"})
    way = address(event, "invitation", invitation.id)
    assert way in client.get(f"/organise/{event.slug}/invitations/{invitation.id}").text

    assert client.post(way).status_code == 303

    db.session.refresh(invitation)
    assert invitation.state is InvitationState.SENT


def test_a_cancelled_session_takes_place_after_all(client, event, organiser):
    session = make_session(event)
    cancel_session(session, by=organiser)
    way = address(event, "session", session.id)
    assert way in client.get(f"/organise/{event.slug}/programme/{session.id}").text

    client.post(way)

    db.session.refresh(session)
    assert session.state is SessionState.PUBLISHED


def test_a_deleted_draft_comes_back_even_if_another_has_its_number(client, event, organiser):
    session = make_session(event, state=SessionState.DRAFT, key="T4", title_de="Runde")
    number = session.id
    delete_draft_session(session, by=organiser)
    way = address(event, "session", number)
    other = make_session(event)
    with transaction():
        record_change(organiser, "session.added", other, scope=event.scope)

    assert way in client.get(f"/organise/{event.slug}/").text
    assert client.post(way).status_code == 303

    assert db.session.query(Session).filter_by(title_de="Runde").count() == 1
    assert way not in client.get(f"/organise/{event.slug}/").text
    assert client.post(way).status_code == 409


def test_an_archived_event_comes_back(client, organiser):
    begin = clock.now() - timedelta(days=2)
    event = make_event(organiser.memberships[0].host, starts_at=begin)
    archive_event(event, by=organiser)

    client.post(address(event, "event", event.id))

    db.session.refresh(event)
    assert (event.state, event.standing) == (EventState.CLOSED, EventState.ENDED)


def test_no_page_offers_to_undo_a_reply_that_something_was_built_on(client, event, organiser):
    accept_invitation(make_invitation(event))
    invitation = make_invitation(event)
    guest = accept_invitation(invitation, by=organiser)
    way = address(event, "invitation", invitation.id)
    pages = ["", f"invitations/{invitation.id}"]
    assert all(way in client.get(f"/organise/{event.slug}/{page}").text for page in pages)
    assert way in client.get("/organise/history").text

    with clock.held(clock.now() + timedelta(minutes=5)):
        confirm_place(guest, by=organiser, reason="Redet zur Eröffnung", raise_by=1)

        assert not any(way in client.get(f"/organise/{event.slug}/{page}").text for page in pages)
        assert way not in client.get("/organise/history").text
        refused = client.post(way)
    assert refused.status_code == 409
    assert "Seitdem ist etwas anderes geschehen: Von der Warteliste nachgerückt" in refused.text
    db.session.refresh(guest)
    assert guest.state is RegistrationState.CONFIRMED
