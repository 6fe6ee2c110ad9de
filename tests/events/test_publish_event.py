"""The life of an event: draft, public, open, closed, called off."""

from datetime import timedelta

import pytest
from factories import make_event

from eventapp.accounts.models import AuditEntry
from eventapp.events.actions import (
    cancel_event,
    close_registration,
    open_registration,
    publish_event,
    withdraw_event,
)
from eventapp.events.errors import NotNow, NotReady
from eventapp.events.states import EventState, Step, possible_steps
from eventapp.foundation import clock
from eventapp.foundation.database import db

S = EventState


def test_publishing_opens_registration_at_once(app):
    event = make_event(state=S.DRAFT)

    publish_event(event, by="system")

    assert event.state is S.OPEN


def test_publishing_waits_with_registration_until_its_day(app):
    event = make_event(state=S.DRAFT, registration_opens_at=clock.now() + timedelta(days=1))

    publish_event(event, by="system")

    assert event.state is S.RELEASED


def test_an_event_without_a_place_cannot_be_published(app):
    event = make_event(state=S.DRAFT)
    event.venue = None
    db.session.commit()

    with pytest.raises(NotReady):
        publish_event(event, by="system")

    assert event.state is S.DRAFT


def test_registration_closes_and_opens_again(app):
    event = make_event(state=S.OPEN)

    close_registration(event, by="system")
    assert event.state is S.CLOSED
    open_registration(event, by="system")

    assert event.state is S.OPEN


def test_a_published_event_becomes_a_draft_only_before_registration_opens(app):
    early, late = make_event(state=S.RELEASED), make_event(state=S.OPEN)

    withdraw_event(early, by="system")
    with pytest.raises(NotNow):
        withdraw_event(late, by="system")

    assert (early.state, late.state) == (S.DRAFT, S.OPEN)


def test_calling_off_moves_the_entry_in_calendars_and_is_final(app):
    event = make_event()
    sequence = event.sequence

    cancel_event(event, by="system")

    assert (event.state, event.sequence) == (S.CANCELLED, sequence + 1)
    with pytest.raises(NotNow):
        open_registration(event, by="system")


def test_every_step_is_in_the_audit_trail(app):
    event = make_event(state=S.DRAFT)

    publish_event(event, by="system")
    close_registration(event, by="system")
    cancel_event(event, by="system")

    assert [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)] == [
        "event.published",
        "registration.closed",
        "event.cancelled",
    ]


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (S.DRAFT, [Step.PUBLISH, Step.CANCEL]),
        (S.RELEASED, [Step.WITHDRAW, Step.OPEN, Step.CANCEL]),
        (S.OPEN, [Step.CLOSE, Step.CANCEL]),
        (S.CLOSED, [Step.OPEN, Step.CANCEL]),
        (S.CANCELLED, []),
        (S.ARCHIVED, []),
    ],
)
def test_each_state_offers_its_steps(state, steps):
    assert possible_steps(state) == steps


def test_the_page_publishes(client, organiser):
    event = make_event(organiser.memberships[0].host, state=S.DRAFT)

    answer = client.post(f"/organise/{event.slug}/life", data={"step": "publish"})

    db.session.refresh(event)
    assert (answer.status_code, event.state) == (303, S.OPEN)
    page = client.get(answer.headers["Location"]).text
    assert "Die Seite ist öffentlich, die Anmeldung offen" in page


def test_calling_off_wants_a_second_yes(client, organiser):
    event = make_event(organiser.memberships[0].host)
    page = f"/organise/{event.slug}/life"

    asked = client.post(page, data={"step": "cancel"})
    db.session.refresh(event)
    assert (asked.status_code, event.state) == (200, S.OPEN)
    client.post(page, data={"step": "cancel", "sure": "y"})

    db.session.refresh(event)
    assert event.state is S.CANCELLED


def test_a_step_that_does_not_exist_is_refused_in_words(client, organiser):
    event = make_event(organiser.memberships[0].host)

    answer = client.post(f"/organise/{event.slug}/life", data={"step": "explode"})

    assert "Bitte wählen Sie" in answer.text


def test_a_step_out_of_turn_is_refused(client, organiser):
    event = make_event(organiser.memberships[0].host, state=S.CANCELLED)

    answer = client.post(f"/organise/{event.slug}/life", data={"step": "open"})

    assert answer.status_code == 409
