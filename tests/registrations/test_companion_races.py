"""The last place, wanted for a companion by many at once, with real threads (T-43, T-44, T-46)."""

from threading import Barrier

from factories import make_event, make_invitation
from registrations.support import all_registrations, mail_kinds, places
from registrations.test_last_place import at_once

from eventapp.foundation.database import db
from eventapp.foundation.errors import DomainError
from eventapp.invitations.models import Invitation
from eventapp.registrations import queries
from eventapp.registrations.actions import (
    accept_invitation,
    add_companion,
    cancel_registration,
    companions,
    remove_companion,
    tend_waiting_lists,
)
from eventapp.registrations.models import Registration
from eventapp.registrations.requests import CompanionName
from eventapp.registrations.states import RegistrationState

S = RegistrationState
GUESTS = 12


def party(number: int, *, allowed: int = 1, free: int = 1, company: int = 0):
    """An event with as many guests, so many of whose places are free; and the guests."""
    event = make_event(capacity=number * (1 + company) + free, companions_allowed=allowed)
    guests = [
        accept_invitation(make_invitation(event), companions=[CompanionName()] * company)
        for _ in range(number)
    ]
    return event, [one.id for one in guests]


def add(registration_id: int) -> str:
    main = db.session.get_one(Registration, registration_id)
    try:
        add_companion(main, CompanionName(), seen=frozenset())
    except DomainError as problem:
        return type(problem).__name__
    return "added"


def in_step(event) -> None:
    """The counter is right, nobody is promised what is not there, companions follow."""
    db.session.expire_all()
    counted, held = places(event)
    assert counted == held <= event.capacity
    for one in all_registrations():
        if one.main is not None and one.is_live:
            assert one.state is one.main.state


def test_t43_the_last_place_goes_to_one_companion_and_no_guest_loses_theirs(app):
    """T-43."""
    event, guests = party(GUESTS)

    said = at_once(app, add, guests)

    assert sorted(said) == ["NoRoomForCompanion"] * (GUESTS - 1) + ["added"]
    in_step(event)
    assert places(event) == (GUESTS + 1, GUESTS + 1)
    assert all(one.state is S.CONFIRMED for one in all_registrations())


def test_even_without_the_lock_the_conditional_update_keeps_the_promise(app, monkeypatch):
    event, guests = party(2)
    looked = Barrier(2)

    def seen_free(_main: Registration) -> bool:
        db.session.rollback()
        looked.wait(timeout=30)
        return True

    monkeypatch.setattr(companions, "_look_again", lambda *_: None)
    monkeypatch.setattr(companions, "has_room_for_one_more", seen_free)
    numbers = iter(range(9000, 9010))
    monkeypatch.setattr(companions, "next_number", lambda _event: f"A-{next(numbers)}")

    said = at_once(app, add, guests)

    assert sorted(said) == ["NoRoomForCompanion", "added"]
    in_step(event)


def test_t44_a_double_click_adds_one_companion(app):
    """T-44."""
    event, [guest] = party(1, allowed=2, free=3)

    assert at_once(app, add, [guest] * 6) == ["added"] * 6

    in_step(event)
    assert places(event) == (2, 2)


def test_t43_pairs_that_want_the_last_places_get_both_or_wait_for_both(app):
    """T-43."""
    event = make_event(capacity=5, companions_allowed=1)
    invitations = [make_invitation(event).id for _ in range(GUESTS)]

    def accept(invitation_id: int) -> RegistrationState:
        invitation = db.session.get_one(Invitation, invitation_id)
        return accept_invitation(invitation, companions=[CompanionName()]).state

    states = at_once(app, accept, invitations)

    assert states.count(S.CONFIRMED) == 2
    in_step(event)
    assert places(event) == (4, 4)
    assert len(queries.line(event)) == GUESTS - 2
    assert len(mail_kinds()) == GUESTS


def test_t46_adding_taking_off_cancelling_and_moving_up_at_once_stay_in_step(app):
    """T-46."""
    event, guests = party(6, company=1, free=0)
    waiting = [accept_invitation(make_invitation(event)).id for _ in range(4)]
    taken_off = [one.id for one in all_registrations() if one.main_id in guests[:2]]

    def remove(companion_id: int) -> None:
        remove_companion(db.session.get_one(Registration, companion_id))

    def cancel(registration_id: int) -> None:
        cancel_registration(db.session.get_one(Registration, registration_id))

    work = [(remove, one) for one in taken_off] + [(cancel, one) for one in guests[4:]]
    work += [(add, one) for one in waiting] + [(lambda _none: tend_waiting_lists(), 0)]
    at_once(app, lambda pair: pair[0](pair[1]), work)

    in_step(event)
    offers = [one for one in all_registrations() if one.state is S.OFFERED and one.main_id is None]
    assert len([kind for _to, kind in mail_kinds() if kind == "offer"]) == len(offers)
    line = queries.line(event)
    assert not line or line[0].party > event.places_free
