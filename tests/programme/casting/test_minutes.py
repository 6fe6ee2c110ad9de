"""The minute plan fills the session to the minute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.programme.casting.minutes import StepKind, minute_plan, time_cards
from eventapp.programme.kinds import SessionKind

names = st.lists(st.text(min_size=1, max_size=5), max_size=12)


@given(st.sampled_from(SessionKind), st.integers(1, 600), names, names)
def test_the_steps_follow_each_other_and_sum_to_the_length(kind, minutes, speakers, questions):
    plan = minute_plan(kind, minutes, speakers, questions)

    assert sum(step.minutes for step in plan) == minutes
    assert all(step.minutes >= 1 for step in plan)
    ends = [step.begins + step.minutes for step in plan]
    assert [step.begins for step in plan] == [0, *ends[:-1]]


def test_a_talk_round_hears_inputs_asks_all_questions_and_keeps_results():
    plan = minute_plan(SessionKind.TALK_ROUND, 45, ["Öhm"], ["Was fehlt?", "Wer hilft?"])

    assert [(step.kind, step.about) for step in plan] == [
        (StepKind.WELCOME, ""),
        (StepKind.INPUT, "Öhm"),
        (StepKind.QUESTION, "Was fehlt?"),
        (StepKind.QUESTION, "Wer hilft?"),
        (StepKind.AUDIENCE, ""),
        (StepKind.RESULTS, ""),
        (StepKind.CLOSING, ""),
    ]


def test_a_session_without_a_length_has_no_plan():
    assert minute_plan(SessionKind.PANEL, 0, ["Öhm"], []) == []


@pytest.mark.parametrize(
    ("minutes", "cards"), [(45, [10, 5, 1]), (10, [5, 1]), (5, [1]), (1, []), (0, [])]
)
def test_cards_are_for_what_is_left_of_the_time(minutes, cards):
    assert time_cards(minutes) == cards
