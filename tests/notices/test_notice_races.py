"""Several workers, answers and a stop button at the same instant, with real threads (T-50)."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from factories import make_event
from flask import Flask
from notices.support import (
    REMINDER,
    emails,
    mails,
    notice,
    organiser_of,
    reviewed,
    seen,
    silent,
    when_due,
    written_to,
)
from sqlalchemy import func, select

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.delivery import deliver_due
from eventapp.foundation.errors import Refused
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.notices import actions
from eventapp.notices.actions import sending
from eventapp.notices.models import Notice, NoticeRecipient
from eventapp.notices.states import NoticeState
from eventapp.registrations.actions import accept_invitation, decline_invitation


def at_once(app: Flask, *steps: Callable[[], Any]) -> list[Any]:
    """Take these steps in threads of their own; all begin at the same instant."""
    start = Barrier(len(steps))

    def thread(step: Callable[[], Any]) -> Any:
        with app.app_context():
            try:
                start.wait(timeout=30)
                return step()
            except Refused as problem:
                return type(problem).__name__
            finally:
                db.session.remove()

    db.session.commit()
    with ThreadPoolExecutor(len(steps)) as pool:
        done = list(pool.map(thread, steps))
    db.session.expire_all()
    return done


def a_worker() -> None:
    actions.send_due_notices()
    deliver_due()


def test_t50_four_workers_at_once_write_to_each_person_once(app, monkeypatch):
    """T-50, T-56."""
    monkeypatch.setattr(sending, "BATCH", 5)
    event = make_event()
    people = silent(event, 33)
    reviewed(event)

    with clock.held(when_due(event)):
        at_once(app, *[a_worker] * 4)

    assert sorted(written_to()) == sorted(emails(people))
    assert db.session.scalar(select(func.count(NoticeRecipient.id))) == len(people)
    assert notice(event).state is NoticeState.SENT


def test_t50_two_organisers_press_at_once_and_each_person_gets_one_mail(app):
    """T-50."""
    event = make_event()
    people = silent(event, 6)
    reviewed(event)
    version, by = seen(event), organiser_of(event).id

    def press() -> None:
        actions.send_notice_now(
            db.session.get_one(Event, event.id),
            REMINDER,
            seen=version,
            by=db.session.get_one(Account, by),
        )
        a_worker()

    done = at_once(app, press, press)

    assert Counter(done)[None] == 1
    assert sorted(written_to()) == sorted(emails(people))


def test_two_colleagues_open_an_untouched_notice_and_one_row_comes_of_it(app):
    event = make_event()
    by = organiser_of(event).id

    def review() -> None:
        actions.review_notice(
            db.session.get_one(Event, event.id),
            REMINDER,
            seen=0,
            by=db.session.get_one(Account, by),
        )

    done = at_once(app, review, review, review)

    assert Counter(done)[None] == 1
    kinds = db.session.scalars(select(Notice.kind)).all()
    assert sorted(kinds) == ["practical", "reminder"]


def test_nobody_who_has_answered_by_then_is_written_to(app, monkeypatch):
    """A guest answers while batches are queued and delivered: either came first, never both ways.

    Whoever had answered before the mail was looked at for the last time does not get it.
    """
    monkeypatch.setattr(sending, "BATCH", 4)
    event = make_event(capacity=100)
    people = silent(event, 24)
    reviewed(event)

    def answering(part: list[int], answer: Callable[[Invitation], Any]) -> Callable[[], None]:
        def answer_all() -> None:
            for number in part:
                answer(db.session.get_one(Invitation, number))

        return answer_all

    ids = [one.id for one in people]
    with clock.held(when_due(event)):
        at_once(
            app,
            a_worker,
            a_worker,
            answering(ids[:8], accept_invitation),
            answering(ids[8:16], decline_invitation),
        )
        a_worker()

    recipients = set(db.session.scalars(select(NoticeRecipient.invitation_id)))
    assert len(written_to()) == len(set(written_to())) == len(recipients)
    assert recipients >= set(ids[16:])
    reminded = db.session.scalars(
        select(Invitation.id).where(Invitation.reminded_at.is_not(None))
    ).all()
    assert set(reminded) == recipients
    answered = db.session.scalars(
        select(Invitation.id).where(Invitation.state != InvitationState.SENT)
    ).all()
    assert sorted(answered) == sorted(ids[:16])


def test_t79_stopping_while_two_workers_send(app, monkeypatch):
    """T-79: what was written when the stop came and had not left is taken back.

    A stop that comes after the last mail has left is refused.
    """
    monkeypatch.setattr(sending, "BATCH", 3)
    event = make_event()
    people = silent(event, 30)
    reviewed(event)
    by = organiser_of(event).id

    def stop() -> None:
        actions.stop_notice(
            db.session.get_one(Event, event.id), REMINDER, by=db.session.get_one(Account, by)
        )

    with clock.held(when_due(event)):
        actions.send_due_notices()
        refusal = at_once(app, deliver_due, deliver_due, stop)[-1]
        before = len(written_to())
        a_worker()

    assert notice(event).state is (NoticeState.SENT if refusal else NoticeState.STOPPED)
    assert refusal is None or before == len(people)
    assert len(written_to()) == before
    assert len(mails()) == len(people)
    assert db.session.scalar(select(func.count(NoticeRecipient.id))) == before
