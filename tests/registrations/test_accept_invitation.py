"""Saying yes: a place while there are any, a spot in the queue afterwards, and never two."""

from datetime import timedelta

import pytest
from factories import (
    day,
    make_account,
    make_contact,
    make_event,
    make_invitation,
    make_venue,
    moment,
)
from registrations.support import all_registrations, latest_mail, mail_kinds, places
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.states import Sector
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    decline_invitation,
)
from eventapp.registrations.errors import (
    AlreadyRegistered,
    AnswersClosed,
    DeadlineIsOver,
    EventIsFull,
)
from eventapp.registrations.states import RegistrationState

S = RegistrationState


def test_an_invited_guest_gets_a_place_and_a_confirmation_with_the_calendar_file(app):
    event = make_event(venue=make_venue(make_event().host))
    invitation = make_invitation(event)

    registration = accept_invitation(invitation)

    mail = latest_mail()
    assert registration.state is S.CONFIRMED
    assert invitation.state is InvitationState.ACCEPTED
    assert places(event) == (1, 1)
    assert (mail.to_email, mail.locale) == (invitation.contact.email, "de")
    assert [one.filename for one in mail.files()] == ["termin.ics"]
    assert event.uid.encode() in mail.files()[0].body


def test_the_person_after_the_last_place_joins_the_waiting_list(app):
    event = make_event(capacity=1)
    accept_invitation(make_invitation(event))

    late = accept_invitation(make_invitation(event))

    assert late.state is S.WAITING
    assert late.waiting_since is not None
    assert queries.rank_of(late) == 1
    assert places(event) == (1, 1)
    assert mail_kinds()[-1] == (late.email, "waiting")


def test_t44_saying_yes_twice_makes_one_registration_and_one_mail(app):
    """T-51: the answer was lost."""
    event = make_event()
    invitation = make_invitation(event)

    first, second = accept_invitation(invitation), accept_invitation(invitation)

    assert first.id == second.id
    assert len(all_registrations()) == 1
    assert len(mail_kinds()) == 1


def test_while_others_wait_nobody_jumps_the_queue(app):
    event = make_event(capacity=1)
    accept_invitation(make_invitation(event))
    waiting = accept_invitation(make_invitation(event))
    with transaction():
        event.capacity = 2  # raised, but nobody has moved up yet

    newcomer = accept_invitation(make_invitation(event))

    assert newcomer.state is S.WAITING
    assert [one.id for one in queries.line(event)] == [waiting.id, newcomer.id]


def test_the_snapshot_keeps_who_came_when_the_contact_changes(app):
    event = make_event()
    contact = make_contact(event.host, sector=Sector.SCIENCE, county="Kreis Olpe", title="Dr.")
    registration = accept_invitation(make_invitation(event, contact))

    with transaction():
        contact.last_name, contact.sector = "Anders", Sector.PRESS

    assert registration.sector is Sector.SCIENCE
    assert (registration.county, registration.title) == ("Kreis Olpe", "Dr.")
    assert registration.last_name != "Anders"


def test_the_numbers_count_up_and_a_guest_changes_no_version_of_the_event(app):
    event = make_event()
    version = event.version

    numbers = [accept_invitation(make_invitation(event)).number for _ in range(3)]

    db.session.refresh(event)
    assert numbers == ["A-0001", "A-0002", "A-0003"]
    assert event.version == version


def test_the_day_of_the_deadline_counts_to_its_midnight_on_the_venues_clock(app):
    event = make_event(zone="Europe/Berlin", starts_at=moment("2027-06-24T13:30"))
    early, late = (make_invitation(event, reply_by_on=day("2027-06-10")) for _ in range(2))

    with clock.held(moment("2027-06-10T21:59:59")):  # a second before midnight in Berlin
        assert accept_invitation(early).state is S.CONFIRMED
    with clock.held(moment("2027-06-10T22:00:00")):
        assert accept_invitation(late).state is S.WAITING


