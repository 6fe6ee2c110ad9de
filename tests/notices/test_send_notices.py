"""What goes out, to whom, and when not."""

from datetime import timedelta

import pytest
from factories import make_contact, make_event, make_invitation, make_registration
from notices.support import (
    PRACTICAL,
    REMINDER,
    change_of,
    emails,
    mails,
    notice,
    organiser_of,
    reviewed,
    silent,
    when_due,
    work,
    written_to,
)
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from eventapp.contacts.models import Suppression
from eventapp.contacts.queries import hashes_of
from eventapp.events.actions import DatesChange, cancel_event, change_event, mark_of, postpone_event
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.delivery import deliver_due
from eventapp.foundation.mail_states import MailState
from eventapp.invitations.actions import resend_link, withdraw_invitation
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.notices import mails as notice_mails
from eventapp.notices.actions import (
    add_reminder,
    send_due_notices,
    sending,
    stop_notice,
    take_up_notice,
)
from eventapp.notices.models import NoticeRecipient
from eventapp.notices.queries import everybody, notices_due
from eventapp.notices.reach import Reason, reach_of
from eventapp.notices.states import NoticeState
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    decline_invitation,
)
from eventapp.registrations.states import RegistrationKind, RegistrationState


def object_to_mails(host, email) -> None:
    with transaction():
        db.session.add(Suppression(host_id=host.id, email_hash=hashes_of(host.id, email)[0]))


def test_the_silent_are_reminded_and_nobody_else(app):
    event = make_event()
    people = silent(event, 2)
    for state in set(InvitationState) - {InvitationState.SENT}:
        make_invitation(event, state=state)
    make_invitation(event, make_contact(event.host, blocked_at=clock.now()))
    make_invitation(event, make_contact(event.host, undeliverable_at=clock.now()))
    make_invitation(event, make_contact(event.host, email="zwei@x.example, drei@x.example"))
    make_invitation(make_event(event.host))
    never = make_contact(event.host)
    make_invitation(event, never)
    object_to_mails(event.host, never.email)
    reviewed(event)

    with clock.held(when_due(event)):
        work()

    assert written_to() == emails(people)
    assert notice(event).state is NoticeState.SENT
    reminded = db.session.scalars(
        select(Invitation.id).where(Invitation.reminded_at.is_not(None))
    ).all()
    assert sorted(reminded) == sorted(one.id for one in people)


def test_whoever_registered_by_the_public_form_is_not_asked_again(app):
    event = make_event()
    contact = make_contact(event.host, first_name="Ida", last_name="Ohm", email="Ida@Ohm.example")
    make_invitation(event, contact)
    make_registration(event, first_name="Ida", last_name="Ohm", email="ida@ohm.example")
    couple = make_invitation(
        event, make_contact(event.host, first_name="Ute", last_name="Ohm", email="ida@ohm.example")
    )
    reviewed(event)

    with clock.held(when_due(event)):
        work()

    assert [mail.to_name for mail in mails()] == [couple.person.full_name]


def test_who_is_only_proposed_by_a_guest_is_still_asked(app):
    event = make_event()
    invited = make_invitation(event).person
    names = {name: getattr(invited, name) for name in ("first_name", "last_name", "email")}
    make_registration(
        event, state=RegistrationState.IN_REVIEW, kind=RegistrationKind.SUBSTITUTE, **names
    )
    reviewed(event)

    with clock.held(when_due(event)):
        work()

    assert [mail.to_name for mail in mails()] == [invited.full_name]


def test_guests_with_a_place_are_informed_and_nobody_else(app):
    event = make_event()
    guest = make_registration(event)
    for state in set(RegistrationState) - {RegistrationState.CONFIRMED}:
        make_registration(event, state=state)
    make_registration(event, main_id=guest.id)
    reviewed(event, PRACTICAL)

    with clock.held(when_due(event, PRACTICAL)):
        work()

    assert written_to() == [guest.email]


def test_no_objection_keeps_a_guest_with_a_place_uninformed(app):
    """Decision 0043: what a registration needs is no advertising."""
    event = make_event()
    blocked, never_again = make_registration(event), make_registration(event)
    make_contact(event.host, email=blocked.email, blocked_at=clock.now())
    object_to_mails(event.host, never_again.email)
    reviewed(event, PRACTICAL)

    with clock.held(when_due(event, PRACTICAL)):
        work()

    assert written_to() == [blocked.email, never_again.email]


def test_t56_nothing_goes_out_before_its_time(app):
    """T-56."""
    event = make_event()
    silent(event, 1)
    reviewed(event)

    with clock.held(notice(event).due_at - timedelta(seconds=1)):
        work()

    assert mails() == []


def test_what_nobody_has_reviewed_never_goes_out_and_is_shown_as_due(app):
    event = make_event()
    silent(event, 1)

    with clock.held(when_due(event)):
        work()
        due = notices_due(event)

    assert mails() == []
    assert [(one.key, one.standing) for one in due] == [(REMINDER, NoticeState.DRAFT)]


