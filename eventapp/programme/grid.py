"""A day of a programme as a table: a column for each room, a row for five minutes. Pure.

A session spans rows; two that overlap in one room stand side by side in lanes of its column, so
that a double booking can be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eventapp.programme.timetable.conflicts import Key
from eventapp.programme.timetable.entries import TimetableRoom, TimetableSession

STEP = timedelta(minutes=5)
HOUR_ROWS = 6  # a label every half hour
SHORT_ROWS = 2  # no more than one line fits


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the table: a session over so many rows, or nothing (`session` is None)."""

    session: Key | None = None
    rows: int = 1

    @property
    def short(self) -> bool:
        """Whether there is room for one line only."""
        return self.rows <= SHORT_ROWS


@dataclass(frozen=True, slots=True)
class Row:
    """Five minutes; `label` is "16:30" on rows that begin a half hour, else ""."""

    label: str
    label_rows: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A room, over as many lanes as sessions stand side by side in it; None is "no room"."""

    room: Key | None
    lanes: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The table of one day; without rows where nothing happens on it."""

    day: date
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Lane:
    """Sessions one below the other."""

    blocks: dict[int, tuple[Key, int]] = field(default_factory=dict)  # first row: session, rows
    free_from: int = 0

    def add(self, session: Key, first: int, last: int) -> None:
        self.blocks[first] = (session, last - first)
        self.free_from = last


def grid(
    sessions: Sequence[TimetableSession], rooms: Sequence[TimetableRoom], zone: str, day: date
) -> Grid:
    """The sessions that begin on a day. Rooms without sessions keep their column."""
    midnight = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    own = [
        each
        for each in sorted(sessions, key=lambda session: session.order)
        if each.starts_at.astimezone(ZoneInfo(zone)).date() == day
    ]
    if not own:
        return Grid(day, tuple(Column(room.key, 1) for room in rooms), ())
    spans = {each.key: _steps(each, midnight) for each in own}
    first = min(start for start, _end in spans.values()) // HOUR_ROWS * HOUR_ROWS
    last = max(end for _start, end in spans.values())
    keys: list[Key | None] = [room.key for room in rooms]
    if any(each.room not in keys for each in own):
        keys.append(None)
    lanes = {
        key: _lanes([each for each in own if _column(each, keys) == key], spans) for key in keys
    }
    return Grid(
        day,
        tuple(Column(key, len(lanes[key])) for key in keys),
        tuple(_rows(first, last, [lane for key in keys for lane in lanes[key]], midnight, zone)),
    )


def _column(session: TimetableSession, keys: Sequence[Key | None]) -> Key | None:
    return session.room if session.room in keys else None


def _steps(session: TimetableSession, midnight: datetime) -> tuple[int, int]:
    """The first row of a session and the one after its last; at least one row."""
    start = (session.starts_at - midnight) // STEP
    end = -((midnight - session.ends_at) // STEP)  # rounded up
    return start, max(end, start + 1)


def _lanes(sessions: Sequence[TimetableSession], spans: dict[Key, tuple[int, int]]) -> list[_Lane]:
    lanes = [_Lane()]
    for session in sessions:
        start, end = spans[session.key]
        lane = next((each for each in lanes if each.free_from <= start), None)
        if lane is None:
            lane = _Lane()
            lanes.append(lane)
        lane.add(session.key, start, end)
    return lanes


def _rows(
    first: int, last: int, lanes: Sequence[_Lane], midnight: datetime, zone: str
) -> list[Row]:
    covered_until = [first] * len(lanes)
    rows = []
    for number in range(first, last):
        cells = []
        for index, lane in enumerate(lanes):
            if number < covered_until[index]:
                continue
            session, height = lane.blocks.get(number, (None, 1))
            cells.append(Cell(session, height))
            covered_until[index] = number + height
        begins = number % HOUR_ROWS == 0
        label = f"{(midnight + number * STEP).astimezone(ZoneInfo(zone)):%H:%M}" if begins else ""
        rows.append(Row(label, min(HOUR_ROWS, last - number) if begins else 0, tuple(cells)))
    return rows
