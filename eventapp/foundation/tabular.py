"""Tables to take away: CSV for a German Excel, XLSX, and JSON for programs.

A spreadsheet runs what looks like a formula, whoever typed it. In XLSX every text is a text cell
and nothing else. CSV has no types, so there a text that a spreadsheet could take for a formula
gets an apostrophe in front, a telephone number "+49 …" included: left bare, Excel calculates with
it. `unguarded` takes the apostrophe off again, and the contact import uses it.

Each writer returns a finished temporary file, on disk once it is large: a fault on the way gives
no half list, and memory does not grow with the rows.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from eventapp.foundation.message import message

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

YES_NO = {True: message("yes"), False: message("no")}

Cell = str | int | float | bool | date | datetime | None

IN_MEMORY = 1_000_000  # bytes of a file that are kept off the disk
SHORT = 10_000  # rows of a sheet that may be put together in memory (some 4 kB a row)
XLSX_TEXT_LIMIT = 32_767  # characters; Excel calls a file with more broken
_FORMULA = re.compile(r"""[\s'"]*[=+\-@\t\r＝＋－＠]""")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Column:
    """`key` names the column for programs, `heading` for people; `width` in characters.

    `words` says how stored values (states, yes and no) read for people; programs get the value.
    """

    key: str
    heading: str
    width: int = 18
    words: Mapping[Any, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """Columns and rows, cell by cell in their order; `zone` is the wall clock of its moments.

    `rows` may be a generator: it is read once. Who knows how many there are says so in `count`:
    a short XLSX is then written in memory, which takes half the time.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    zone: str = "Europe/Berlin"
    count: int | None = None


def guarded(text: str) -> str:
    """The text so that a spreadsheet takes it for text: with an apostrophe where it needs one."""
    if not text or text[0].isalnum():  # most are; a quick way past the search
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Undoes `guarded`, exactly."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def to_csv(table: Table) -> IO[bytes]:
    """UTF-8 with BOM, semicolons, CRLF, days as dd.mm.yyyy: what a German Excel opens right."""
    return _finished(partial(_write_csv, table))


def to_xlsx(table: Table) -> IO[bytes]:
    """One sheet with a heading that stays in sight and a filter; texts are never formulas."""
    return _finished(partial(_write_xlsx, table))


def to_json(table: Table) -> IO[bytes]:
    """A list of objects, a row a line; stored values, moments in ISO 8601 with their offset."""
    return _finished(partial(_write_json, table))


def _finished(write: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """A temporary file, written and wound back to its start; the reader closes it."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - see the docstring
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _write_csv(table: Table, file: IO[bytes]) -> None:
    text = TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(column.heading) for column in table.columns])
    zone = ZoneInfo(table.zone)
    writer.writerows([_csv_text(cell, zone) for cell in row] for row in _read_by_people(table))
    text.detach()


def _write_xlsx(table: Table, file: IO[bytes]) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415 - heavy, and needed for a download only

    short = table.count is not None and table.count <= SHORT
    workbook = Workbook(file, {"constant_memory": not short, "strings_to_formulas": False,
                               "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip
    workbook.set_properties({"title": table.title})
    sheet = workbook.add_worksheet(_sheet_name(table.title))
    _prepare_sheet(workbook, sheet, table.columns)
    count = _write_rows(workbook, sheet, table)
    sheet.autofilter(0, 0, count, max(len(table.columns) - 1, 0))
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # postcodes keep their zeros
    workbook.close()
    for part in (sheet, workbook):  # they refer to each other, and would stay for a long while
        vars(part).clear()


def _write_json(table: Table, file: IO[bytes]) -> None:
    keys = [column.key for column in table.columns]
    zone = ZoneInfo(table.zone)
    separator = b"[\n"
    for row in table.rows:
        cells = dict(zip(keys, (_json_value(cell, zone) for cell in row), strict=True))
        file.write(separator + json.dumps(cells, ensure_ascii=False).encode("utf-8", "replace"))
        separator = b",\n"
    file.write(b"[]\n" if separator == b"[\n" else b"\n]\n")


def _read_by_people(table: Table) -> Iterator[list[Cell]]:
    """The rows with words instead of stored values. Raises ValueError for a row too short."""
    width = len(table.columns)
    worded = [(at, column.words) for at, column in enumerate(table.columns) if column.words]
    for row in table.rows:
        cells = list(row)
        if len(cells) != width:
            raise ValueError(f"a row of {len(cells)} cells in a table of {width} columns")
        for at, words in worded:
            cells[at] = words.get(cells[at], cells[at])
        yield cells


def _csv_text(cell: Cell, zone: ZoneInfo) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(zone).strftime("%d.%m.%Y %H:%M")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return "" if cell is None else str(cell)


def _json_value(cell: Cell, zone: ZoneInfo) -> str | int | float | bool | None:
    if isinstance(cell, datetime):
        return cell.astimezone(zone).isoformat(timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else cell


def _prepare_sheet(workbook: "Workbook", sheet: "Worksheet", columns: Sequence[Column]) -> None:
    heading = workbook.add_format({"bold": True, "bg_color": "#E8EDF3", "bottom": 1,
                                   "valign": "top", "text_wrap": True})  # fmt: skip
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.heading, heading)


def _write_rows(workbook: "Workbook", sheet: "Worksheet", table: Table) -> int:
    """Writes all rows in order, as constant memory demands; returns how many."""
    day = workbook.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
    moment = workbook.add_format({"num_format": "dd.mm.yyyy hh:mm", "align": "left"})
    zone, count = ZoneInfo(table.zone), 0
    for row in _read_by_people(table):
        count += 1
        for number, cell in enumerate(row):
            if isinstance(cell, datetime):
                local = cell.astimezone(zone).replace(tzinfo=None)
                sheet.write_datetime(count, number, local, moment)
            elif isinstance(cell, date):
                sheet.write_datetime(count, number, cell, day)
            elif cell is not None and cell != "":
                _write_value(sheet, count, number, cell)
    return count


def _write_value(sheet: "Worksheet", row: int, column: int, cell: str | float) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:XLSX_TEXT_LIMIT])
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    else:
        sheet.write_number(row, column, cell)


def _sheet_name(title: str) -> str:
    """The title within Excel's rules: 31 characters, some signs forbidden, no outer apostrophe."""
    allowed = _NOT_IN_SHEET_NAMES.sub(" ", title).strip(" '")
    return (f"{allowed[:30]}…" if len(allowed) > 31 else allowed) or "Liste"