def test_t56_a_clock_that_jumps_reminds_nobody_twice(app):
    """T-56."""
    event = make_event()
    people = silent(event, 3)
    reviewed(event)
    due_at = when_due(event)

    for jump in (0, 1, -1, 24, -24, 2, 0):
        with clock.held(due_at + timedelta(hours=jump)):
            work()

    assert written_to() == emails(people)


def test_t56_a_scheduler_that_slept_for_days_reminds_once(app):
    """T-56."""
    event = make_event()
    people = silent(event, 2)
    row = reviewed(event)

    with clock.held(row.closes_at - timedelta(minutes=1)):
        work()
        work()

    assert written_to() == emails(people)


def test_t56_once_the_deadline_is_over_it_is_too_late_and_said_to_be(app):
    """T-55, T-56."""
    event = make_event()
    silent(event, 1)
    row = reviewed(event)

    with clock.held(row.closes_at):
        work()
        due = notices_due(event)

        assert notice(event).standing is NoticeState.MISSED
    assert mails() == []
    assert [(one.key, one.standing) for one in due] == [
        (REMINDER, NoticeState.MISSED),
        (PRACTICAL, NoticeState.DRAFT),
    ]


def test_a_person_whose_own_deadline_is_over_is_left_alone(app):
    event = make_event()
    make_invitation(event, reply_by_on=clock.today(event.zone))
    late = make_invitation(event)
    reviewed(event)

    with clock.held(when_due(event)):
        work()

    assert written_to() == emails([late])


def test_nobody_is_reminded_within_three_days_of_the_last_mail_that_asked(app):
    event = make_event()
    with clock.held(when_due(event)):
        lately = clock.now() - timedelta(days=2)
        [long_ago], [invited_lately] = silent(event, 1), silent(event, 1)
        [resent] = silent(event, 1)
        with transaction():
            invited_lately.sent_at = lately
        resend_link(resent, by="test")
        reviewed(event)
        work()

        assert written_to() == emails([long_ago])
        left_out = reach_of(everybody(notice(event))).left_out_for(Reason.ASKED_LATELY)
        assert {one.id for one in left_out} == {invited_lately.id, resent.id}


def test_two_reminders_on_two_days_write_to_a_person_once(app):
    event = make_event()
    [person] = silent(event, 1)
    reviewed(event)
    with clock.held(when_due(event)):
        work()
    row = notice(event)
    key = add_reminder(event, change_of(row, due_at=row.due_at + timedelta(days=1)), by="test")
    reviewed(event, key)

    with clock.held(when_due(event, key)):
        work()

    assert written_to() == emails([person])


def test_the_last_mail_that_asked_is_looked_at_again_when_a_reminder_leaves(app):
    event = make_event()
    people = silent(event, 2)
    reviewed(event)
    with clock.held(when_due(event)):
        send_due_notices()
        resend_link(people[0], by="test")
        deliver_due()

    assert written_to() == emails(people[1:])


def test_a_second_reminder_goes_to_those_who_are_still_silent(app):
    event = make_event()
    first, second = silent(event, 2)
    reviewed(event)
    with clock.held(when_due(event)):
        work()

    row = notice(event)
    key = add_reminder(event, change_of(row, due_at=row.due_at + timedelta(days=4)), by="test")
    decline_invitation(first)
    reviewed(event, key)
    with clock.held(when_due(event, key)):
        work()

    assert written_to() == [*emails([first, second]), *emails([second])]


def with_other_dates(event, **given) -> None:
    dates = {name: getattr(event, name) for name in DatesChange.__dataclass_fields__}
    change = DatesChange(**(dates | given))
    change_event(event, change, seen=mark_of(event, DatesChange), by="test")


def test_t58_a_notice_moves_along_with_the_event_and_must_be_reviewed_again(app):
    """T-58."""
    event = make_event()
    silent(event, 1)
    before = reviewed(event, PRACTICAL).due_at
    reviewed(event)
    week = timedelta(days=7)

    with_other_dates(event, starts_at=event.starts_at + week, ends_at=event.ends_at + week)

    assert notice(event, PRACTICAL).due_at.date() == (before + week).date()
    assert notice(event, PRACTICAL).state is NoticeState.DRAFT
    assert notice(event, REMINDER).state is NoticeState.DRAFT


def test_a_reminder_moves_along_with_the_deadline(app):
    event = make_event()
    before = reviewed(event).due_at
    untouched = notice(event, PRACTICAL).due_at

    with_other_dates(event, reply_by_on=event.reply_by_on + timedelta(days=3))

    assert notice(event).due_at.date() == (before + timedelta(days=3)).date()
    assert notice(event).state is NoticeState.DRAFT
    assert notice(event, PRACTICAL).due_at == untouched


def test_a_missed_reminder_can_still_go_out_when_the_deadline_is_put_off(app):
    event = make_event()
    people = silent(event, 1)
    row = reviewed(event)
    with clock.held(row.closes_at + timedelta(hours=1)):
        work()
        assert notice(event).standing is NoticeState.MISSED
        with transaction():
            for one in people:
                one.reply_by_on = None
        with_other_dates(event, reply_by_on=event.reply_by_on + timedelta(days=5))
        reviewed(event)
        work()

    assert written_to() == emails(people)