def test_after_the_deadline_without_a_waiting_list_the_answer_says_so(app):
    event = make_event(waiting_list=False)
    invitation = make_invitation(event, reply_by_on=clock.today(event.zone) - timedelta(days=1))

    with pytest.raises(DeadlineIsOver):
        accept_invitation(invitation)

    assert invitation.state is InvitationState.SENT


def test_a_full_event_without_a_waiting_list_says_so_and_notes_nothing(app):
    event = make_event(capacity=1, waiting_list=False)
    accept_invitation(make_invitation(event))
    invitation = make_invitation(event)

    with pytest.raises(EventIsFull):
        accept_invitation(invitation)

    db.session.refresh(invitation)
    assert invitation.state is InvitationState.SENT
    assert places(event) == (1, 1)


def test_while_registration_is_closed_people_join_the_waiting_list(app):
    event = make_event(state=EventState.CLOSED)

    assert accept_invitation(make_invitation(event)).state is S.WAITING


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.ENDED, EventState.POSTPONED])
def test_an_event_that_is_off_or_over_takes_no_answers(app, state):
    invitation = make_invitation(make_event(state=state))

    with pytest.raises(AnswersClosed):
        accept_invitation(invitation)


def test_once_the_event_has_begun_nobody_answers(app):
    invitation = make_invitation(make_event(starts_at=clock.now() - timedelta(minutes=1)))

    with pytest.raises(AnswersClosed):
        accept_invitation(invitation)


def test_yes_no_yes_gives_the_same_registration_a_new_place(app):
    event = make_event()
    invitation = make_invitation(event)
    first = accept_invitation(invitation)
    decline_invitation(invitation)

    again = accept_invitation(invitation)

    assert again.id == first.id
    assert (again.state, again.cancelled_at) == (S.CONFIRMED, None)
    assert places(event) == (1, 1)


def test_who_gave_up_a_place_and_wants_it_back_joins_the_end_of_the_queue(app):
    event = make_event(capacity=1)
    invitation = make_invitation(event)
    first = accept_invitation(invitation)
    waiting = accept_invitation(make_invitation(event))
    other = accept_invitation(make_invitation(event))
    cancel_registration(first)

    again = accept_invitation(invitation)

    assert waiting.state is S.OFFERED
    assert [one.id for one in queries.line(event)] == [other.id, again.id]


def test_one_person_invited_twice_under_two_contacts_comes_once(app):
    event = make_event()
    twins = [
        make_contact(event.host, last_name="Öhm", email=mail)
        for mail in ("oehm@x.example", "OEHM@x.example")
    ]
    accept_invitation(make_invitation(event, twins[0]))

    with pytest.raises(AlreadyRegistered):
        accept_invitation(make_invitation(event, twins[1]))

    assert places(event) == (1, 1)


def test_a_couple_with_one_address_comes_both(app):
    event = make_event()
    for name in ("Eva", "Jan"):
        contact = make_contact(event.host, first_name=name, last_name="Öhm", email="oehm@x.example")
        accept_invitation(make_invitation(event, contact))

    assert places(event) == (2, 2)


def test_a_reply_by_phone_follows_the_same_rules_and_says_who_noted_it(app):
    event = make_event()
    invitation = make_invitation(event, make_contact(event.host, email=""))
    account = make_account(event.host)

    registration = accept_invitation(invitation, by=account, note="Anruf Frau Öhm")

    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject_kind == "invitation")
    ).one()
    assert registration.state is S.CONFIRMED
    assert (entry.actor, entry.action, entry.reason) == (
        account.name,
        "invitation.accepted",
        "Anruf Frau Öhm",
    )
    assert invitation.note == "Anruf Frau Öhm"
    assert mail_kinds() == []  # there is no address


def test_an_english_guest_gets_english_words(app):
    event = make_event()
    contact = make_contact(event.host, locale="en", first_name="Ann", last_name="Lee", title="Dr.")

    accept_invitation(make_invitation(event, contact))

    mail = latest_mail()
    assert mail.subject.startswith("Your registration is confirmed")
    assert mail.text.startswith("Dear Dr Lee,")
    assert mail.files()[0].filename == "event.ics"
