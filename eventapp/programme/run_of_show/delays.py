"""How a delay runs through the lines of a plan. Pure.

Each line keeps the time it was planned for and how many minutes late it is by now; a fixed line
never moves. Where lines begin follows from both (`beginnings`), so that a delay taken back leaves
everything as it was. A delay runs from line to line until a fixed one. What ends in time before
that absorbs it: only the minutes that are missing then (`_lacking`) run on behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LONGEST_DELAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Timed:
    """The times of one line: planned when, for how many minutes, how many minutes late by now."""

    id: int
    planned_at: datetime
    minutes: int = 0
    late: int = 0
    fixed: bool = False

    @property
    def planned_end(self) -> datetime:
        """When it was to end."""
        return self.planned_at + timedelta(minutes=self.minutes)

    @property
    def due_at(self) -> datetime:
        """When it would begin if nothing after it were fixed."""
        return self.planned_at if self.fixed else self.planned_at + timedelta(minutes=self.late)

    @property
    def due_end(self) -> datetime:
        """When it would end then."""
        return self.due_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Squeeze:
    """A fixed line whose time comes before another ends: so many minutes are missing."""

    late: Timed
    fixed: Timed
    minutes: int


def in_order(lines: Sequence[Timed]) -> list[Timed]:
    """The lines as they were planned; those of one time stay in the order in which they came."""
    return sorted(lines, key=lambda line: line.planned_at)


def beginnings(lines: Sequence[Timed]) -> dict[int, datetime]:
    """When each line begins by now.

    The order is as planned: none begins before the one before it, nor after a fixed one behind it.
    """
    ordered = in_order(lines)
    begins: dict[int, datetime] = {}
    before: datetime | None = None
    for line, limit in zip(ordered, _limits(ordered), strict=True):
        at = line.due_at if before is None else max(line.due_at, before)
        before = begins[line.id] = at if limit is None else min(at, limit)
    return begins


def delay(lines: Sequence[Timed], start: int, minutes: int) -> list[Timed]:
    """The lines with the delay from the line `start` (an id) on, in their order.

    Fewer than no minutes take back a delay, or run ahead. Lines before `start` and fixed ones stay.
    """
    old, new = in_order(lines), in_order(lines)
    place = next(at for at, line in enumerate(old) if line.id == start)
    running, lacked = minutes, _lacking(old)
    for at in range(place, len(new)):
        if new[at].fixed:
            if at > place:
                running = _lacking(new[: at + 1])[new[at].id] - lacked[new[at].id]
        else:
            new[at] = replace(new[at], late=new[at].late + running)
    return new


def squeezes(lines: Sequence[Timed]) -> list[Squeeze]:
    """The fixed lines for which there is not enough time left, each with what ends last."""
    ordered = in_order(lines)
    lacked = _lacking(ordered)
    return [
        Squeeze(_last_before(ordered, line, lacked), line, lacked[line.id])
        for line in ordered
        if lacked.get(line.id)
    ]


def _limits(ordered: Sequence[Timed]) -> list[datetime | None]:
    """For each line the time of the next fixed one, its own if it is fixed."""
    limits: list[datetime | None] = []
    limit: datetime | None = None
    for line in reversed(ordered):
        limit = line.planned_at if line.fixed else limit
        limits.append(limit)
    return limits[::-1]


def _lacking(ordered: Sequence[Timed]) -> dict[int, int]:
    """For each fixed line the minutes by which something before it ends too late.

    What was planned to run on beside it (catering, a long set-up) does not count. Minutes that are
    missing before one fixed line are missing at its end as well.
    """
    lacked: dict[int, int] = {}
    for place, line in enumerate(ordered):
        if line.fixed:
            ends = [_end(one, lacked) for one in ordered[:place] if _was_to_end_before(one, line)]
            latest = max(ends, default=line.planned_at)
            lacked[line.id] = max(0, _minutes(latest - line.planned_at))
    return lacked


def _last_before(ordered: Sequence[Timed], fixed: Timed, lacked: dict[int, int]) -> Timed:
    before = [one for one in ordered[: ordered.index(fixed)] if _was_to_end_before(one, fixed)]
    return max(before, key=lambda one: _end(one, lacked))


def _was_to_end_before(line: Timed, fixed: Timed) -> bool:
    return line.planned_end <= fixed.planned_at


def _end(line: Timed, lacked: dict[int, int]) -> datetime:
    return line.due_end + timedelta(minutes=lacked.get(line.id, 0))


def _minutes(length: timedelta) -> int:
    return round(length.total_seconds() / 60)
