"""Who gets a place, who waits, who moves up."""

import pytest

from eventapp.registrations.queue import Timeliness, Waiting, first_state, moving_up
from eventapp.registrations.states import ARROWS, HOLDS_PLACE, LIVE, RegistrationState


@pytest.mark.parametrize(
    ("free", "waiting", "timeliness", "expected"),
    [
        (1, 0, Timeliness.IN_TIME, RegistrationState.CONFIRMED),
        (0, 0, Timeliness.IN_TIME, RegistrationState.WAITING),
        (1, 1, Timeliness.IN_TIME, RegistrationState.WAITING),
        (1, 0, Timeliness.LATE, RegistrationState.WAITING),
    ],
    ids=["a free place", "full", "others wait", "too late"],
)
def test_a_place_is_for_those_in_time_whom_nobody_is_before(free, waiting, timeliness, expected):
    assert first_state(party=1, free=free, waiting=waiting, timeliness=timeliness) is expected


def test_a_party_that_does_not_fit_waits():
    state = first_state(party=3, free=2, waiting=0, timeliness=Timeliness.IN_TIME)

    assert state is RegistrationState.WAITING


def test_those_who_waited_longest_move_up_as_far_as_places_go():
    line = [Waiting(1, 1), Waiting(2, 1), Waiting(3, 1)]

    assert moving_up(2, line) == [Waiting(1, 1), Waiting(2, 1)]


def test_nobody_overtakes_a_party_that_does_not_fit():
    line = [Waiting(1, 1), Waiting(2, 3), Waiting(3, 1)]

    assert moving_up(3, line) == [Waiting(1, 1)]


def test_every_state_has_its_arrows_and_leads_to_known_states():
    assert set(ARROWS) == set(RegistrationState)
    assert set.union(*ARROWS.values()) <= set(RegistrationState)


def test_whoever_holds_a_place_is_live():
    assert HOLDS_PLACE < LIVE
