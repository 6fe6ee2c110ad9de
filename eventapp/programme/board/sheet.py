"""A day of a programme as a table: a column for each room, a row for half an hour. Pure.

A session stands in the cell in which it begins and reaches down over those below; two that overlap
in one room stand in lanes side by side, so that a double booking can be seen. The night until six
belongs to the day before, so that a day's table goes on to the next morning when sessions do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eventapp.programme.timetable.conflicts import Key
from eventapp.programme.timetable.entries import TimetableSession, TimetableSlot

STEP = timedelta(minutes=5)
ROW_STEPS = 6
ROW = STEP * ROW_STEPS
NIGHT_ENDS = 6  # o'clock
MORNING, EVENING = time(8), time(18)
MOST_ROWS = 96  # two days
MOST_LANES = 4
MOST_COLUMNS = 200
NO_ROOM = 0
_Placed = tuple[Key, int, int]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days an event has, on the wall calendar of its zone."""

    zone: str
    opens_at: datetime
    ends_at: datetime

    @property
    def first_day(self) -> date:
        """The day on which it opens."""
        return self.opens_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def last_day(self) -> date:
        """The day on whose table its end is."""
        return max(self.first_day, self.day_of(self.ends_at - STEP))

    def day_of(self, moment: datetime) -> date:
        """The day on whose table a moment is: a night belongs to the day before, if that is one of
        the event's."""
        local = moment.astimezone(ZoneInfo(self.zone))
        before = local.date() - timedelta(days=1)
        return before if local.hour < NIGHT_ENDS and before >= self.first_day else local.date()

    def days(self, sessions: Iterable[TimetableSession]) -> list[date]:
        """The event's own days, and those on which something begins besides."""
        length = (self.last_day - self.first_day).days + 1
        own = {self.first_day + timedelta(days=number) for number in range(min(length, 60))}
        return sorted(own | {self.day_of(each.starts_at) for each in sessions})

    def at(self, day: date, hour: time) -> datetime:
        """The moment of a day at which the wall clock shows this time."""
        return datetime.combine(day, hour, ZoneInfo(self.zone)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a table covers: from when, so many rows of half an hour, the rooms from left to right.

    Room 0 is "no room yet".
    """

    first: datetime
    rows: int
    rooms: tuple[Key, ...]

    @property
    def last(self) -> datetime:
        """When the table ends."""
        return self.first + self.rows * ROW

    @property
    def written(self) -> str:
        """As the page carries it and hands it back."""
        rooms = ",".join(map(str, self.rooms))
        return f"{int(self.first.timestamp())}/{self.rows}/{rooms}"

    @classmethod
    def read(cls, text: str) -> "Frame":
        """Of what a page handed back. Raises ValueError for what none has written."""
        first, rows, rooms = text.split("/")
        columns = tuple(int(room) for room in rooms.split(","))
        if not (0 < int(rows) <= MOST_ROWS and len(columns) <= MOST_COLUMNS and len(first) < 12):
            raise ValueError(text)
        return cls(datetime.fromtimestamp(int(first), UTC), int(rows), columns)

    def steps(self, moment: datetime) -> int:
        """Steps of five minutes from the table's begin."""
        return (moment - self.first) // STEP


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: its cell, steps below the cell's top, its height in steps, its lane.

    Lanes count from 1.
    """

    row: int
    room: Key
    at: int
    height: int
    lane: int = 1
    lanes: int = 1

    @property
    def cell(self) -> str:
        """The id of the cell."""
        return f"c{self.row}-{self.room}"


def frame_of(
    calendar: Calendar, day: date, sessions: Iterable[TimetableSession], rooms: Iterable[Key]
) -> Frame:
    """The table of a day: what the event covers of it, and all that begins on it."""
    own = [each for each in sessions if calendar.day_of(each.starts_at) == day]
    keys = list(rooms)
    starts = [each.starts_at for each in own]
    ends = [each.ends_at for each in own]
    begins = calendar.opens_at if day == calendar.first_day else calendar.at(day, MORNING)
    stops = calendar.ends_at if day == calendar.last_day else calendar.at(day, EVENING)
    first = _half_hour(min([begins, *starts]))
    rows = -((first - max([stops, *ends, first + ROW])) // ROW)
    if not keys or any(each.room not in keys for each in own):
        keys.append(NO_ROOM)
    return Frame(first, min(rows, MOST_ROWS), tuple(keys))


def _half_hour(moment: datetime) -> datetime:
    return moment - timedelta(
        minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond
    )


def labels(frame: Frame, zone: str) -> list[str]:
    """What the wall clock shows at the begin of each row."""
    wall = ZoneInfo(zone)
    return [f"{(frame.first + n * ROW).astimezone(wall):%H:%M}" for n in range(frame.rows)]


def spots(frame: Frame, sessions: Iterable[TimetableSession]) -> dict[Key, Spot]:
    """Where the sessions stand that begin within the table, by their key."""
    columns: dict[Key, list[_Placed]] = {room: [] for room in frame.rooms}
    for session in sorted(sessions, key=lambda each: each.order):
        room = NO_ROOM if session.room is None else session.room
        if frame.first <= session.starts_at < frame.last and room in columns:
            columns[room].append((session.key, *_span(frame, session.starts_at, session.ends_at)))
    found: dict[Key, Spot] = {}
    for room, own in columns.items():
        for together in _clusters(own):
            found |= _side_by_side(room, together)
    return found


def _span(frame: Frame, starts_at: datetime, ends_at: datetime) -> tuple[int, int]:
    """The first step of something and the one after its last; at least one."""
    start = frame.steps(starts_at)
    end = -((frame.first - ends_at) // STEP)  # rounded up
    return start, max(start + 1, min(end, frame.rows * ROW_STEPS))


def _clusters(sessions: Sequence[_Placed]) -> list[list[_Placed]]:
    """Sessions of one room that hang together by overlapping."""
    clusters: list[list[_Placed]] = []
    until = 0
    for placed in sessions:
        if not clusters or placed[1] >= until:
            clusters.append([])
        clusters[-1].append(placed)
        until = max(until, placed[2])
    return clusters


def _side_by_side(room: Key, together: Sequence[_Placed]) -> dict[Key, Spot]:
    free_from: list[int] = []
    lane_of: dict[Key, int] = {}
    for key, start, end in together:
        free = (lane for lane, step in enumerate(free_from) if step <= start)
        lane = next(free, len(free_from))
        free_from[lane : lane + 1] = [end]
        lane_of[key] = lane
    lanes = min(len(free_from), MOST_LANES)
    return {
        key: _spot(room, (start, end), lane_of[key] % lanes + 1, lanes)
        for key, start, end in together
    }


def _spot(room: Key, span: tuple[int, int], lane: int = 1, lanes: int = 1) -> Spot:
    start, end = span
    return Spot(start // ROW_STEPS, room, start % ROW_STEPS, end - start, lane, lanes)


def bands(frame: Frame, slots: Iterable[TimetableSlot]) -> list[tuple[TimetableSlot, Spot]]:
    """The slots of talk rounds that begin within the table, in the first column."""
    return [
        (slot, _spot(frame.rooms[0], _span(frame, slot.starts_at, slot.ends_at)))
        for slot in slots
        if frame.first <= slot.starts_at < frame.last
    ]
