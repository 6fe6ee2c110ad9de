"""The life cycles of sessions and contributors (domain 2.2)."""

import pytest

from eventapp.programme.states import (
    CONTRIBUTOR_ARROWS,
    NAMED_IN_PUBLIC,
    SESSION_ARROWS,
    ContributorState,
    SessionState,
)


@pytest.mark.parametrize(
    ("states", "arrows"),
    [
        (SessionState, SESSION_ARROWS),
        (ContributorState, CONTRIBUTOR_ARROWS),
    ],
)
def test_every_state_says_where_it_may_lead(states, arrows):
    assert set(arrows) == set(states)
    assert all(target in states for targets in arrows.values() for target in targets)


def test_a_published_session_never_becomes_a_draft_again():
    reached, front = set(), {SessionState.PUBLISHED}
    while front:
        state = front.pop()
        reached.add(state)
        front |= SESSION_ARROWS[state] - reached

    assert reached == {
        SessionState.PUBLISHED,
        SessionState.CHANGED,
        SessionState.CANCELLED,
    }


def test_names_are_public_from_the_promise_on():
    assert {ContributorState.AGREED, ContributorState.CONFIRMED} == NAMED_IN_PUBLIC
