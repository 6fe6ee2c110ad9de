"""The demo that a newcomer meets: its figures, its days, and that nothing in it lies ahead."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from eventapp.cli.demo.addresses import write_addresses
from eventapp.cli.demo.dates import shift_for
from eventapp.cli.demo.loading import load_demo
from eventapp.contacts.models import Contact
from eventapp.events.models import Event, Room
from eventapp.events.queries import event_by_slug
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.outbox import MailState, OutboxMail
from eventapp.invitations.models import Invitation, Wave
from eventapp.invitations.permissions import invitation_for_guest
from eventapp.invitations.states import InvitationState
from eventapp.programme.models import Session
from eventapp.programme.queries import programme_of
from eventapp.registrations.models import Registration
from eventapp.registrations.states import HOLDS_PLACE, RegistrationState

EVENT_DAY = date(2027, 6, 24)
FULL, SMALL = "digitale-kompetenzlandschaft", "mobilitaet-im-laendlichen-raum"


@pytest.fixture
def demo(app: Flask) -> dict[str, Event]:
    load_demo("ein Satz nur für Tests", say=lambda _line: None)
    return {slug: event_by_slug(slug) for slug in (FULL, SMALL)}


def count(kind: type, **of: object) -> int:
    return db.session.scalar(select(func.count()).select_from(kind).filter_by(**of))


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_the_event_lies_fifteen_to_twentyone_days_ahead_on_its_weekday(today: date):
    shift = shift_for(EVENT_DAY, today=today, zone="Europe/Berlin")

    moved = shift.day(EVENT_DAY)

    assert 15 <= (moved - today).days <= 21
    assert moved.weekday() == EVENT_DAY.weekday()


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_the_last_registration_of_the_file_never_lies_in_the_future(today: date):
    shift = shift_for(EVENT_DAY, today=today, zone="Europe/Berlin")

    assert shift.past_moment("09.06.2027 15:45").date() < today


def test_written_moments_keep_their_wall_clock_time_across_the_change_of_clocks():
    shift = shift_for(EVENT_DAY, today=date(2026, 11, 22), zone="Europe/Berlin")

    moved = shift.moved('{"start": "2027-06-24T15:30:00+02:00", "reply_by": "2027-06-10"}')

    assert moved == '{"start": "2026-12-10T15:30:00+01:00", "reply_by": "2026-11-26"}'


def test_the_figures_are_those_of_the_issue(demo):
    full, small = demo[FULL], demo[SMALL]

    assert count(Contact) == 180
    assert count(Wave, event_id=full.id) == 3
    assert count(Session, event_id=full.id) == 18
    assert count(Room, venue_id=full.venue_id) == 5
    assert count(Registration, event_id=full.id) == 133
    assert (full.places_taken, full.capacity) == (120, 120)
    assert count(Registration, event_id=full.id, state=RegistrationState.WAITING) == 7
    assert (small.places_taken, small.capacity) == (12, 30)
    assert count(Invitation, event_id=small.id) == 40
    assert len([one for one in programme_of(small).sessions if one.slot_id]) == 3


def test_places_taken_are_the_registrations_that_hold_one(demo):
    for event in demo.values():
        states = Counter(
            db.session.scalars(select(Registration.state).where(Registration.event_id == event.id))
        )

        assert event.places_taken == sum(states[state] for state in HOLDS_PLACE)


def test_nothing_that_happened_lies_in_the_future(demo):
    happened = [
        Registration.registered_at,
        Registration.confirmed_at,
        Registration.cancelled_at,
        Invitation.sent_at,
        Invitation.replied_at,
        Wave.sent_at,
        OutboxMail.created_at,
        Session.published_at,
        Event.created_at,
        Event.registration_opens_at,
    ]

    latest = [db.session.scalar(select(func.max(column))) for column in happened]

    assert max(latest) < clock.now() + timedelta(seconds=1)


def test_no_event_was_changed_before_it_was_made(demo):
    for event in demo.values():
        assert event.created_at <= event.last_modified_at


def test_links_to_try_lead_to_both_events(demo, tmp_path):
    write_addresses(tmp_path, "http://localhost", "geheim", say=lambda _line: None)

    links = json.loads((tmp_path / "demo.json").read_text(encoding="utf-8"))["invitations"]
    invitations = [invitation_for_guest(link.rpartition("/")[2]) for link in links]

    assert [one.event.slug for one in invitations] == [SMALL, SMALL, FULL]
    assert {one.state for one in invitations} == {InvitationState.SENT}


def test_the_demo_is_the_same_in_any_week(app: Flask):
    with clock.held(datetime(2029, 2, 28, 23, 30, tzinfo=UTC)):
        load_demo("ein Satz nur für Tests", say=lambda _line: None)

        event = event_by_slug(FULL)

    assert 15 <= (event.starts_on - date(2029, 3, 1)).days <= 21
    assert count(Registration, event_id=event.id) == 133


def test_every_mail_stays_on_this_machine(demo):
    states = set(db.session.scalars(select(OutboxMail.state)))

    assert states <= {MailState.QUEUED, MailState.KEPT}
