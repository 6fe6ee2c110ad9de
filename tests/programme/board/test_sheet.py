"""Where sessions stand on the board. Pure."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programme.programmes import OPENS, demo_timetable, session

from eventapp.programme.board.sheet import (
    MOST_LANES,
    ROW,
    Calendar,
    Frame,
    Spot,
    bands,
    frame_of,
    labels,
    spots,
)
from eventapp.programme.timetable.checks import TimetableSlot

BERLIN, DAY = "Europe/Berlin", date(2027, 6, 24)
ONE_DAY = timedelta(days=1)
EVENT = Calendar(BERLIN, OPENS, OPENS + timedelta(hours=6))
ROOMS = ["R1", "R2"]


def table(sessions, day=DAY, calendar=EVENT, rooms=ROOMS):
    frame = frame_of(calendar, day, sessions, rooms)
    return frame, spots(frame, sessions)


def test_the_demo_fills_the_event_from_the_doors_to_the_end():
    demo = demo_timetable()

    frame, where = table(demo.sessions, rooms=[room.key for room in demo.rooms])

    assert (frame.rows, frame.rooms) == (12, ("R1", "R2", "R3", "R4", "R5"))
    assert labels(frame, BERLIN)[:3] == ["15:00", "15:30", "16:00"]
    assert where["P01"] == Spot(0, "R5", 0, 6)
    assert where["T1"] == Spot(3, "R2", 4, 9)
    assert set(where) == {each.key for each in demo.sessions}


def test_a_double_booking_stands_side_by_side_and_nothing_else_makes_room():
    some = [
        session("A", 0, 30, room="R1"),
        session("B", 15, 45, room="R1"),
        session("C", 60, 90, room="R1"),
    ]

    _frame, where = table(some)

    assert {key: (spot.lane, spot.lanes) for key, spot in where.items()} == {
        "A": (1, 2),
        "B": (2, 2),
        "C": (1, 1),
    }


def test_sessions_without_a_room_get_a_column_of_their_own():
    frame, where = table([session("A", 0, 5)])

    assert frame.rooms == ("R1", "R2", 0)
    assert where["A"] == Spot(0, 0, 0, 1)


def test_odd_minutes_are_shown_on_the_steps_they_touch():
    _frame, where = table([session("A", 3, 12, room="R1")])

    assert where["A"] == Spot(0, "R1", 0, 3)


def test_the_table_reaches_to_what_lies_outside_the_event():
    early = session("A", -40, -20, room="R1")

    frame, where = table([early])

    assert frame.first == OPENS - timedelta(hours=1)
    assert where["A"].row == 0


def test_the_night_until_six_belongs_to_the_day_before():
    """T-57: past midnight."""
    festival = Calendar(BERLIN, OPENS, OPENS + timedelta(days=2))
    late = session("A", 8 * 60, 11 * 60, room="R1")  # 23:00 to 02:00
    night = session("B", 11 * 60 + 30, 12 * 60, room="R1")  # 02:30
    morning = session("C", 17 * 60, 18 * 60, room="R1")  # 08:00

    first, there = table([late, night, morning], calendar=festival)
    second, then = table([late, night, morning], DAY + ONE_DAY, festival)

    assert set(there) == {"A", "B"}
    assert labels(first, BERLIN)[-1] == "02:30"
    assert (set(then), labels(second, BERLIN)[0]) == ({"C"}, "08:00")


def test_every_day_of_the_event_has_a_table_and_others_on_which_something_begins():
    festival = Calendar(BERLIN, OPENS, OPENS + timedelta(days=2))
    afterwards = session("A", 5 * 24 * 60, 5 * 24 * 60 + 30)

    assert festival.days([afterwards]) == [DAY + n * ONE_DAY for n in (0, 1, 2, 5)]


def test_a_day_without_sessions_is_a_day_of_work():
    festival = Calendar(BERLIN, OPENS, OPENS + timedelta(days=2))

    frame, where = table([], DAY + ONE_DAY, festival)

    assert where == {}
    assert (labels(frame, BERLIN)[0], frame.last) == (
        "08:00",
        festival.at(DAY + ONE_DAY, time(18)),
    )


def test_a_night_across_the_clock_change_is_as_long_as_it_really_is():
    """T-54: from 01:00 to 04:00 on 31.10.2027 four hours pass."""
    begins = datetime(2027, 10, 30, 23, tzinfo=UTC)
    calendar = Calendar(BERLIN, begins, begins + timedelta(hours=4))
    night = session("A", 0, 0, room="R1", starts_at=begins, ends_at=begins + timedelta(hours=4))

    frame, where = table([night], date(2027, 10, 31), calendar)

    assert labels(frame, BERLIN) == [
        "01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30",
    ]  # fmt: skip
    assert where["A"].height == 48


def test_a_slot_is_a_band_at_its_time():
    slot = TimetableSlot(
        "I", "Runde I", OPENS + timedelta(minutes=110), OPENS + timedelta(minutes=155)
    )
    frame, _where = table([])

    assert bands(frame, [slot]) == [(slot, Spot(3, "R1", 4, 9))]


def test_a_frame_travels_as_text():
    frame = Frame(OPENS, 12, (3, 5, 0))

    assert Frame.read(frame.written) == frame


@pytest.mark.parametrize(
    "strange",
    [
        "",
        "1/2",
        "x/2/3",
        "1/0/3",
        "1/97/3",
        "1/2/",
        "9" * 12 + "/2/3",
        "1/2/" + ",".join("1" * 201),
    ],
)
def test_a_frame_that_no_page_has_written_is_refused(strange):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever reading a number says
        Frame.read(strange)


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(-5, 120), st.sampled_from(["R1", "R2", None])),
        max_size=12,
    )
)
def test_every_session_stands_in_the_table_once_and_over_no_other(some):
    sessions = [
        session(f"S{number}", start, start + length, room=room)
        for number, (start, length, room) in enumerate(some)
    ]

    frame, where = table(sessions)

    assert set(where) == {each.key for each in sessions}
    taken = [
        (spot.room, spot.lane, spot.row * 6 + spot.at + step)
        for spot in where.values()
        for step in range(spot.height)
        if spot.lanes < MOST_LANES
    ]
    assert len(taken) == len(set(taken))
    assert all(spot.row < frame.rows and spot.height >= 1 for spot in where.values())
    assert frame.last - frame.first == frame.rows * ROW
