"""VTIMEZONE blocks that every calendar program reads: yearly RRULEs, onsets in the old wall time.

The icalendar library writes lists of dates with the spring onset an hour late, and Outlook misreads
lists; so the rules are derived here from the same zone data that converts our times. A block is
right for every moment from 2020 on; in zones whose dates follow no yearly rule (Morocco), to 2045.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

SCAN_FROM = datetime(1970, 1, 1, tzinfo=UTC)
RIGHT_FROM = datetime(2020, 1, 1, tzinfo=UTC)
HORIZON = datetime(2046, 1, 1, tzinfo=UTC)
STEP = timedelta(days=7)  # no zone has changed twice within a week since 1970, short of mistakes
FOR_EVER = 15  # years up to the horizon that a rule must hold to be written without an end
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Clock(NamedTuple):
    """What the clocks of a zone show at a moment."""

    offset: timedelta
    name: str
    is_summer_time: bool


@dataclass(frozen=True)
class Change:
    """One night on which the clocks of a zone were set; `onset` is the wall time before."""

    at: datetime
    onset: datetime
    before: Clock
    after: Clock


@dataclass(frozen=True)
class Rule:
    """Changes of the same kind in consecutive years, oldest first; one change is a rule too."""

    changes: tuple[Change, ...]

    @property
    def first(self) -> Change:
        """The change with which the rule began."""
        return self.changes[0]

    @property
    def last(self) -> Change:
        """The last change seen before the horizon."""
        return self.changes[-1]

    @property
    def holds_on(self) -> bool:
        """Whether no end of the rule is known."""
        return len(self.changes) >= FOR_EVER and self.last.at.year == HORIZON.year - 1


@lru_cache(maxsize=64)
def vtimezone(zone: str) -> bytes:
    """The VTIMEZONE block of an IANA zone, CRLF line ends; kept per process.

    Raises zoneinfo.ZoneInfoNotFoundError for a name that the zone data does not know.
    """
    observances = _observances(ZoneInfo(zone))
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}", *observances, "END:VTIMEZONE", ""]
    return "\r\n".join(lines).encode("ascii")


@lru_cache(maxsize=64)
def is_utc(zone: str) -> bool:
    """Whether the clocks of an IANA zone have always shown UTC, so that no block is needed."""
    known = ZoneInfo(zone)
    return not _clock(known, SCAN_FROM).offset and next(_changes(known), None) is None


def _observances(zone: ZoneInfo) -> Iterator[str]:
    rules = [rule for rule in _rules(_changes(zone)) if rule.last.at >= RIGHT_FROM]
    if not rules or rules[0].first.at > RIGHT_FROM:
        yield from _constant(_clock(zone, RIGHT_FROM))
    for rule in rules:
        yield from _observance(rule)


def _clock(zone: ZoneInfo, at: datetime) -> Clock:
    local = at.astimezone(zone)
    return Clock(local.utcoffset() or timedelta(), local.tzname() or "", bool(local.dst()))


def _changes(zone: ZoneInfo) -> Iterator[Change]:
    """All settings of the clocks from 1970 to the horizon, in order."""
    at, before = SCAN_FROM, _clock(zone, SCAN_FROM)
    while at < HORIZON:
        after = _clock(zone, at + STEP)
        if after != before:
            moment = _moment_of_change(zone, at, before)
            onset = (moment + before.offset).replace(tzinfo=None)
            yield Change(moment, onset, before, after)
        at, before = at + STEP, after


def _moment_of_change(zone: ZoneInfo, at: datetime, before: Clock) -> datetime:
    """The first second after `at` at which the clocks no longer show `before`."""
    low, high = 0, int(STEP.total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if _clock(zone, at + timedelta(seconds=middle)) == before:
            low = middle
        else:
            high = middle
    return at + timedelta(seconds=high)


def _rules(changes: Iterator[Change]) -> list[Rule]:
    """Changes that one yearly rule describes taken together, in the order of their beginning."""
    rules: list[Rule] = []
    for _, alike in groupby(sorted(changes, key=_kind), key=_kind):
        rules += _split(list(alike))
    return sorted(rules, key=lambda rule: rule.first.at)


def _kind(change: Change) -> tuple[object, ...]:
    before, after, onset = change.before, change.after, change.onset
    return (
        before.offset,
        after.offset,
        after.name,
        after.is_summer_time,
        onset.month,
        onset.weekday(),
        onset.time(),
    )


def _split(alike: Sequence[Change]) -> Iterator[Rule]:
    """Runs of consecutive years whose days lie in one week of the month, from the latest back."""
    run: list[Change] = []
    for change in sorted(alike, key=lambda change: change.at, reverse=True):
        if run and not _continues(change, run):
            yield Rule(tuple(run))
            run = []
        run.insert(0, change)
    if run:
        yield Rule(tuple(run))


def _continues(change: Change, run: Sequence[Change]) -> bool:
    days = [change.onset.day, *(later.onset.day for later in run)]
    return change.onset.year == run[0].onset.year - 1 and max(days) - min(days) < 7


def _constant(clock: Clock) -> list[str]:
    """An observance without a beginning worth naming."""
    return _block("STANDARD", datetime(1970, 1, 1), clock, clock, [])  # noqa: DTZ001 - wall time


def _observance(rule: Rule) -> list[str]:
    before, after = rule.last.before, rule.last.after
    forward = after.offset > before.offset
    summer = forward if len(rule.changes) > 1 else forward and after.is_summer_time
    rrule = [f"RRULE:{_recurrence(rule)}"] if len(rule.changes) > 1 else []
    return _block("DAYLIGHT" if summer else "STANDARD", rule.first.onset, before, after, rrule)


def _block(
    kind: str, onset: datetime, before: Clock, after: Clock, rrule: Sequence[str]
) -> list[str]:
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset:%Y%m%dT%H%M%S}",
        *rrule,
        f"TZOFFSETFROM:{_offset(before.offset)}",
        f"TZOFFSETTO:{_offset(after.offset)}",
        f"TZNAME:{after.name}",
        f"END:{kind}",
    ]


def _recurrence(rule: Rule) -> str:
    text = f"FREQ=YEARLY;BYMONTH={rule.first.onset.month};{_day(rule)}"
    if rule.holds_on:
        return text
    end = rule.last.at + timedelta(days=1)  # some readers take UNTIL for wall time: leave them room
    return f"{text};UNTIL={end:%Y%m%dT%H%M%SZ}"


def _day(rule: Rule) -> str:
    """The day in the month: last weekday, n-th weekday, or the weekday within seven named days."""
    weekday = WEEKDAYS[rule.first.onset.weekday()]
    days = [change.onset.day for change in rule.changes]
    if all(_is_last_week(change.onset) for change in rule.changes):
        return f"BYDAY=-1{weekday}"
    week = (min(days) - 1) // 7
    if week == (max(days) - 1) // 7:
        return f"BYDAY={week + 1}{weekday}"
    named = ",".join(str(day) for day in range(min(days), min(days) + 7))
    return f"BYDAY={weekday};BYMONTHDAY={named}"


def _is_last_week(day: datetime) -> bool:
    return (day + timedelta(days=7)).month != day.month


def _offset(offset: timedelta) -> str:
    """As in "+0200"; seconds only where a zone has them."""
    seconds = int(offset.total_seconds())
    sign, rest = "-" if seconds < 0 else "+", abs(seconds)
    text = f"{sign}{rest // 3600:02}{rest // 60 % 60:02}"
    return f"{text}{rest % 60:02}" if rest % 60 else text
