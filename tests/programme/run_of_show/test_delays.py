"""How a delay runs through a plan."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eventapp.programme.run_of_show.delays import (
    Timed,
    beginnings,
    delay,
    in_order,
    squeezes,
)

TEN = datetime(2027, 6, 24, 10, 0, tzinfo=UTC)


def line(number, at, minutes=0, **more):
    return Timed(number, TEN + timedelta(minutes=at), minutes, **more)


def shown(lines):
    """Minutes after ten at which each line begins, in the order of the plan."""
    begins = beginnings(lines)
    return [int((begins[one.id] - TEN).total_seconds() // 60) for one in in_order(lines)]


def test_what_follows_a_delay_is_as_late_and_what_came_before_is_not():
    plan = [line(1, 0, 30), line(2, 30, 30), line(3, 60, 30)]

    assert shown(delay(plan, 2, 10)) == [0, 40, 70]


def test_the_slack_before_a_fixed_line_absorbs_the_delay():
    plan = [line(1, 0, 30), line(2, 60, fixed=True, minutes=10), line(3, 70, 20)]

    late = delay(plan, 1, 20)

    assert (shown(late), squeezes(late)) == ([20, 60, 70], [])


def test_only_what_the_slack_cannot_take_runs_on_behind_a_fixed_line():
    plan = [line(1, 0, 50), line(2, 60, 10, fixed=True), line(3, 70, 20)]

    late = delay(plan, 1, 25)

    assert shown(late) == [25, 60, 85]
    [squeeze] = squeezes(late)
    assert (squeeze.late.id, squeeze.fixed.id, squeeze.minutes) == (1, 2, 15)


def test_time_between_two_fixed_lines_absorbs_as_well():
    plan = [
        line(1, 0, 60),
        line(2, 60, 10, fixed=True),
        line(3, 80, 10, fixed=True),
        line(4, 90, 10),
    ]

    assert shown(delay(plan, 1, 10)) == [10, 60, 80, 90]
    assert shown(delay(plan, 1, 15)) == [15, 60, 80, 95]


def test_no_line_begins_after_a_fixed_one_that_follows_it():
    plan = [line(1, 0, 30), line(2, 50, 5), line(3, 60, 10, fixed=True)]

    late = delay(plan, 1, 30)

    assert shown(late) == [30, 60, 60]
    assert squeezes(late)[0].minutes == 25


def test_what_was_planned_beside_a_fixed_line_takes_nothing_from_it():
    plan = [line(1, 0, 300), line(2, 10, 20), line(3, 60, 10, fixed=True), line(4, 70)]

    late = delay(plan, 1, 10)

    assert (shown(late), squeezes(late)) == ([10, 20, 60, 70], [])


def test_a_fixed_line_that_begins_late_after_all_stays_and_what_follows_is_late():
    plan = [line(1, 0, 30, fixed=True), line(2, 30, 30), line(3, 60)]

    assert shown(delay(plan, 1, 5)) == [0, 35, 65]


def test_who_runs_ahead_waits_at_the_fixed_line_and_overtakes_nobody():
    plan = [line(1, 0, 30), line(2, 30, 10), line(3, 60, 10, fixed=True), line(4, 70)]

    assert shown(delay(plan, 2, -40)) == [0, 0, 60, 70]


LINES = st.lists(
    st.tuples(st.integers(0, 240), st.integers(0, 90), st.booleans()),
    min_size=1,
    max_size=12,
)
PUSHES = st.lists(st.tuples(st.integers(0, 11), st.integers(-30, 60)), max_size=4)


def plan_of(drawn):
    return [
        line(number, at, minutes, fixed=fixed) for number, (at, minutes, fixed) in enumerate(drawn)
    ]


@given(LINES, PUSHES)
def test_the_order_is_kept_fixed_lines_never_move_and_nobody_overtakes(drawn, pushes):
    plan = in_order(plan_of(drawn))
    order = [one.id for one in in_order(plan)]

    for start, minutes in pushes:
        plan = delay(plan, start % len(plan), minutes)

    begins = beginnings(plan)
    assert [one.id for one in plan] == order
    assert [begins[number] for number in order] == sorted(begins.values())
    assert all(begins[one.id] == one.planned_at for one in plan if one.fixed)


@given(LINES, PUSHES, st.integers(0, 11), st.integers(-60, 120))
def test_a_delay_taken_back_leaves_everything_as_it_was(drawn, pushes, start, minutes):
    plan = in_order(plan_of(drawn))
    for earlier, pushed in pushes:
        plan = delay(plan, earlier % len(plan), pushed)
    start %= len(plan)

    assert delay(delay(plan, start, minutes), start, -minutes) == plan


@given(LINES, st.integers(0, 11), st.integers(0, 120))
def test_a_delay_reaches_nobody_before_it_and_is_nowhere_longer_than_it_was_said(
    drawn, start, minutes
):
    plan = in_order(plan_of(drawn))
    start %= len(plan)

    late = delay(plan, start, minutes)

    place = next(at for at, one in enumerate(plan) if one.id == start)
    assert late[:place] == plan[:place]
    assert all(0 <= one.late <= minutes for one in late)
    assert [replace(one, late=0) for one in late] == plan


@given(LINES, st.integers(0, 11), st.integers(0, 120))
def test_without_a_fixed_line_everything_after_it_is_as_late(drawn, start, minutes):
    plan = in_order([replace(one, fixed=False) for one in plan_of(drawn)])
    start %= len(plan)

    late = delay(plan, start, minutes)

    place = next(at for at, one in enumerate(plan) if one.id == start)
    assert {one.late for one in late[place:]} == {minutes}
    assert squeezes(late) == []
