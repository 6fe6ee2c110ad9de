"""The curve of places taken, day by day, beside that of the edition before. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from eventapp.foundation.i18n import format_day, format_day_of_year
from eventapp.foundation.message import Message, message


@dataclass(frozen=True, slots=True)
class Stay:
    """A place that was taken at one moment and perhaps given back at another."""

    taken_at: datetime
    given_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that explains a step of the curve, with its short mark for the axis."""

    day: date
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The event of the series before this one: what it is called, when it was, who came when.

    `cap` are its places.
    """

    name: str
    zone: str
    held_on: date
    cap: int
    stays: Sequence[Stay]


@dataclass(frozen=True, slots=True)
class Point:
    """Places taken at the end of a day; `before` are those of the last edition at that distance."""

    day: date
    total: int
    occasion: str
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled stroke at a day."""

    day: date
    label: str


MOST_RULES = 4  # lines across the curve


@dataclass(frozen=True, slots=True)
class Chart:
    """What the curve shows; `cap` are all places, `ends_on` is the day of the event.

    `points` has each day on which something changed, `rows` those that the table shows. `earlier`
    is the last edition, moved to the days that are as far from this event, and in size: as many of
    these places as of its own were taken.
    """

    points: tuple[Point, ...]
    rows: tuple[Point, ...]
    marks: tuple[Mark, ...]
    cap: int
    ends_on: date
    unit: Message
    summary: Message
    deadline: Mark | None = None
    earlier: tuple[Point, ...] = ()
    comparison: Message | None = None

    @property
    def top(self) -> int:
        """What the highest line stands for."""
        return max(self.cap, 1, *(point.total for point in (*self.points, *self.earlier)))

    @property
    def rules(self) -> list[int]:
        """The numbers with a line of their own: round ones, three or four at most."""
        steps = (leading * 10**zeros for zeros in range(9) for leading in (1, 2, 5))
        step = next(one for one in steps if self.top / one < MOST_RULES)
        return list(range(0, self.top, step))


def chart_of(
    stays: Iterable[Stay],
    occasions: Sequence[Occasion],
    *,
    zone: str,
    today: date,
    ends_on: date,
    cap: int,
    unit: Message,
    deadline: date | None = None,
    last: Edition | None = None,
) -> Chart | None:
    """The curve up to today (or the event); None before the first place is taken."""
    steps = _steps(stays, zone)
    if not steps:
        return None
    until = min(today, ends_on)
    earlier = _moved(last, ends_on) if last else Counter()
    totals = _totals(steps, (*(one.day for one in occasions), until))
    explained = _explained(occasions, totals, cap, deadline)
    points = tuple(
        Point(day, total, explained.get(day, ""), _total_on(earlier, day) if last else None)
        for day, total in totals.items()
    )
    begin, now = points[0].day, points[-1]
    return Chart(
        points,
        tuple(one for one in points if one.occasion or one is now),
        _marks(occasions, until),
        cap,
        max(ends_on, until),
        unit,
        _summary(points, cap),
        _deadline_mark(deadline, begin, ends_on),
        _earlier_points(earlier, begin, ends_on, share=cap / last.cap if last else 1),
        _comparison(last, now) if last else None,
    )


def _marks(occasions: Iterable[Occasion], today: date) -> tuple[Mark, ...]:
    """One stroke a day with all that it stands for, today last."""
    labels: dict[date, list[str]] = {}
    for one in occasions:
        labels.setdefault(one.day, []).append(one.mark)
    labels[today] = [*labels.pop(today, []), str(message("today"))]
    return tuple(Mark(day, ", ".join(words)) for day, words in labels.items())


def _steps(stays: Iterable[Stay], zone: str) -> Counter[date]:
    steps: Counter[date] = Counter()
    for stay in stays:
        steps[stay.taken_at.astimezone(ZoneInfo(zone)).date()] += 1
        if stay.given_back_at is not None:
            steps[stay.given_back_at.astimezone(ZoneInfo(zone)).date()] -= 1
    return steps


def _moved(last: Edition, ends_on: date) -> Counter[date]:
    """The steps of the last edition, as far from this event as they were from that one."""
    distance = ends_on - last.held_on
    steps = _steps(last.stays, last.zone)
    return Counter({day + distance: step for day, step in steps.items() if day <= last.held_on})


def _totals(steps: Counter[date], days: Iterable[date]) -> dict[date, int]:
    """How many places are taken at the end of each of these days, and wherever that changes."""
    totals, total = {}, 0
    for day in sorted({*steps, *days}):
        total += steps.get(day, 0)
        totals[day] = total
    return totals


def _total_on(steps: Counter[date], day: date) -> int:
    return sum(step for on, step in steps.items() if on <= day)


def _explained(
    occasions: Iterable[Occasion], totals: dict[date, int], cap: int, deadline: date | None
) -> dict[date, str]:
    """What happened on which day, for the table: waves, the deadline, and when all was taken."""
    said: dict[date, list[str]] = {}
    for one in occasions:
        said.setdefault(one.day, []).append(one.words)
    full = next((day for day, total in totals.items() if total >= cap), None)
    if full is not None:
        said.setdefault(full, []).append(str(message("fully booked")))
    if deadline is not None and deadline in totals:
        said.setdefault(deadline, []).append(str(message("deadline for answers")))
    return {day: ", ".join(words) for day, words in said.items()}


def _earlier_points(
    steps: Counter[date], begin: date, end: date, *, share: float
) -> tuple[Point, ...]:
    """From the day on which this curve begins; what was taken before is there from the start."""
    if not steps:
        return ()
    totals = _totals(steps, (begin, end))
    return tuple(
        Point(day, round(total * share), "") for day, total in totals.items() if begin <= day <= end
    )


def _deadline_mark(deadline: date | None, begin: date, end: date) -> Mark | None:
    if deadline is None or not begin <= deadline <= end:
        return None
    return Mark(deadline, str(message("Deadline %(day)s", day=format_day_of_year(deadline))))


def _comparison(last: Edition, now: Point) -> Message:
    return message(
        "%(name)s, %(day)s: %(count)s of %(cap)s places at this time before the event",
        name=last.name,
        day=format_day(last.held_on),
        count=now.before,
        cap=last.cap,
    )


def _summary(points: Sequence[Point], cap: int) -> Message:
    return message(
        "Places taken: %(total)s of %(cap)s on %(day)s, from %(first)s on %(since)s.",
        total=points[-1].total,
        cap=cap,
        day=format_day_of_year(points[-1].day),
        first=points[0].total,
        since=format_day_of_year(points[0].day),
    )
