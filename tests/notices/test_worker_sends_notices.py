"""Real workers and a real mail server: reviewed, due, killed in the middle, and all arrives."""

import time
from collections import Counter
from collections.abc import Callable

from factories import make_event, make_invitation
from mail_sink import OK, mail_sink
from notices.support import REMINDER, emails, notice, organiser_of, reviewed, silent
from sqlalchemy import func, select
from workers import in_state, let_leases_run_out, nursery

from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.mail_states import MailState
from eventapp.invitations.states import InvitationState
from eventapp.notices import actions
from eventapp.notices.models import NoticeRecipient
from eventapp.notices.states import NoticeState

PEOPLE = 120
KILLS = 4


def send_now(event) -> None:
    row = reviewed(event)
    actions.send_notice_now(event, REMINDER, seen=row.version, by=organiser_of(event))


def wait_until(done: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not done() and time.monotonic() < deadline:
        time.sleep(0.05)


def wait_for(state: MailState, count: int) -> None:
    wait_until(lambda: in_state(state) >= count)


def test_a_worker_brings_the_reminder_to_the_silent_only(app):
    event = make_event()
    people = silent(event, 3)
    make_invitation(event, state=InvitationState.DECLINED)
    send_now(event)

    with mail_sink() as sink, nursery(app, sink) as workers:
        worker = workers.start()
        assert sink.wait_for(3)
        wait_for(MailState.SENT, 3)
        workers.kill(worker)

    assert sorted(sink.recipients) == sorted(emails(people))
    assert all("/i/" in mail.get_body(("plain",)).get_content() for mail in sink.arrived)
    assert notice(event).state is NoticeState.SENT


def test_t76_workers_killed_in_the_middle_remind_everybody_once(app):
    """T-76, T-50: at most one copy for each kill, and it bears the same Message-ID."""
    event = make_event()
    people = silent(event, PEOPLE)
    send_now(event)

    with mail_sink(pause=0.003) as sink, nursery(app, sink) as workers:
        for kill in range(1, KILLS + 1):
            worker = workers.start()
            assert sink.wait_for(kill * PEOPLE // (KILLS + 2))
            workers.kill(worker)
            let_leases_run_out()
        worker = workers.start()
        wait_for(MailState.SENT, PEOPLE)
        workers.kill(worker)

    copies = Counter(sink.message_ids)
    assert len(copies) == PEOPLE
    assert set(sink.recipients) == set(emails(people))
    assert copies.total() - PEOPLE <= KILLS
    assert db.session.scalar(select(func.count(NoticeRecipient.id))) == PEOPLE


def test_t79_the_stop_button_takes_effect_within_seconds(app):
    """T-79: with a slow server, at most the mail on its way goes out after the stop."""
    event = make_event()
    silent(event, 60)
    send_now(event)

    with mail_sink(pause=0.05) as sink, nursery(app, sink) as workers:
        worker = workers.start()
        assert sink.wait_for(5)
        actions.stop_notice(event, REMINDER, by=organiser_of(event))
        at_stop = len(sink.arrived)
        wait_until(lambda: in_state(MailState.RECALLED) + in_state(MailState.SENT) == 60)
        workers.kill(worker)

    assert len(sink.arrived) <= at_stop + 1
    assert in_state(MailState.RECALLED) >= 60 - at_stop - 1
    assert db.session.scalar(select(func.count(NoticeRecipient.id))) == len(sink.arrived)


def test_one_address_that_is_refused_keeps_nobody_else(app):
    """T-73."""
    event = make_event()
    people = silent(event, 5)
    wrong = people[2].person.email
    send_now(event)

    def script(recipient: str, _attempt: int) -> str:
        return "550 no such user" if recipient == wrong else OK

    with mail_sink(at_recipient=script) as sink, nursery(app, sink) as workers:
        worker = workers.start()
        assert sink.wait_for(4)
        wait_for(MailState.FAILED, 1)
        workers.kill(worker)

    assert sorted(sink.recipients) == sorted(set(emails(people)) - {wrong})
    assert clock.now() > notice(event).sent_at
