"""After the deadline people still may ask; they stand behind everybody who was in time."""

from datetime import timedelta

import pytest
from factories import make_account, make_event, make_invitation, make_registration

from eventapp.foundation import clock
from eventapp.registrations.actions import (
    accept_invitation,
    cancel_registration,
    offer_free_places,
)
from eventapp.registrations.states import RegistrationState

CONFIRMED, WAITING = RegistrationState.CONFIRMED, RegistrationState.WAITING
OFFERED = RegistrationState.OFFERED


@pytest.fixture
def event(app):
    return make_event(capacity=3)


def late_invitation(event):
    yesterday = clock.today(event.zone) - timedelta(days=1)
    return make_invitation(event, reply_by_on=yesterday)


def test_a_late_answer_waits_though_places_are_free_and_keeps_nobody_in_time_out(event):
    late = accept_invitation(late_invitation(event))

    in_time = accept_invitation(make_invitation(event))

    assert (late.state, in_time.state) == (WAITING, CONFIRMED)


def test_a_freed_place_goes_past_the_late_to_whoever_was_in_time(event):
    guests = [make_registration(event) for _ in range(3)]
    late = accept_invitation(late_invitation(event))
    in_time = accept_invitation(make_invitation(event))

    cancel_registration(guests[0])
    cancel_registration(guests[1])

    assert (in_time.state, late.state) == (OFFERED, WAITING)


def test_the_late_move_up_when_an_organiser_says_so(event):
    late = accept_invitation(late_invitation(event))

    moved = offer_free_places(event, by=make_account(event.host))

    assert moved == 1
    assert late.state is OFFERED
