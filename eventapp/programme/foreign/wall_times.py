"""Days and times as people type them: "27/12/14", "Freitag", "2:00 p.m.", "0:00 a.m.", "24". Pure.

Days stand before months, as in Germany; only where that gives no day is it the other way round.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eventapp.programme.exchange_fields import YEARS

UNSAID = frozenset(
    (
        "tbd",
        "tba",
        "tbc",
        "n.n.",
        "nn",
        "n/a",
        "na",
        "k.a.",
        "?",
        "??",
        "-",
        "–",
        "—",
        "x",
        "offen",
        "unbekannt",
        "todo",
    )
)
"""What people write where they do not know yet."""

_WEEKDAYS = [
    ("montag", "monday"),
    ("dienstag", "tuesday"),
    ("mittwoch", "wednesday"),
    ("donnerstag", "thursday"),
    ("freitag", "friday"),
    ("samstag", "saturday", "sonnabend"),
    ("sonntag", "sunday"),
]
_MONTHS = [
    ("januar", "january", "jänner"),
    ("februar", "february"),
    ("märz", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("dezember", "december"),
]
_DAY = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})?")
_NAMED_MONTH = re.compile(r"(\d{1,2})\.?\s+([a-zäöü]{3,9})\.?(?:\s+(\d{4}))?")
_MONTH_FIRST = re.compile(r"([a-zäöü]{3,9})\s+(\d{1,2}),?\s+(\d{4})")
_NUMBERED = re.compile(r"(?:tag|day)\s*(\d{1,2})")
_TIME = re.compile(
    r"(\d{1,2})(?:\s*[:.h]\s*(\d{2})?(?::\d{2})?)?\s*(a\.?\s?m\.?|p\.?\s?m\.?)?\s*(?:uhr|h)?"
)
_RANGE = re.compile(r"\s*(?:–|—|-|\bbis\b|\bto\b)\s*")


def is_unsaid(text: str) -> bool:
    """Whether a cell says nothing, or that nobody knows yet."""
    folded = text.strip().casefold()
    return not folded or folded in UNSAID


def weekday_of(text: str) -> int | None:
    """The weekday in a text, Monday 0; None for what is none. Two letters are enough."""
    word = text.strip().casefold().rstrip(".,")
    if not 2 <= len(word) <= 10:
        return None
    return next(
        (
            number
            for number, names in enumerate(_WEEKDAYS)
            if any(name == word or (len(word) <= 3 and name.startswith(word)) for name in names)
        ),
        None,
    )


def read_date(text: str, first_day: date) -> date | None:
    """A day with its date; without a year it is one near the event's first day."""
    words = text.strip().casefold()
    before, comma, after = words.partition(",")
    if weekday_of(before) is not None and (comma or " " in words):  # "Samstag, 27. Dezember"
        words = after.strip()
    elif weekday_of(words.partition(" ")[0]) is not None:
        words = words.partition(" ")[2].strip()
    found = _by_digits(words, first_day) or _by_month(words, first_day)
    return found if found and found.year in YEARS else None


def _by_digits(words: str, first_day: date) -> date | None:
    found = _DAY.match(words.partition(" ")[0].partition("t")[0])
    if found is None:
        return None
    first, sign, second, last = found.groups()
    if len(first) == 4:
        return _date(int(first), int(second), int(last or 1))
    if len(first) > 2 or (sign == "-" and not last):
        return None
    year = _year(last, first_day)
    return _date(year, int(second), int(first)) or _date(year, int(first), int(second))


def _by_month(words: str, first_day: date) -> date | None:
    found = _NAMED_MONTH.match(words)
    if found:
        day, name, year = found.groups()
    else:
        turned = _MONTH_FIRST.match(words)
        if turned is None:
            return None
        name, day, year = turned.groups()
    month = next(
        (
            number
            for number, names in enumerate(_MONTHS, start=1)
            if any(each.startswith(name) for each in names)
        ),
        None,
    )
    return _date(_year(year, first_day), month, int(day)) if month else None


def _year(text: str | None, first_day: date) -> int:
    if not text:
        return first_day.year
    return int(text) + 2000 if len(text) == 2 else int(text)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Weekdays:
    """Which days the weekdays of a list mean, or its "Tag 2".

    Those of the event, if it has them all; else the first one is the next such day from the event's
    first day on, and the others follow in their order.
    """

    def __init__(self, named: Sequence[str], first_day: date, last_day: date) -> None:
        """`named` is what stands in the rows, in the order of the list."""
        self._first_day = first_day
        wanted = [found for found in map(weekday_of, named) if found is not None]
        length = (last_day - first_day).days
        fits = all(_days_until(weekday, first_day) <= length for weekday in wanted)
        self._days: dict[int, date] = {}
        day = first_day
        for weekday in dict.fromkeys(wanted):
            begin = first_day if fits else day
            day = begin + timedelta(days=_days_until(weekday, begin))
            self._days[weekday] = day

    def day(self, text: str) -> date | None:
        """The day that a text means; None for a text that is neither of the two."""
        numbered = _NUMBERED.fullmatch(text.strip().casefold())
        if numbered:
            return self._first_day + timedelta(days=max(0, int(numbered[1]) - 1))
        weekday = weekday_of(text)
        return None if weekday is None else self._days.get(weekday)


def _days_until(weekday: int, day: date) -> int:
    return (weekday - day.weekday()) % 7


def read_times(text: str) -> list[tuple[int, int]]:
    """The (hour, minute) in a cell, one or two of them; [] where none can be read.

    24 and more are hours of the night after that day.
    """
    parts = _RANGE.split(text.strip().casefold())
    if len(parts) > 2:
        return []
    found = [_time(part) for part in parts if part]
    return [one for one in found if one] if all(found) else []


def _time(words: str) -> tuple[int, int] | None:
    found = _TIME.fullmatch(words.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return (hour, minute) if hour <= 30 and minute < 60 else None


def on_the_wall(day: date, at: tuple[int, int], zone: ZoneInfo) -> tuple[datetime, bool]:
    """The moment in UTC, and whether the clock really shows that time on that day."""
    hours, minute = at
    local = datetime.combine(day + timedelta(days=hours // 24), time(hours % 24, minute), zone)
    moment = local.astimezone(UTC)
    return moment, moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)
