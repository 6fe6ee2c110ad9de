"""Programmes in a table, as people keep them: a session a row, in CSV or in a workbook. Pure.

Which column holds what is read off the row of headings, wherever among the first rows it stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from eventapp.contacts.errors import FileRefused
from eventapp.contacts.reading import decode, parse_list
from eventapp.contacts.workbook import read_workbook
from eventapp.foundation.message import Message, message
from eventapp.foundation.text import clean
from eventapp.programme.exchange import refuse
from eventapp.programme.foreign.columns import Column, columns_of
from eventapp.programme.foreign.people import people_in_list, person_in_cell
from eventapp.programme.foreign.raw import RawPerson, RawProgramme, RawSession, Target
from eventapp.programme.foreign.remarks import WHOLE_FILE, Notes, Topic
from eventapp.programme.foreign.wall_times import (
    Weekdays,
    is_unsaid,
    on_the_wall,
    read_date,
    read_times,
    weekday_of,
)

HEADINGS_WITHIN = 15
MOST_ROWS = 5_000
Row = tuple[int, Sequence[str]]


def read_csv(content: bytes, target: Target, notes: Notes) -> RawProgramme:
    """A list in text. Raises BadProgramme for what is none."""
    try:
        listed = parse_list(decode(content).text)
    except FileRefused as problem:
        raise refuse(problem.text) from problem
    first = listed.records[0].line - 1 if listed.records else 1
    rows = [(first, listed.header), *((each.line, each.cells) for each in listed.records)]
    return _read(rows, target, notes)


def read_xlsx(content: bytes, target: Target, notes: Notes) -> RawProgramme:
    """The first sheet with a programme in it. Raises BadProgramme for a workbook without one."""
    try:
        sheets = read_workbook(content)
    except FileRefused as problem:
        raise refuse(problem.text) from problem
    listed = [
        [
            (0, each.contact_list.header),
            *((row.line, row.cells) for row in each.contact_list.records),
        ]
        for each in sheets
    ]
    found = next((rows for rows in listed if _headings(rows) is not None), listed[0])
    if len(sheets) > 1:
        others = ", ".join(
            one.name for one, rows in zip(sheets, listed, strict=True) if rows is not found
        )
        notes.tell(
            WHOLE_FILE, Topic.FILE, others, message("One sheet is read; the others are left out.")
        )
    return _read(found, target, notes)


def _headings(rows: Sequence[Row]) -> tuple[int, list[Column]] | None:
    """(place of the row of headings, what its columns mean)."""
    best = max(
        (
            (place, columns_of(cells, [row[1] for row in rows[place + 1 : place + 40]]))
            for place, (_line, cells) in enumerate(rows[:HEADINGS_WITHIN])
        ),
        key=lambda found: sum(column is not Column.OTHER for column in found[1]),
        default=None,
    )
    if best is None or not {Column.TITLE, Column.SUBTITLE} & set(best[1]):
        return None
    return best if len(set(best[1]) - {Column.OTHER}) > 1 else None


def _read(rows: Sequence[Row], target: Target, notes: Notes) -> RawProgramme:
    found = _headings(rows)
    if found is None:
        raise refuse(
            message("No row of headings: a programme needs a column “Title” and others beside it.")
        )
    place, columns = found
    if len(rows) > MOST_ROWS:
        raise refuse(message("The list has more than %(limit)s rows.", limit=MOST_ROWS))
    _tell_unknown(rows[place][1], columns, notes)
    title = clean(" ".join(cell for cell in rows[0][1][:1])) if place else ""
    return RawProgramme(title, list(_sessions(rows[place + 1 :], columns, target, notes)))


def _tell_unknown(headings: Sequence[str], columns: Sequence[Column], notes: Notes) -> None:
    names = [
        clean(name)
        for name, column in zip(headings, columns, strict=True)
        if column is Column.OTHER and clean(name)
    ]
    if names:
        notes.tell(
            WHOLE_FILE,
            Topic.FILE,
            ", ".join(names),
            message("Columns that say nothing here; left out."),
        )


def _sessions(
    rows: Sequence[Row], columns: list[Column], target: Target, notes: Notes
) -> Iterator[RawSession]:
    filled = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    weekdays = Weekdays(
        [
            cell
            for _line, cells in filled
            for column, cell in zip(columns, cells, strict=False)
            if column in (Column.WEEKDAY, Column.DATE)
        ],
        target.first_day,
        target.last_day,
    )
    last_day: date | None = None
    for line, cells in filled:
        row = _Row(line, list(zip(columns, cells, strict=False)), target, weekdays, notes)
        if not row.text(Column.TITLE) and not row.text(Column.SUBTITLE):
            notes.tell(
                row.entry,
                Topic.TITLE,
                " · ".join(filter(None, map(clean, cells))),
                message("A row without a title; left out."),
            )
            last_day = row.day(None) or last_day
            continue
        last_day = row.day(last_day)
        yield row.session(last_day)


@dataclass
class _Row:
    """One row with the meaning of its cells."""

    line: int
    cells: list[tuple[Column, str]]
    target: Target
    weekdays: Weekdays
    notes: Notes

    @property
    def entry(self) -> Message:
        """What it is called in remarks."""
        title = self.text(Column.TITLE) or self.text(Column.SUBTITLE)
        return message("Row %(line)s: %(title)s", line=self.line, title=title[:80])

    def text(self, column: Column) -> str:
        """What stands in a column, all cells of it; "" where it is "tbd"."""
        found = (cell.strip() for meant, cell in self.cells if meant is column)
        return "\n".join(cell for cell in found if not is_unsaid(cell))

    def raw(self, column: Column) -> str:
        """The same, whatever it says."""
        return " ".join(cell.strip() for meant, cell in self.cells if meant is column).strip()

    def session(self, day: date | None) -> RawSession:
        """All of it; the number of the list, or the title, is what it is known by."""
        starts_at, ends_at = self._span(day)
        return RawSession(
            entry=self.entry,
            guid=self.text(Column.GUID),
            number=self.text(Column.NUMBER),
            title=self.text(Column.TITLE),
            subtitle=self.text(Column.SUBTITLE),
            abstract=self.text(Column.TEXT),
            language=self.text(Column.LANGUAGE),
            kind=self.text(Column.KIND),
            room=self.text(Column.ROOM),
            starts_at=starts_at,
            ends_at=ends_at,
            people=tuple(self._people()),
        )

    def _people(self) -> Iterator[RawPerson]:
        for column, cell in self.cells:
            if column is Column.PEOPLE:
                yield from people_in_list(cell)
            elif column is Column.PERSON and (person := person_in_cell(cell)):
                yield person

    def day(self, last: date | None) -> date | None:
        """The row's day: its date, or the day of the event that its weekday means."""
        dated, named = self.raw(Column.DATE), self.raw(Column.WEEKDAY)
        first_day = self.target.first_day
        found = read_date(dated, first_day) or read_date(named, first_day)
        if found is not None:
            weekday = weekday_of(named)
            if weekday is not None and weekday != found.weekday():
                self._tell(
                    f"{named} {dated}", message("Weekday and date disagree; the date counts.")
                )
            return found
        found = self.weekdays.day(named) or self.weekdays.day(dated)
        if found is not None:
            said = message("A weekday without a date; taken as %(day)s.", day=f"{found:%d.%m.%Y}")
            self.notes.tell(WHOLE_FILE, Topic.START, named or dated, said)
        elif dated or named:
            self._tell(dated or named, message("No day that could be read."))
        return found or last

    def _span(self, day: date | None) -> tuple[datetime | None, datetime | None]:
        starts = read_times(self.raw(Column.START))
        ends = read_times(self.raw(Column.END)) or starts[1:]
        if day is None or not starts:
            self._tell(
                " ".join((self.raw(Column.DATE), self.raw(Column.START))),
                message("No time that could be read; the session is taken over without a time."),
            )
            return None, None
        starts_at = self._moment(day, starts[0])
        if not ends:
            return starts_at, self._by_length(starts_at)
        ends_at = self._moment(day, ends[0])
        if ends_at <= starts_at:
            ends_at += timedelta(days=1)
            self.notes.tell(
                self.entry,
                Topic.LENGTH,
                self.raw(Column.END),
                message("Ends before it begins; taken as the next day."),
            )
        return starts_at, ends_at

    def _by_length(self, starts_at: datetime) -> datetime | None:
        """The end, from a column of minutes or hours and minutes."""
        said = (
            self.text(Column.LENGTH).casefold().removesuffix("min").removesuffix("minuten").strip()
        )
        hours, colon, minutes = said.rpartition(":")
        parts = [hours or "0", minutes] if colon else ["0", said]
        if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
            return None
        length = timedelta(hours=int(parts[0]), minutes=int(parts[1]))
        return starts_at + length if timedelta() < length < timedelta(days=2) else None

    def _moment(self, day: date, at: tuple[int, int]) -> datetime:
        moment, exists = on_the_wall(day, at, ZoneInfo(self.target.zone))
        if not exists:
            self._tell(
                self.raw(Column.START),
                message("The clock does not show this time on that day; taken as an hour later."),
            )
        return moment

    def _tell(self, found: str, made: Message) -> None:
        self.notes.tell(self.entry, Topic.START, found, made)
