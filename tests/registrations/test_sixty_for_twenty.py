"""Sixty people at one instant for twenty places, and everything else at one instant (T-43, T-46).

Real threads on real databases. The positive control shows that the harness would notice.
"""

from collections.abc import Callable
from threading import Barrier
from typing import Any

from factories import make_event, make_invitation
from registrations.support import all_registrations, mail_kinds, places
from registrations.test_last_place import at_once

from eventapp.events.actions import BasicsChange, change_event
from eventapp.events.actions.changes import mark_of, stored
from eventapp.events.models import Event
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import DomainError
from eventapp.invitations.models import Invitation
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    accept_offer,
    answers,
    cancel_registration,
    tend_waiting_lists,
)
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

CLIENTS, PLACES = 60, 20
S = RegistrationState


def accept(invitation_id: int) -> RegistrationState:
    return accept_invitation(db.session.get_one(Invitation, invitation_id)).state


def sixty(event: Event) -> list[int]:
    return [make_invitation(event).id for _ in range(CLIENTS)]


def test_t43_sixty_for_twenty_places_make_exactly_twenty_and_a_line_in_order(app):
    event = make_event(capacity=PLACES)

    states = at_once(app, accept, sixty(event))

    db.session.expire_all()
    waiting = [one.id for one in all_registrations() if one.state is S.WAITING]
    assert (states.count(S.CONFIRMED), states.count(S.WAITING)) == (PLACES, CLIENTS - PLACES)
    assert places(event) == (PLACES, PLACES)
    assert [one.id for one in queries.line(event)] == waiting
    emails = [email for email, _kind in mail_kinds()]
    assert len(emails) == len(set(emails)) == CLIENTS


def test_positive_control_sixty_who_only_look_first_are_too_many(app, monkeypatch):
    event = make_event(capacity=PLACES)
    ids, looked, numbers = sixty(event), Barrier(CLIENTS), iter(range(CLIENTS))
    verdicts: dict[int, RegistrationState] = {}

    def naive(invitation_id: int) -> RegistrationState:
        invitation = db.session.get_one(Invitation, invitation_id)
        free = queries.places_held(invitation.event) < invitation.event.capacity
        db.session.rollback()
        looked.wait(timeout=60)
        verdicts[invitation_id] = S.CONFIRMED if free else S.WAITING
        return accept_invitation(invitation).state

    monkeypatch.setattr(answers, "lock_columns", lambda _row: None)
    monkeypatch.setattr(answers, "_state_for", lambda _event, one, *_: verdicts[one.id])
    monkeypatch.setattr(answers, "next_number", lambda _event: f"A-{next(numbers):04}")

    assert at_once(app, naive, ids).count(S.CONFIRMED) > PLACES


def resize(event_id: int, capacity: int) -> None:
    event = db.session.get_one(Event, event_id)
    change = BasicsChange(**stored(event, BasicsChange) | {"target_capacity": capacity})
    change_event(event, change, seen=mark_of(event, BasicsChange), by="test")


def accept_held(registration_id: int) -> None:
    accept_offer(db.session.get_one(Registration, registration_id))


def cancel(registration_id: int) -> None:
    cancel_registration(db.session.get_one(Registration, registration_id))


def sweep(_nothing: int) -> None:
    tend_waiting_lists()


def tried(pair: tuple[Callable[[Any], Any], Any]) -> None:
    """A refusal is an answer too."""
    step, thing = pair
    try:
        step(thing)
    except DomainError:
        db.session.rollback()


def test_t46_cancel_accept_lapse_answer_and_resize_at_one_instant_keep_every_promise(app):
    """T-46, T-47: the sum, the order, and each informed once."""
    event = make_event(capacity=6)
    for one in [make_invitation(event).id for _ in range(16)]:
        accept(one)
    confirmed = [one.id for one in all_registrations() if one.state is S.CONFIRMED]
    line = [one.id for one in queries.line(event)]
    for one in confirmed[:3]:
        cancel(one)  # three offers
    offered = [one for one in all_registrations() if one.state is S.OFFERED]
    assert [one.id for one in offered] == line[:3]
    with transaction():
        offered[0].offer_expires_at = offered[0].registered_at
    newcomers = [make_invitation(event).id for _ in range(6)]

    at_once(
        app,
        tried,
        [(cancel, one) for one in confirmed[3:]]
        + [(accept_held, one.id) for one in offered]
        + [(accept, one) for one in newcomers]
        + [(lambda number: resize(event.id, number), number) for number in (7, 8, 5)]
        + [(sweep, 0)] * 3,
    )

    db.session.expire_all()
    taken, held = places(event)
    assert taken == held <= event.capacity
    left = [one.id for one in queries.line(event)]
    assert left == sorted(left)  # by the time of asking, nobody overtaken
    assert not left or event.places_free == 0
    mine = [one for one in line if one not in left]
    assert mine == line[: len(mine)]
    offers = [email for email, kind in mail_kinds() if kind == "offer"]
    assert len(offers) == len(set(offers))
    assert offered[0].state is S.EXPIRED


def test_t47_with_fewer_places_than_promised_nobody_loses_theirs_and_nobody_moves_up(app):
    event = make_event(capacity=3)
    for one in [make_invitation(event).id for _ in range(4)]:
        accept(one)
    cancel(all_registrations()[0].id)

    resize(event.id, 2)
    assert places(event) == (3, 3)
    cancel(all_registrations()[1].id)

    assert [one.state for one in all_registrations()] == [
        S.CANCELLED,
        S.CANCELLED,
        S.CONFIRMED,
        S.OFFERED,
    ]
    assert (event.capacity, event.shrinks_to, places(event)) == (2, None, (2, 2))


def test_more_places_are_offered_to_the_line_at_once(app):
    event = make_event(capacity=1)
    for one in [make_invitation(event).id for _ in range(4)]:
        accept(one)

    resize(event.id, 3)

    assert [one.state for one in all_registrations()] == [
        S.CONFIRMED,
        S.OFFERED,
        S.OFFERED,
        S.WAITING,
    ]
    assert places(event) == (3, 3)
