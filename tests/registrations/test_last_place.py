"""The last place, asked for by many at once, with real threads on real databases (T-43 to T-45).

The positive control shows that the harness would notice: with lock and conditional update off, the
same thirty people oversell the event.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from factories import make_event, make_invitation
from flask import Flask
from registrations.support import all_registrations, mail_kinds, places

from eventapp.foundation.database import db
from eventapp.invitations.models import Invitation
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    answers,
    cancel_registration,
    decline_invitation,
)
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

CLIENTS = 30
S = RegistrationState


def at_once(app: Flask, work: Callable[[Any], Any], things: list[Any]) -> list[Any]:
    """Do the work for each thing in a thread of its own; all begin at the same instant."""
    start = Barrier(len(things))

    def client(thing: Any) -> Any:
        with app.app_context():
            try:
                start.wait(timeout=30)
                return work(thing)
            finally:
                db.session.remove()

    db.session.commit()
    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(client, things))


def accept(invitation_id: int) -> RegistrationState:
    return accept_invitation(db.session.get_one(Invitation, invitation_id)).state


def decline(invitation_id: int) -> None:
    decline_invitation(db.session.get_one(Invitation, invitation_id))


def invitations(event, number: int) -> list[int]:
    return [make_invitation(event).id for _ in range(number)]


def unlocked_numbers() -> Callable[[Any], str]:
    """Registration numbers that do not need the lock either."""
    numbers = iter(range(CLIENTS))
    return lambda _event: f"A-{next(numbers):04}"


def test_t43_thirty_people_and_one_place_make_one_confirmed_and_the_rest_wait_in_order(app):
    event = make_event(capacity=1)

    states = at_once(app, accept, invitations(event, CLIENTS))

    db.session.expire_all()
    waiting = [one for one in all_registrations() if one.state is S.WAITING]
    assert sorted(states) == sorted([S.CONFIRMED] + [S.WAITING] * (CLIENTS - 1))
    assert places(event) == (1, 1)
    assert [one.id for one in queries.line(event)] == [one.id for one in waiting]
    assert len({one.number for one in all_registrations()}) == CLIENTS
    assert len(mail_kinds()) == CLIENTS


def test_t43_over_http_nobody_sees_an_error(app):
    event = make_event(capacity=7)
    links = [make_invitation(event).token for _ in range(CLIENTS)]

    def post(token: str) -> int:
        return app.test_client().post(f"/i/{token}", data={"answer": "yes"}).status_code

    assert at_once(app, post, links) == [303] * CLIENTS
    assert places(event) == (7, 7)


def test_positive_control_without_lock_and_condition_the_event_is_oversold(app, monkeypatch):
    """The naive way: look whether a place is free, then take it."""
    event = make_event(capacity=1)
    ids = invitations(event, CLIENTS)
    looked = Barrier(CLIENTS)

    def naive(invitation_id: int) -> RegistrationState:
        invitation = db.session.get_one(Invitation, invitation_id)
        seen_free = queries.places_held(invitation.event) < invitation.event.capacity
        db.session.rollback()
        looked.wait(timeout=30)
        verdicts[invitation_id] = S.CONFIRMED if seen_free else S.WAITING
        return accept_invitation(invitation).state

    verdicts: dict[int, RegistrationState] = {}
    monkeypatch.setattr(answers, "lock_columns", lambda _row: None)
    monkeypatch.setattr(answers, "_state_for", lambda _event, one, *_: verdicts[one.id])
    monkeypatch.setattr(answers, "next_number", unlocked_numbers())

    states = at_once(app, naive, ids)

    assert states.count(S.CONFIRMED) > event.capacity


def test_even_without_the_lock_the_conditional_update_keeps_the_promise(app, monkeypatch):
    event = make_event(capacity=1)
    ids = invitations(event, CLIENTS)
    monkeypatch.setattr(answers, "lock_columns", lambda _row: None)
    monkeypatch.setattr(answers, "next_number", unlocked_numbers())

    states = at_once(app, accept, ids)

    assert states.count(S.CONFIRMED) == 1
    assert places(event) == (1, 1)


def test_t44_t45_the_same_link_on_many_devices_makes_one_registration_and_one_mail(app):
    event = make_event(capacity=5)
    invitation = make_invitation(event)

    states = at_once(app, accept, [invitation.id] * 12)

    assert states == [S.CONFIRMED] * 12
    assert len(all_registrations()) == 1
    assert len(mail_kinds()) == 1
    assert places(event) == (1, 1)


def test_yes_and_no_at_the_same_instant_leave_places_and_states_in_step(app):
    event = make_event(capacity=4)
    ids = invitations(event, 10)
    for one in ids[:5]:
        accept(one)

    at_once(
        app,
        lambda pair: pair[0](pair[1]),
        [(decline, one) for one in ids[:5]] + [(accept, one) for one in ids[5:]],
    )

    db.session.expire_all()
    holding = [one for one in all_registrations() if one.holds_place]
    assert places(event) == (len(holding), len(holding))
    assert len(holding) == 4
    assert len(queries.line(event)) == 1


def test_a_cancelled_place_goes_to_exactly_one(app):
    event = make_event(capacity=3)
    ids = invitations(event, 12)
    for one in ids:
        accept(one)
    holders = [one.id for one in all_registrations() if one.state is S.CONFIRMED]

    at_once(
        app, lambda one: cancel_registration(db.session.get_one(Registration, one)), holders * 2
    )

    db.session.expire_all()
    assert places(event) == (3, 3)
    assert len(queries.line(event)) == 6


@pytest.mark.parametrize("capacity", [0, 3])
def test_the_database_itself_refuses_more_places_than_there_are(app, capacity):
    event = make_event(capacity=capacity)

    with pytest.raises(Exception, match=r"(?i)places|check"), db.engine.begin() as connection:
        connection.exec_driver_sql(
            f"UPDATE event SET places_taken = {capacity + 1} WHERE id = {event.id}"
        )
