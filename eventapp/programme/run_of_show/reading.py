"""Plans as people keep them in a table: bytes in, a verdict and a line for each row out. Pure.

Nothing is stored here. What can be read is taken, what cannot is said, row by row.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from eventapp.contacts.errors import FileRefused
from eventapp.contacts.reading import Record, decode, parse_list
from eventapp.contacts.workbook import read_workbook
from eventapp.foundation.message import Message, message
from eventapp.foundation.tabular import unguarded
from eventapp.foundation.text import clean
from eventapp.programme.foreign.wall_times import is_unsaid, on_the_wall, read_date, read_times
from eventapp.programme.run_of_show.aliases import written_out
from eventapp.programme.run_of_show.headings import TEXTS, Heading, headings_of
from eventapp.programme.run_of_show.lengths import LONGEST_MINUTES, read_length

MOST_ROWS = 500
LONGEST_TEXT = 1000
NIGHT = timedelta(hours=6)
"""A time that is earlier than the row above by more than this belongs to the next day."""
_WORKBOOK = b"PK\x03\x04"
_YES = frozenset(("ja", "j", "yes", "y", "x", "1", "true", "wahr", "fest", "fix", "fixed", "✓"))


class Verdict(StrEnum):
    """What becomes of a row."""

    TAKEN = "taken"
    HINT = "hint"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class KnownSession:
    """A session to which a row may belong, with what it says by itself."""

    id: int
    starts_at: datetime
    minutes: int
    title: str
    room: str
    people: str


@dataclass(frozen=True)
class Around:
    """What a reader has to know of the event.

    `there` are the (begin, what) of the lines that exist; `rooms` and `people` say what short
    names stand for.
    """

    zone: str
    first_day: date
    sessions: Sequence[KnownSession] = ()
    there: frozenset[tuple[datetime, str]] = frozenset()
    rooms: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanRow:
    """One row: what becomes of it, why, and the line as it would be.

    With a session, what the row says like the session is left to it: it is empty here.
    """

    number: int
    verdict: Verdict
    remarks: tuple[Message, ...]
    what: str
    starts_at: datetime | None = None
    minutes: int | None = None
    session: KnownSession | None = None
    fixed: bool = False
    texts: Mapping[str, Any] = field(default_factory=dict)


def as_text(content: bytes) -> str:
    """The table in a file as text; of a workbook the first sheet. Raises FileRefused."""
    if not content.startswith(_WORKBOOK):
        return decode(content).text
    first = read_workbook(content)[0].contact_list
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(
        [first.header, *(record.cells for record in first.records)]
    )
    return stream.getvalue()


def read_plan(text: str, around: Around) -> list[PlanRow]:
    """The rows of a table in order, without empty ones. Raises FileRefused with the reason."""
    listed = parse_list(text)
    columns = headings_of(listed.header)
    if not {Heading.TIME, Heading.WHAT} <= set(columns):
        raise FileRefused(
            message("The list needs the columns “Time” and “What”, by these or similar names.")
        )
    records = [record for record in listed.records if not record.is_blank]
    if len(records) > MOST_ROWS:
        raise FileRefused(message("The list has more than %(limit)s rows.", limit=MOST_ROWS))
    return list(_rows(records, columns, around))


def _rows(
    records: Sequence[Record], columns: Sequence[Heading | None], around: Around
) -> Iterator[PlanRow]:
    day, last = around.first_day, None
    there = set(around.there)
    for record in records:
        reader = _Reader(record, columns, around)
        row = reader.row(day, last)
        if row.starts_at is not None:
            last = row.starts_at
            day = last.astimezone(ZoneInfo(around.zone)).date()
        key = (row.starts_at, row.what.casefold()) if row.starts_at else None
        if row.verdict is not Verdict.REFUSED and key in there:
            said = message("Stands in the plan already; left out.")
            row = replace(row, verdict=Verdict.KNOWN, remarks=(said,))
        elif key:
            there.add(key)
        yield row


class _Reader:
    """One row of the list, with what there is to say about it."""

    def __init__(self, record: Record, columns: Sequence[Heading | None], around: Around) -> None:
        self._number, self._around = record.line, around
        self._cells = {
            column: unguarded(cell.strip())
            for column, cell in zip(columns, record.cells, strict=False)
            if column is not None
        }
        self._remarks: list[Message] = []

    def row(self, day: date, last: datetime | None) -> PlanRow:
        """The row, its day being that of the row above unless it says otherwise."""
        what = self._text(Heading.WHAT)
        if not what:
            return self._refused("", message("Nothing says what happens; left out."))
        starts_at = self._moment(day, last)
        if starts_at is None:
            return self._refused(what, message("No time that could be read; left out."))
        texts = {heading.value: self._text(heading) for heading in TEXTS}
        row = PlanRow(
            number=self._number,
            verdict=Verdict.TAKEN,
            remarks=(),
            what=what,
            starts_at=starts_at,
            minutes=self._minutes(starts_at),
            fixed=self._cells.get(Heading.FIXED, "").casefold() in _YES,
            texts=texts,
        )
        row = self._with_session(row)
        verdict = Verdict.HINT if self._remarks else Verdict.TAKEN
        return replace(row, verdict=verdict, remarks=tuple(self._remarks))

    def _refused(self, what: str, why: Message) -> PlanRow:
        return PlanRow(self._number, Verdict.REFUSED, (why,), what)

    def _text(self, heading: Heading) -> str:
        cell = clean(self._cells.get(heading, ""))
        if is_unsaid(cell):
            return ""
        if heading is Heading.WHERE:
            cell = written_out(cell, self._around.rooms)
        elif heading is Heading.WHO:
            cell = written_out(cell, self._around.people)
        if len(cell) > LONGEST_TEXT:
            self._remarks.append(message("A text is too long and is cut."))
        return cell[:LONGEST_TEXT]

    def _moment(self, day: date, last: datetime | None) -> datetime | None:
        cell, said = self._cells.get(Heading.TIME, ""), self._cells.get(Heading.DAY, "")
        first_day = self._around.first_day
        dated = read_date(said, first_day) or (" " in cell and read_date(cell, first_day)) or None
        clock = cell.rpartition(" ")[2] if dated and not said else cell
        times = read_times(clock) if not is_unsaid(clock) else []
        if not times:
            return None
        moment = self._on_the_wall(dated or day, times[0])
        if dated or last is None or moment >= last:
            return moment
        if last - moment > NIGHT:
            self._remarks.append(message("Taken as the next day."))
            return self._on_the_wall(day + timedelta(days=1), times[0])
        self._remarks.append(message("Earlier than the row above."))
        return moment

    def _on_the_wall(self, day: date, at: tuple[int, int]) -> datetime:
        moment, exists = on_the_wall(day, at, ZoneInfo(self._around.zone))
        if not exists:
            self._remarks.append(message("The clock does not show this time on that day."))
        return moment

    def _minutes(self, starts_at: datetime) -> int:
        said = self._cells.get(Heading.LENGTH, "")
        if not is_unsaid(said):
            minutes = read_length(said)
            if minutes is None:
                self._remarks.append(
                    message("The length “%(length)s” cannot be read.", length=said[:40])
                )
            return minutes or 0
        ends = read_times(self._cells.get(Heading.END, "").rpartition(" ")[2])
        ends = ends or read_times(self._cells.get(Heading.TIME, ""))[1:]
        if not ends:
            return 0
        day = starts_at.astimezone(ZoneInfo(self._around.zone)).date()
        ends_at = self._on_the_wall(day, ends[0])
        length = round((ends_at - starts_at).total_seconds() / 60)
        return length % LONGEST_MINUTES if length < 0 else min(length, LONGEST_MINUTES)

    def _with_session(self, row: PlanRow) -> PlanRow:
        """Belongs to the one session that begins then, if the rooms do not say otherwise."""
        where = row.texts[Heading.WHERE]
        fits = [
            one
            for one in self._around.sessions
            if one.starts_at == row.starts_at and (not where or one.room in _names(where))
        ]
        if len(fits) != 1:
            return row
        session = fits[0]
        own = dict(row.texts)
        for name, same in (("what", session.title), ("where", session.room)):
            own[name] = "" if own[name] == same else own[name]
        if _names(own["who"]) == _names(session.people):
            own["who"] = ""
        minutes = None if row.minutes == session.minutes else row.minutes
        return replace(row, session=session, texts=own, minutes=minutes)


def _names(text: str) -> set[str]:
    return {name.strip() for name in text.replace("/", ",").split(",")}
