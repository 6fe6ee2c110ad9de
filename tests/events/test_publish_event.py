"""The life of an event: draft, public, open, closed, postponed, called off, over, archived."""

from datetime import timedelta

import pytest
from factories import make_event

from eventapp.accounts.models import AuditEntry
from eventapp.events.actions import (
    archive_event,
    cancel_event,
    close_registration,
    open_registration,
    postpone_event,
    publish_event,
    resume_event,
    take_step,
    withdraw_event,
)
from eventapp.events.errors import NotNow, NotReady, OldDate
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
        (S.DRAFT, [Step.PUBLISH]),
        (S.RELEASED, [Step.WITHDRAW, Step.OPEN, Step.POSTPONE, Step.CANCEL]),
        (S.OPEN, [Step.CLOSE, Step.POSTPONE, Step.CANCEL]),
        (S.CLOSED, [Step.OPEN, Step.POSTPONE, Step.CANCEL]),
        (S.POSTPONED, [Step.RESUME, Step.CANCEL]),
        (S.RUNNING, []),
        (S.ENDED, [Step.ARCHIVE]),
        (S.CANCELLED, []),
        (S.ARCHIVED, [Step.UNARCHIVE]),
    ],
)
def test_each_state_offers_its_steps(state, steps):
    assert list(possible_steps(state)) == steps


@pytest.mark.parametrize("state", S)
def test_every_step_that_is_offered_can_be_taken(app, state):
    starts_at = clock.now() + timedelta(days=-2 if state is S.ENDED else 2)
    for step in possible_steps(state):
        event = make_event(state=S.OPEN if state is S.ENDED else state, starts_at=starts_at)

        take_step(event, step, by="system")

        assert event.state is not state


@pytest.mark.parametrize("state", [S.RELEASED, S.OPEN, S.CLOSED])
def test_an_event_runs_and_ends_by_the_clock(app, state):
    event = make_event(state=state)

    def standing(at):
        with clock.held(at):
            return event.standing

    assert standing(event.starts_at - timedelta(seconds=1)) is state
    assert standing(event.starts_at) is S.RUNNING
    assert standing(event.ends_at - timedelta(seconds=1)) is S.RUNNING
    assert standing(event.ends_at) is S.ENDED


@pytest.mark.parametrize("state", [S.DRAFT, S.POSTPONED, S.CANCELLED, S.ARCHIVED])
def test_what_does_not_take_place_neither_runs_nor_ends(app, state):
    event = make_event(state=state)

    with clock.held(event.ends_at):
        assert event.standing is state


@pytest.mark.parametrize("step", [postpone_event, cancel_event, close_registration])
def test_an_event_that_runs_is_not_called_off_any_more(app, step):
    event = make_event()

    with clock.held(event.starts_at), pytest.raises(NotNow):
        step(event, by="system")

    assert event.state is S.OPEN


def test_an_event_of_the_past_can_be_published_and_takes_no_answers(app):
    event = make_event(state=S.DRAFT, starts_at=clock.now() - timedelta(days=3))

    publish_event(event, by="system")

    assert (event.state, event.standing) == (S.RELEASED, S.ENDED)


def test_postponing_and_resuming_move_the_entry_in_calendars(app):
    event = make_event()
    sequence = event.sequence

    postpone_event(event, by="system")
    assert (event.state, event.sequence) == (S.POSTPONED, sequence + 1)
    resume_event(event, by="system")

    assert (event.state, event.sequence) == (S.OPEN, sequence + 2)


def test_a_postponed_event_is_resumed_with_a_new_date_only(app):
    event = make_event(state=S.POSTPONED)

    with clock.held(event.starts_at), pytest.raises(OldDate):
        resume_event(event, by="system")

    assert event.state is S.POSTPONED


@pytest.mark.parametrize("step", [publish_event, open_registration])
def test_a_postponed_event_is_not_published_behind_the_back_of_its_date(app, step):
    event = make_event(state=S.POSTPONED)

    with pytest.raises(NotNow):
        step(event, by="system")


def test_only_what_is_over_goes_into_the_archive(app):
    event = make_event()

    with pytest.raises(NotNow):
        archive_event(event, by="system")
    with clock.held(event.ends_at):
        archive_event(event, by="system")

    assert event.state is S.ARCHIVED


def test_what_comes_back_from_the_archive_is_over_as_before(app):
    event = make_event()
    with clock.held(event.ends_at):
        archive_event(event, by="system")
        take_step(event, Step.UNARCHIVE, by="system")

        assert event.standing is S.ENDED


def test_t07_a_draft_is_not_called_off_in_public(app, client):
    event = make_event(state=S.DRAFT)

    with pytest.raises(NotNow):
        cancel_event(event, by="system")

    assert client.get(f"/e/{event.slug}/").status_code == 404


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


def test_postponing_wants_a_second_yes_and_leads_to_the_new_date(client, organiser):
    event = make_event(organiser.memberships[0].host)
    page = f"/organise/{event.slug}/life"

    asked = client.post(page, data={"step": "postpone"})
    assert 'id="sure_of_date-error"' in asked.text
    assert 'id="sure-error"' not in asked.text
    done = client.post(page, data={"step": "postpone", "sure_of_date": "y"}, follow_redirects=True)

    db.session.refresh(event)
    assert event.state is S.POSTPONED
    assert f'href="/organise/{event.slug}/settings/dates"' in done.text
    assert "Neuen Termin bekannt geben" in done.text


def test_while_it_runs_the_page_says_when_it_is_over(client, organiser):
    begun = clock.now() - timedelta(hours=1)
    event = make_event(organiser.memberships[0].host, starts_at=begun)

    page = client.get(f"/organise/{event.slug}/life").text

    assert "Die Veranstaltung läuft" in page
    assert 'name="step"' not in page


def test_a_step_that_does_not_exist_is_refused_in_words(client, organiser):
    event = make_event(organiser.memberships[0].host)

    answer = client.post(f"/organise/{event.slug}/life", data={"step": "explode"})

    assert "Bitte wählen Sie" in answer.text


def test_a_step_out_of_turn_is_refused(client, organiser):
    event = make_event(organiser.memberships[0].host, state=S.CANCELLED)

    answer = client.post(f"/organise/{event.slug}/life", data={"step": "open"})

    assert answer.status_code == 409
