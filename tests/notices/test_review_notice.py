"""An organiser reads a notice before it goes out, changes it, stops it and takes it up again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from factories import make_event, make_invitation
from notices.support import (
    PRACTICAL,
    REMINDER,
    change_of,
    emails,
    mails,
    notice,
    organiser_of,
    reviewed,
    seen,
    silent,
    when_due,
    work,
    written_to,
)
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import NotFound, Stale
from eventapp.notices import actions
from eventapp.notices.errors import NoSuchStep, NotReady, TooManyReminders
from eventapp.notices.models import Notice
from eventapp.notices.queries import notices_of
from eventapp.notices.states import NoticeState


def change(event, key=REMINDER, **given) -> None:
    actions.change_notice(
        event, key, change_of(notice(event, key), **given), seen=seen(event, key), by="test"
    )


def test_every_event_has_both_notices_although_no_row_says_so(app):
    event = make_event()

    assert set(notices_of(event)) == {REMINDER, PRACTICAL}
    assert db.session.scalars(select(Notice)).all() == []


def test_who_reviewed_it_and_when_is_kept(app):
    event = make_event()

    row = reviewed(event)

    assert (row.state, row.reviewed_by) == (NoticeState.REVIEWED, "Gesine Amtsbrück")
    assert row.reviewed_at is not None
    assert set(notices_of(event)) == {REMINDER, PRACTICAL}


def test_other_words_must_be_reviewed_again(app):
    event = make_event()
    reviewed(event)

    change(event, body_de="{salutation},\n\nkommen Sie?\n\n{link}")

    assert notice(event).state is NoticeState.DRAFT


def test_another_day_needs_no_other_review(app):
    event = make_event()
    due_at = reviewed(event).due_at + timedelta(days=1)

    change(event, due_at=due_at)

    row = notice(event)
    assert (row.state, row.due_at) == (NoticeState.REVIEWED, due_at)


def test_nobody_approves_words_that_they_have_not_seen(app):
    event = make_event()
    before = seen(event)
    change(event, subject_de="Neu: {event}")

    with pytest.raises(Stale):
        actions.review_notice(event, REMINDER, seen=before, by=organiser_of(event))


def test_two_colleagues_change_one_notice_and_the_second_sees_it(app):
    """T-53."""
    event = make_event()
    first = change_of(notice(event), subject_de="Erste: {event}")
    actions.change_notice(event, REMINDER, first, seen=0, by="first")

    second = replace(first, subject_de="Zweite: {event}")
    with pytest.raises(Stale):
        actions.change_notice(event, REMINDER, second, seen=0, by="second")

    assert notice(event).subject_de == "Erste: {event}"


@pytest.mark.parametrize(
    "words",
    [
        {"body_de": "{salutation}, ohne Verknüpfung"},
        {"body_de": "{salutation}, {lnk} {link}"},
        {"subject_de": "{link}"},
        {"subject_de": " "},
        {"body_en": "no way there"},
        {"subject_en": ""},
    ],
)
def test_t78_faulty_words_are_found_before_anything_goes_out(app, words):
    """T-78."""
    event = make_event()
    change(event, **words)

    with pytest.raises(NotReady):
        reviewed(event)
    assert actions.preview_notice(notice(event)).problem is not None


def test_t78_a_subject_about_a_deadline_needs_one(app):
    """T-78."""
    event = make_event()
    change(event, subject_de="Bis {reply_by}: {event}")
    with transaction():
        event.reply_by_on = None

    with pytest.raises(NotReady):
        reviewed(event)


@pytest.mark.parametrize(
    "state", [EventState.DRAFT, EventState.POSTPONED, EventState.CANCELLED, EventState.CLOSED]
)
def test_nobody_is_reminded_of_what_nobody_can_answer(app, state):
    event = make_event(state=state)

    with pytest.raises(NotReady):
        reviewed(event)


def test_guests_are_informed_although_registration_is_closed(app):
    assert reviewed(make_event(state=EventState.CLOSED), PRACTICAL).state is NoticeState.REVIEWED


def test_stopping_and_taking_up_again(app):
    event = make_event()
    by = organiser_of(event)
    reviewed(event)

    actions.stop_notice(event, REMINDER, by=by)
    assert notice(event).state is NoticeState.STOPPED
    with pytest.raises(NoSuchStep):
        actions.send_notice_now(event, REMINDER, seen=seen(event), by=by)

    actions.take_up_notice(event, REMINDER, by=by)
    assert notice(event).state is NoticeState.DRAFT
    with pytest.raises(NoSuchStep):
        actions.take_up_notice(event, REMINDER, by=by)


def test_a_stopped_notice_never_goes_out(app):
    event = make_event()
    silent(event, 2)
    reviewed(event)
    actions.stop_notice(event, REMINDER, by=organiser_of(event))

    with clock.held(when_due(event)):
        work()

    assert mails() == []


def test_sending_early(app):
    event = make_event()
    people = silent(event, 2)
    reviewed(event)
    actions.send_notice_now(event, REMINDER, seen=seen(event), by=organiser_of(event))

    work()

    assert written_to() == emails(people)


def test_what_goes_out_cannot_be_changed_any_more(app):
    event = make_event()
    make_invitation(event)
    reviewed(event)
    with clock.held(when_due(event)):
        work()

    with pytest.raises(NoSuchStep):
        change(event, subject_de="Zu spät: {event}")
    with pytest.raises(NoSuchStep):
        actions.stop_notice(event, REMINDER, by=organiser_of(event))


def test_another_reminder_has_its_own_day_words_and_address(app):
    event = make_event()
    first = notice(event)
    change_it = change_of(first, due_at=first.due_at + timedelta(days=3))

    key = actions.add_reminder(event, change_it, by="test")

    assert key == "reminder-2"
    assert set(notices_of(event)) == {REMINDER, "reminder-2", PRACTICAL}
    assert notice(event, key).due_at == first.due_at + timedelta(days=3)


def test_nobody_is_reminded_without_end(app):
    event = make_event()
    change_it = change_of(notice(event))
    for _ in range(4):
        actions.add_reminder(event, change_it, by="test")

    with pytest.raises(TooManyReminders):
        actions.add_reminder(event, change_it, by="test")


def test_a_notice_of_no_event_is_not_found(app):
    event = make_event()

    with pytest.raises(NotFound):
        actions.review_notice(event, "reminder-9", seen=0, by=organiser_of(event))


def test_each_step_stands_in_the_trail(app):
    event = make_event()
    reviewed(event)
    actions.stop_notice(event, REMINDER, by=organiser_of(event))

    steps = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert list(steps) == ["notice.reviewed", "notice.stopped"]
