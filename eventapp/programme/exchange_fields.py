"""Reads one entry of a programme file, field by field, and writes down what is wrong with it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from eventapp.foundation.message import Message, message
from eventapp.foundation.text import clean
from eventapp.programme.exchange_entries import Fault

T = TypeVar("T")
LINE = 200
PARAGRAPHS = 5_000
YEARS = range(2000, 2101)
MOST_PEOPLE = 100_000


class EntryReader:
    """One entry; every method gives a usable value and notes a fault where it had to invent it."""

    def __init__(self, fields: Any, entry: str, faults: list[Fault]) -> None:
        """`entry` says where in the file it stands, in words that lead there."""
        self.entry = entry
        self.faults = faults
        self.fields: Mapping[str, Any] = fields if isinstance(fields, dict) else {}
        if not isinstance(fields, dict):
            self.fault("", message("An object in curly brackets is expected here."))

    def fault(self, field: str, reason: Message) -> None:
        """Note that something is wrong."""
        self.faults.append(Fault(self.entry, field, reason))

    def child(self, field: str) -> "EntryReader":
        """An object inside this entry; an empty one where it is missing."""
        inner = self.fields.get(field)
        return EntryReader({} if inner is None else inner, f"{self.entry}.{field}", self.faults)

    def children(self, field: str) -> Iterator["EntryReader"]:
        """The objects of a list in this entry, each named by its key or its number."""
        rows = self.fields.get(field, [])
        if not isinstance(rows, list):
            self.fault(field, message("A list in square brackets is expected here."))
            return
        for number, row in enumerate(rows, start=1):
            key = row.get("id") if isinstance(row, dict) else None
            name = clean(key) if isinstance(key, str) else str(number)
            yield EntryReader(row, f"{field} {name}"[:LINE], self.faults)

    def optional(self, field: str, *, limit: int = LINE) -> str:
        """A text, cleaned; empty where it is missing."""
        value = self.fields.get(field)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fault(field, message("A text is expected here."))
            return ""
        text = clean(value, multiline=limit > LINE)
        if len(text) > limit:
            self.fault(field, message("At most %(max)s characters, please.", max=limit))
        return text[:limit]

    def text(self, field: str) -> str:
        """A text that must be given."""
        value = self.optional(field)
        if not value and not self._known(field):
            self.fault(field, message("This is missing."))
        return value

    def reference(self, field: str, known: Mapping[str, object]) -> str | None:
        """The key of another entry of the file; None where it is missing or unknown."""
        key = self.optional(field)
        if key and key not in known:
            self.fault(field, message("“%(key)s” is not in this file.", key=key))
        return key if key in known else None

    def number(self, field: str, *, fallback: int | None = None) -> int | None:
        """A whole number, not negative; the fallback where it is missing."""
        value = self.fields.get(field)
        if value is None:
            return fallback
        if type(value) is not int or not 0 <= value <= MOST_PEOPLE:
            self.fault(
                field,
                message("A whole number from 0 to %(max)s is expected here.", max=MOST_PEOPLE),
            )
            return fallback
        return value

    def flag(self, field: str, *, fallback: bool) -> bool:
        """Yes or no; the fallback where it is missing."""
        value = self.fields.get(field)
        if value is None:
            return fallback
        if not isinstance(value, bool):
            self.fault(field, message("true or false is expected here."))
            return fallback
        return value

    def moment(self, field: str) -> datetime | None:
        """A moment with its zone, in UTC; None where it is missing."""
        text = self.optional(field)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or moment.year not in YEARS:
            self.fault(field, message("A time such as 2027-06-24T15:30:00+02:00 is expected here."))
            return None
        return moment.astimezone(UTC)

    def span(self) -> tuple[datetime, datetime]:
        """Start and end of an entry, the end after the start."""
        start, end = self.moment("start"), self.moment("end")
        for field, moment in (("start", start), ("end", end)):
            if moment is None and not self._known(field):
                self.fault(field, message("This is missing."))
        if start is not None and end is not None and end <= start:
            self.fault("end", message("The end must come after the start."))
        nothing = datetime(min(YEARS), 1, 1, tzinfo=UTC)
        return start or nothing, end or nothing

    def day(self, field: str) -> date | None:
        """A day such as 2027-06-10; None where it is missing."""
        text = self.optional(field)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fault(field, message("A day such as 2027-06-10 is expected here."))
            return None

    def zone(self, field: str) -> str:
        """An IANA time zone; Berlin where none is given."""
        name = self.optional(field) or "Europe/Berlin"
        if name not in available_timezones():
            self.fault(field, message("“%(name)s” is no time zone.", name=name))
            return "Europe/Berlin"
        return ZoneInfo(name).key

    def choice(self, field: str, words: Mapping[str, T], fallback: T) -> T:
        """What a word means; the fallback where the word is missing."""
        word = self.optional(field).lower()
        if not word:
            return fallback
        if word not in words:
            self.fault(
                field,
                message(
                    "“%(word)s” is unknown; possible are: %(words)s.",
                    word=self.optional(field),
                    words=", ".join(words),
                ),
            )
        return words.get(word, fallback)

    def _known(self, field: str) -> bool:
        """Whether a fault of this field has been noted already."""
        return any(fault.entry == self.entry and fault.field == field for fault in self.faults)
