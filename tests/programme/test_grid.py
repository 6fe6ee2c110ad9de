"""The programme as a table. Pure."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from programme.programmes import OPENS, demo_timetable, session

from eventapp.programme.grid import Cell, Column, grid
from eventapp.programme.timetable.checks import TimetableRoom

DAY, ONE_DAY = date(2027, 6, 24), timedelta(days=1)
ROOMS = [TimetableRoom("R1", "Raum 1"), TimetableRoom("R2", "Raum 2")]


def test_the_demo_has_a_column_for_each_room_and_begins_with_the_doors():
    demo = demo_timetable()

    table = grid(demo.sessions, demo.rooms, "Europe/Berlin", DAY)

    assert [(column.room, column.lanes) for column in table.columns] == [
        ("R1", 1),
        ("R2", 1),
        ("R3", 1),
        ("R4", 1),
        ("R5", 1),
    ]
    assert len(table.rows) == 72  # 15:00 to 21:00
    assert [row.label for row in table.rows if row.label][:3] == ["15:00", "15:30", "16:00"]
    assert table.rows[0].cells == (Cell(), Cell(), Cell(), Cell(), Cell("P01", 6))
    assert table.rows[6].cells == (Cell("P02", 2), Cell(), Cell(), Cell(), Cell())


def test_a_double_booking_stands_side_by_side():
    table = grid(
        [session("A", 0, 30, room="R1"), session("B", 15, 45, room="R1")],
        ROOMS,
        "Europe/Berlin",
        DAY,
    )

    assert table.columns == (Column("R1", 2), Column("R2", 1))
    assert table.rows[0].cells == (Cell("A", 6), Cell(), Cell())
    assert table.rows[3].cells == (Cell("B", 6), Cell())


def test_sessions_without_a_room_get_a_column_of_their_own():
    table = grid([session("A", 0, 5)], ROOMS, "Europe/Berlin", DAY)

    assert table.columns[-1] == Column(None, 1)
    assert table.rows[0].cells == (Cell(), Cell(), Cell("A", 1))


def test_odd_minutes_are_shown_on_the_rows_they_touch():
    table = grid([session("A", 3, 12, room="R1")], ROOMS, "Europe/Berlin", DAY)

    assert [row.cells[0] for row in table.rows if len(row.cells) == 2] == [Cell("A", 3)]


def test_each_day_has_its_own_table():
    some = [session("A", 0, 30), session("B", 24 * 60, 24 * 60 + 30)]

    first, second = (grid(some, ROOMS, "Europe/Berlin", day) for day in (DAY, DAY + ONE_DAY))

    assert first.rows[0].cells[-1] == Cell("A", 6)
    assert second.rows[0].cells[-1] == Cell("B", 6)


def test_a_day_without_sessions_has_no_rows():
    assert grid([], ROOMS, "Europe/Berlin", DAY).rows == ()


def test_a_night_across_the_clock_change_is_as_long_as_it_really_is():
    """T-54: from 01:00 to 04:00 on 31.10.2027 four hours pass."""
    begins = OPENS.replace(month=10, day=30, hour=23)
    night = session("A", 0, 0, room="R1", starts_at=begins, ends_at=begins + timedelta(hours=4))

    table = grid([night], ROOMS, "Europe/Berlin", date(2027, 10, 31))

    assert [row.label for row in table.rows if row.label] == [
        "01:00",
        "01:30",
        "02:00",
        "02:30",
        "02:00",
        "02:30",
        "03:00",
        "03:30",
    ]


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(-5, 120), st.sampled_from(["R1", "R2", None])),
        max_size=12,
    )
)
def test_every_table_is_rectangular_and_shows_each_session_once(some):
    sessions = [
        session(f"S{number}", start, start + length, room=room)
        for number, (start, length, room) in enumerate(some)
    ]

    table = grid(sessions, ROOMS, "Europe/Berlin", DAY)

    width = sum(column.lanes for column in table.columns)
    shown = [cell.session for row in table.rows for cell in row.cells if cell.session]
    assert sum(cell.rows for row in table.rows for cell in row.cells) == width * len(table.rows)
    assert sorted(shown) == sorted(each.key for each in sessions)
