"""Calendar text (RFC 5545, RFC 7986): one renderer for feeds, downloads and mails.

A calendar is put together from byte strings: its head, the zone's block (`zones`), and one
VEVENT per entry, which `render_entry` makes with the icalendar library and callers may keep.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from eventapp.foundation.text import clean
from eventapp.foundation.zones import vtimezone

if TYPE_CHECKING:
    from icalendar import Event

MIMETYPE = "text/calendar"
PRODID = "-//eventapp//eventapp calendar//EN"
RENDERER_VERSION = 1  # grows when this module writes the same entry differently: old ETags die
PIECE = 74  # octets, and the space before them
REFRESH = timedelta(hours=1)
BEGIN = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\nCALSCALE:GREGORIAN\r\n".encode()
END = b"END:VCALENDAR\r\n"


class EntryStatus(StrEnum):
    """Whether the thing takes place, in the words of RFC 5545 3.8.1.11."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class CalendarEvent:
    """One entry of a calendar, in plain text of one language.

    `starts` and `ends` are two aware moments, the second later, or two days, the last included.
    `last_modified_at` is the last change that a reader can notice, never "now". `geo` is latitude
    and longitude. Nobody is named as attendee: calendars are passed on.
    """

    uid: str
    sequence: int
    created_at: datetime
    last_modified_at: datetime
    starts: datetime | date
    ends: datetime | date
    zone: str
    summary: str
    description: str = ""
    location: str = ""
    geo: tuple[float, float] | None = None
    url: str = ""
    status: EntryStatus = EntryStatus.CONFIRMED
    categories: tuple[str, ...] = ()

    @property
    def all_day(self) -> bool:
        """Whether the entry has days instead of moments."""
        return not isinstance(self.starts, datetime)

    @property
    def blocks_time(self) -> bool:
        """Whether the reader is busy meanwhile; not by a cancelled thing, nor for a whole day."""
        return self.status is not EntryStatus.CANCELLED and not self.all_day


@dataclass(frozen=True)
class FeedHead:
    """What a subscribed calendar says about itself; `colour` is a CSS3 name, `source` its URL."""

    name: str
    zone: str
    description: str = ""
    url: str = ""
    source: str = ""
    colour: str = ""


def calendar_file(entry: CalendarEvent) -> bytes:
    """A calendar with one entry, to download or to attach to a mail; without METHOD."""
    return BEGIN + vtimezone(entry.zone) + render_entry(entry) + END


def calendar_feed(head: FeedHead, rendered: Iterable[bytes]) -> bytes:
    """A calendar to subscribe to, from entries that `render_entry` made; valid without any."""
    return b"".join([BEGIN, _head(head), vtimezone(head.zone), *rendered, END])


def render_entry(entry: CalendarEvent) -> bytes:
    """The VEVENT block. Raises ValueError where the times make no sense."""
    from icalendar import Event  # noqa: PLC0415 - 0.2 s of imports, needed when a calendar is read

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", _utc(entry.last_modified_at))
    event.add("created", _utc(entry.created_at))
    event.add("last-modified", _utc(entry.last_modified_at))
    event.add("sequence", entry.sequence)
    start, end = _days(entry) if entry.all_day else _moments(entry)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", clean(entry.summary))
    event.add("status", entry.status.value)
    event.add("transp", "OPAQUE" if entry.blocks_time else "TRANSPARENT")
    _add_optional(event, entry)
    return b"".join(folded(line) + b"\r\n" for line in event.content_lines() if line)


def folded(line: str) -> bytes:
    """A content line in pieces of 75 octets (RFC 5545 3.1); no letter or escape is split.

    As icalendar folds, which looks at each letter: two thirds of all it takes for an entry.
    """
    rest, pieces = line.encode(), []
    while len(rest) > PIECE:
        end = PIECE
        while rest[end] & 0b1100_0000 == 0b1000_0000:  # in the midst of a letter
            end -= 1
        if rest[end - 1] in b"\\^":
            end -= 1
        pieces.append(rest[:end])
        rest = rest[end:]
    return b"\r\n ".join([*pieces, rest])


def _add_optional(event: "Event", entry: CalendarEvent) -> None:
    """Leave empty properties out: libical refuses them."""
    texts = {"description": clean(entry.description, multiline=True),
             "location": clean(entry.location),
             "url": web_address(entry.url),
             "categories": [word for word in map(clean, entry.categories) if word],
             "geo": entry.geo}  # fmt: skip
    for name, value in texts.items():
        if value:
            event.add(name, value)


def _days(entry: CalendarEvent) -> tuple[date, date]:
    """First day and the day after the last, as DTEND wants it."""
    if isinstance(entry.ends, datetime) or entry.ends < entry.starts:
        raise ValueError(f"days of {entry.uid} do not follow each other")
    return entry.starts, entry.ends + timedelta(days=1)


def _moments(entry: CalendarEvent) -> tuple[datetime, datetime]:
    """Start and end on the zone's wall clock.

    An hour that the clocks show twice means its first pass (RFC 5545 3.3.5), so an entry that
    touches the second pass is written in UTC.
    """
    start, end = entry.starts, entry.ends
    if not (isinstance(start, datetime) and isinstance(end, datetime)):
        raise ValueError(f"{entry.uid} begins with a moment and ends with a day")
    if start.tzinfo is None or end.tzinfo is None or end <= start:
        raise ValueError(f"times of {entry.uid} do not follow each other")
    zone = ZoneInfo(entry.zone)
    local = start.astimezone(zone), end.astimezone(zone)
    second_pass = any(moment.fold for moment in local)
    return (start.astimezone(UTC), end.astimezone(UTC)) if second_pass else local


@lru_cache(maxsize=100)
def _head(head: FeedHead) -> bytes:
    from icalendar import Calendar, vDuration, vText, vUri  # noqa: PLC0415 - see render_entry

    calendar = Calendar()
    texts = {"name": clean(head.name), "x-wr-calname": clean(head.name),
             "x-wr-caldesc": clean(head.description), "x-wr-timezone": head.zone,
             "color": clean(head.colour)}  # fmt: skip
    for name, text in texts.items():
        if text:
            calendar.add(name, vText(text))  # a str would be written unescaped
    if url := web_address(head.url):
        calendar.add("url", url)
    if source := web_address(head.source):
        calendar.add("source", vUri(source, params={"VALUE": "URI"}))
    calendar.add("refresh-interval", vDuration(REFRESH, params={"VALUE": "DURATION"}))
    calendar.add("x-published-ttl", vDuration(REFRESH))
    lines = calendar.to_ical().removeprefix(b"BEGIN:VCALENDAR\r\n").removesuffix(END)
    return bytes(lines)


def web_address(url: str) -> str:
    """The address if it is an absolute http(s) one that fits on a calendar line, else ""."""
    if not url.isprintable() or " " in url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
