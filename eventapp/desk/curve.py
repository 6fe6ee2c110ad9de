"""The curve of places taken, day by day. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

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
class Point:
    """Places taken at the end of a day."""

    day: date
    total: int
    occasion: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled stroke at a day."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What the curve shows; `cap` are all places, `ends_on` is the day of the event."""

    points: tuple[Point, ...]
    marks: tuple[Mark, ...]
    cap: int
    ends_on: date
    unit: Message
    summary: Message


def chart_of(
    stays: Iterable[Stay],
    occasions: Iterable[Occasion],
    *,
    zone: str,
    today: date,
    ends_on: date,
    cap: int,
    unit: Message,
    today_word: str,
) -> Chart | None:
    """The curve up to today (or the event); None before the first place is taken."""
    steps = _steps(stays, ZoneInfo(zone))
    if not steps:
        return None
    known = {occasion.day: occasion.words for occasion in occasions}
    last = min(today, ends_on)
    days = sorted({*steps, *known, last})
    points, total = [], 0
    for day in days:
        total += steps.get(day, 0)
        points.append(Point(day, total, known.get(day, "")))
    marks = [Mark(occasion.day, occasion.mark) for occasion in occasions]
    marks.append(Mark(last, today_word))
    return Chart(tuple(points), tuple(marks), cap, max(ends_on, last), unit, _summary(points, cap))


def _steps(stays: Iterable[Stay], zone: ZoneInfo) -> Counter[date]:
    steps: Counter[date] = Counter()
    for stay in stays:
        steps[stay.taken_at.astimezone(zone).date()] += 1
        if stay.given_back_at is not None:
            steps[stay.given_back_at.astimezone(zone).date()] -= 1
    return steps


def _summary(points: list[Point], cap: int) -> Message:
    return message(
        "Places taken: %(total)s of %(cap)s on %(day)s, from %(first)s on %(since)s.",
        total=points[-1].total,
        cap=cap,
        day=f"{points[-1].day:%d.%m.}",
        first=points[0].total,
        since=f"{points[0].day:%d.%m.}",
    )
