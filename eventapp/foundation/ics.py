"""Calendar text (RFC 5545, RFC 7986): one renderer for feeds, downloads and mails.

A calendar is put together from byte strings: its head, the zone's block (`zones`), and one
VEVENT per entry, which `render_entry` makes and callers may keep. What is written is what the
icalendar library would write, in a tenth of the time; the tests compare the two to the letter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from eventapp.foundation.text import clean
from eventapp.foundation.zones import is_utc, vtimezone

MIMETYPE = "text/calendar"
PRODID = "-//eventapp//eventapp calendar//EN"
RENDERER_VERSION = 2  # grows when this module writes the same entry differently: old ETags die
PIECE = 74  # octets, and the space before them
REFRESH = "PT1H"
ESCAPES = (
    ("\\", "\\\\"),
    (";", r"\;"),
    (",", r"\,"),
    ("\r\n", r"\n"),
    ("\n", r"\n"),
    ("\r", r"\n"),
)
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
    start, end = _days(entry) if entry.all_day else _moments(entry)
    changed = _written(entry.last_modified_at.astimezone(UTC))
    optional = _optional(entry)
    lines = [
        "BEGIN:VEVENT",
        f"SUMMARY:{escaped(clean(entry.summary))}",
        f"DTSTART{_written(start)}",
        f"DTEND{_written(end)}",
        f"DTSTAMP{changed}",
        f"UID:{escaped(entry.uid)}",
        f"SEQUENCE:{entry.sequence}",
        *optional["CATEGORIES"],
        f"CREATED{_written(entry.created_at.astimezone(UTC))}",
        *optional["DESCRIPTION"],
        *optional["GEO"],
        f"LAST-MODIFIED{changed}",
        *optional["LOCATION"],
        f"STATUS:{entry.status}",
        f"TRANSP:{'OPAQUE' if entry.blocks_time else 'TRANSPARENT'}",
        *optional["URL"],
        "END:VEVENT",
    ]
    return _block(lines)


def escaped(text: str) -> str:
    """Text as a property's value (RFC 5545 3.3.11); no line of it can begin a line of ours."""
    for sign, written in ESCAPES:
        text = text.replace(sign, written)
    return text


def _block(lines: Iterable[str]) -> bytes:
    return b"".join([folded(line) + b"\r\n" for line in lines])


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


def _optional(entry: CalendarEvent) -> dict[str, list[str]]:
    """Empty properties are left out: libical refuses them."""
    values = {
        "DESCRIPTION": escaped(clean(entry.description, multiline=True)),
        "LOCATION": escaped(clean(entry.location)),
        "URL": web_address(entry.url),
        "CATEGORIES": ",".join(escaped(word) for word in map(clean, entry.categories) if word),
        "GEO": ";".join(str(float(one)) for one in entry.geo or ()),
    }
    return {name: [f"{name}:{value}"] if value else [] for name, value in values.items()}


def _written(when: datetime | date) -> str:
    """A day, a moment in UTC, or one on the wall clock of its zone; with the colon before it."""
    if not isinstance(when, datetime):
        return f";VALUE=DATE:{when:%Y%m%d}"
    zone = when.tzinfo
    if isinstance(zone, ZoneInfo) and not is_utc(zone.key):
        return f";TZID={zone.key}:{when:%Y%m%dT%H%M%S}"
    return f":{when:%Y%m%dT%H%M%S}Z"


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
    name, about = escaped(clean(head.name)), escaped(clean(head.description))
    url, source = web_address(head.url), web_address(head.source)
    lines = {
        f"X-WR-CALDESC:{about}": about,
        f"NAME:{name}": name,
        f"X-WR-CALNAME:{name}": name,
        f"COLOR:{escaped(clean(head.colour))}": head.colour,
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}": REFRESH,
        f"SOURCE;VALUE=URI:{source}": source,
        f"URL:{url}": url,
        f"X-PUBLISHED-TTL:{REFRESH}": REFRESH,
        f"X-WR-TIMEZONE:{head.zone}": head.zone,
    }
    return _block(line for line, value in lines.items() if value)


def web_address(url: str) -> str:
    """The address if it is an absolute http(s) one that fits on a calendar line, else ""."""
    if not url.isprintable() or " " in url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""
