"""When a session of a schedule is: `date`, `start` and `duration`, held together. Pure.

`date` says it with an offset and counts. Where it is missing, the programme's day and `start` do:
times before the day changes belong to the night after that day. `duration` is hours and minutes.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eventapp.foundation.message import Message, message
from eventapp.programme.exchange_fields import YEARS
from eventapp.programme.foreign.remarks import Notes, Topic

DAY_CHANGE = time(6)
LONGEST = timedelta(days=2)
_LENGTH = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?")


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """A day of the programme, which may last into the night: its date, beginning and end."""

    day: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def changes_at(self) -> time:
        """Until when in the night it is still this day."""
        return self.starts_at.timetz().replace(tzinfo=None) if self.starts_at else DAY_CHANGE


def read_day(day: str, start: str, end: str, zone: ZoneInfo) -> ProgrammeDay:
    """What a file says of a day; beginnings in the night before are not believed."""
    starts_at, ends_at = (read_moment(each, zone) for each in (start, end))
    starts_local = starts_at.astimezone(zone) if starts_at else None
    return ProgrammeDay(_date(day) or (starts_local and starts_local.date()), starts_local, ends_at)


def read_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """A moment in ISO form; without an offset it is on the clock of the zone."""
    try:
        found = datetime.fromisoformat(text.strip())
        found = found if found.tzinfo else found.replace(tzinfo=zone)
        found.astimezone(zone)  # the first and last hours of all years have no such moment
    except (ValueError, OverflowError):
        return None
    return found if found.year in YEARS else None


@dataclass(frozen=True, slots=True)
class Clock:
    """Reads the times of one session and notes what is odd about them."""

    zone: ZoneInfo
    notes: Notes
    entry: Message

    def span(
        self, day: ProgrammeDay, date_text: str, start: str, duration: str
    ) -> tuple[datetime | None, datetime | None]:
        """Beginning and end in UTC; the end is None where the file does not say how long."""
        starts_at = self._start(day, date_text, start)
        if starts_at is None:
            return None, None
        length = self._length(duration)
        ends_at = (starts_at + length).astimezone(UTC) if length else None
        return starts_at.astimezone(UTC), ends_at

    def _start(self, day: ProgrammeDay, date_text: str, start: str) -> datetime | None:
        on_the_clock = _clock_time(start)
        moment = read_moment(date_text, self.zone) if "T" in date_text else None
        if moment is None:
            return self._by_day(day, date_text, on_the_clock, start)
        local = moment.astimezone(self.zone)
        self._tell_offset(moment, date_text, local)
        local = self._of_the_night(day, local, date_text)
        if on_the_clock is not None and on_the_clock not in (
            local.time().replace(second=0),
            moment.time().replace(second=0),
        ):
            self._tell(
                f"{start} / {date_text}",
                message("Start and date disagree; taken: %(moment)s.", moment=_told(local)),
            )
        return local

    def _by_day(
        self, day: ProgrammeDay, date_text: str, at: time | None, start: str
    ) -> datetime | None:
        named = _date(date_text) or day.day
        if named is None or at is None:
            self._tell(
                f"{date_text} {start}",
                message("No time that could be read; the session is taken over without a time."),
            )
            return None
        own = _date(date_text) is not None and _date(date_text) != day.day
        following = not own and at < min(day.changes_at, DAY_CHANGE)
        local = datetime.combine(named, at, self.zone) + timedelta(days=following)
        self._tell(
            f"{date_text} {start}",
            message(
                "No date with a time; taken from the day and the start: %(moment)s.",
                moment=_told(local),
            ),
        )
        return local

    def _of_the_night(self, day: ProgrammeDay, local: datetime, text: str) -> datetime:
        """The moment; one before its day begins is meant in the night after that day."""
        if day.day is None:
            return local
        if local.date() == day.day + timedelta(days=1) and local.time() < DAY_CHANGE:
            self._tell(
                text,
                message(
                    "After midnight; it belongs to the programme of %(day)s and stays in the night "
                    "to %(next)s.",
                    day=_day(day.day),
                    next=_day(local.date()),
                ),
            )
        elif day.starts_at and day.ends_at and local < day.starts_at:
            later = local + timedelta(days=1)
            if local.time() < DAY_CHANGE and later < day.ends_at:
                self._tell(
                    text,
                    message(
                        "Before the day begins; taken as the night after it: %(moment)s.",
                        moment=_told(later),
                    ),
                )
                return later
        elif local.date() != day.day:
            self._tell(
                text, message("Listed under %(day)s; its own date counts.", day=_day(day.day))
            )
        return local

    def _tell_offset(self, moment: datetime, text: str, local: datetime) -> None:
        if moment.utcoffset() != local.utcoffset():
            self._tell(
                text,
                message(
                    "Another offset than the event's clock; taken as the same moment: %(moment)s.",
                    moment=_told(local),
                ),
            )

    def _length(self, text: str) -> timedelta | None:
        found = _LENGTH.fullmatch(text.strip())
        parts = [int(part or 0) for part in found.groups()] if found else [0, _minutes(text), 0]
        length = timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2])
        if timedelta() < length <= LONGEST:
            return length
        if text.strip():
            self.notes.tell(self.entry, Topic.LENGTH, text, message("No length that makes sense."))
        return None

    def _tell(self, found: str, made: Message) -> None:
        self.notes.tell(self.entry, Topic.START, found, made)


def _minutes(text: str) -> int:
    stripped = text.strip()
    return int(stripped) if stripped.isascii() and stripped.isdigit() and len(stripped) < 5 else 0


def _clock_time(text: str) -> time | None:
    found = _CLOCK.fullmatch(text.strip())
    return time(int(found[1]) % 24, int(found[2])) if found else None


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _told(local: datetime) -> str:
    return f"{local:%d.%m.%Y %H:%M}"


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