@pytest.mark.parametrize("step", [cancel_event, postpone_event])
def test_t58_a_called_off_event_reminds_nobody(app, step):
    """T-58."""
    event = make_event()
    silent(event, 1)
    reviewed(event)
    step(event, by="test")

    with clock.held(when_due(event)):
        work()

    assert mails() == []


def test_t58_mails_that_have_not_left_are_taken_back_when_the_event_is_called_off(app):
    """T-58."""
    event = make_event()
    silent(event, 2)
    reviewed(event)
    with clock.held(when_due(event)):
        send_due_notices()
        cancel_event(event, by="test")
        tally = deliver_due()

    assert (tally.recalled, tally.total) == (2, 2)
    assert {mail.state for mail in mails()} == {MailState.RECALLED}
    assert db.session.scalar(select(func.count(NoticeRecipient.id))) == 0
    assert db.session.scalars(select(Invitation.reminded_at)).all() == [None, None]


def test_whoever_answers_while_the_mail_waits_does_not_get_it(app):
    event = make_event()
    accepts, declines, withdrawn, objects, stays = people = silent(event, 5)
    reviewed(event)
    with clock.held(when_due(event)):
        send_due_notices()
        accept_invitation(accepts)
        decline_invitation(declines)
        withdraw_invitation(withdrawn, by="test")
        object_to_mails(event.host, objects.person.email)
        deliver_due()

    assert len(mails()) == len(people)
    assert written_to() == emails([stays])


def test_a_mail_to_somebody_who_was_erased_meanwhile_is_taken_back(app):
    event = make_event()
    gone, stays = silent(event, 2)
    reviewed(event)
    with clock.held(when_due(event)):
        send_due_notices()
        with transaction():
            db.session.delete(gone)
        deliver_due()

    assert written_to() == emails([stays])


def test_whoever_cancels_while_the_mail_waits_is_not_informed(app):
    event = make_event()
    guest, stays = make_registration(event), make_registration(event)
    reviewed(event, PRACTICAL)
    with clock.held(when_due(event, PRACTICAL)):
        send_due_notices()
        cancel_registration(guest)
        deliver_due()

    assert written_to() == [stays.email]


def test_t79_stopping_takes_back_what_has_not_left(app):
    """T-79."""
    event = make_event()
    people = silent(event, 4)
    reviewed(event)
    with clock.held(when_due(event)):
        send_due_notices()
        deliver_due(limit=1)
        stop_notice(event, REMINDER, by=organiser_of(event))
        deliver_due()

    assert written_to() == emails(people[:1])
    assert notice(event).state is NoticeState.STOPPED


def test_a_notice_that_was_stopped_and_taken_up_goes_to_the_others_only(app):
    """T-50."""
    event = make_event()
    people = silent(event, 4)
    by = organiser_of(event)
    reviewed(event)
    with clock.held(when_due(event)):
        send_due_notices()
        deliver_due(limit=2)
        stop_notice(event, REMINDER, by=by)
        deliver_due()
        take_up_notice(event, REMINDER, by=by)
        reviewed(event)
        work()

    assert sorted(written_to()) == sorted(emails(people))


def test_a_crash_in_a_batch_leaves_whole_batches_and_the_next_round_goes_on(app, monkeypatch):
    """T-76, T-77."""
    event = make_event()
    people = silent(event, 7)
    reviewed(event)
    monkeypatch.setattr(sending, "BATCH", 3)
    real, calls = notice_mails.queue_to_guest, []

    def dies_at_the_fifth(*whom, **given):
        calls.append(whom)
        if len(calls) == 5:
            raise OperationalError("power", {}, Exception("cut"))
        return real(*whom, **given)

    with clock.held(when_due(event)):
        monkeypatch.setattr(notice_mails, "queue_to_guest", dies_at_the_fifth)
        send_due_notices()
        assert written_to() == emails(people[:3])
        assert db.session.scalar(select(func.count(NoticeRecipient.id))) == 3
        monkeypatch.setattr(notice_mails, "queue_to_guest", real)
        send_due_notices()

    assert written_to() == emails(people)
    assert notice(event).state is NoticeState.SENT


def test_one_notice_that_fails_does_not_keep_the_others(app, monkeypatch):
    broken, fine = make_event(), make_event()
    for event in (broken, fine):
        silent(event, 1)
        reviewed(event)
    real = sending._send

    def fails(notice_id, stopping):
        if notice_id == notice(broken).id:
            raise ZeroDivisionError
        real(notice_id, stopping)

    monkeypatch.setattr(sending, "_send", fails)
    with clock.held(when_due(fine)):
        send_due_notices()

    assert len(mails()) == 1


def test_a_draft_is_not_missed_before_the_event_is_public(app):
    event = make_event(state=EventState.DRAFT)

    with clock.held(when_due(event)):
        assert notices_due(event) == []
