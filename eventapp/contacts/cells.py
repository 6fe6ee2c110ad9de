"""The cells of a row while it is read: cleaned, limited, with what is to be said of them. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from eventapp.contacts.mapping import COLUMN_WORDS, Column
from eventapp.contacts.reading import Record, broken_word
from eventapp.foundation.message import Message, message, plural_message
from eventapp.foundation.tabular import unguarded
from eventapp.foundation.text import clean

LINE_LIMIT = 200
NOTE_LIMIT = 2000

_FORMULA = re.compile(r"[=@+\-]")
_PHONE = re.compile(r"\+?[\d\s()/.–-]+$")
_NO_VALUES = frozenset(
    [
        "#FORMULA!",
        "#N/A",
        "#NV",
        "#REF!",
        "#BEZUG!",
        "#VALUE!",
        "#WERT!",
        "#NAME?",
        "#DIV/0!",
        "#NUM!",
        "#ZAHL!",
        "#NULL!",
    ]
)
"""What stands in a cell whose formula has no result, as Excel writes it in both languages.

The first is ours, see `workbook_sheet.py`.
"""
_EMPTY = frozenset({"-", "–", "—", "/", "k. A.", "k.A."})


class Verdict(StrEnum):
    """What happens to a row: the first two are imported, the others are not."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    DUPLICATE = "duplicate"
    BLOCKED = "blocked"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a row, and how grave it is."""

    gravity: Verdict
    text: Message


@dataclass(frozen=True, slots=True)
class Cells:
    """A row's cells by meaning; findings about them gather here while the row is read."""

    by_column: Mapping[Column, str]
    findings: list[Finding] = field(default_factory=list)

    def text(self, column: Column) -> str:
        """The text of a column within its limit, "" where the list has none."""
        return self.by_column.get(column, "")[: limit_of(column)]

    def warn(self, text: Message) -> None:
        """Say something that does not keep the row out."""
        self.findings.append(Finding(Verdict.WARNING, text))

    def fault(self, text: Message) -> None:
        """Say something that keeps the row out."""
        self.findings.append(Finding(Verdict.ERROR, text))


def limit_of(column: Column) -> int:
    """How many characters a column may hold."""
    return NOTE_LIMIT if column is Column.NOTE else LINE_LIMIT


def read_cells(record: Record, header: Sequence[str], columns: Sequence[Column]) -> Cells:
    """The cells of a record by meaning, with findings about its shape and about single cells."""
    cells = Cells(
        {
            column: cleaned(cell, column)
            for column, cell in zip(columns, record.cells, strict=False)
            if column not in (Column.UNKNOWN, Column.IGNORED)
        }
    )
    _check_width(cells, record, len(columns))
    _check_unknown_columns(cells, record, header, columns)
    for column, text in cells.by_column.items():
        _check_cell(cells, column, text)
    return cells


def cleaned(cell: str, column: Column = Column.IGNORED) -> str:
    """A cell without dirt, and without the apostrophe by which an export defuses formulas."""
    text = clean(unguarded(cell), multiline=column is Column.NOTE)
    return "" if text in _EMPTY else text


def _check_width(cells: Cells, record: Record, width: int) -> None:
    if len(record.cells) < width:
        cells.fault(
            plural_message(
                "Only %(count)s column of %(width)s. A line break may have slipped in.",
                "Only %(count)s columns of %(width)s. A line break may have slipped in.",
                len(record.cells),
                width=width,
            )
        )
    elif any(cell.strip() for cell in record.cells[width:]):
        cells.fault(message("More columns than the header has. Quotation marks may be missing."))


def not_taken_over(header: str) -> Message:
    """What is said of a column whose meaning nobody knows."""
    return message("Column “%(column)s” is not taken over.", column=header[:60])


def _check_unknown_columns(
    cells: Cells, record: Record, header: Sequence[str], columns: Sequence[Column]
) -> None:
    for name, column, cell in zip(header, columns, record.cells, strict=False):
        if column is Column.UNKNOWN and cell.strip():
            cells.warn(not_taken_over(name))
    broken = broken_word(" ".join(record.cells))
    if broken:
        cells.fault(message("Broken letters: “%(example)s”.", example=broken))


def _check_cell(cells: Cells, column: Column, text: str) -> None:
    if len(text) > limit_of(column):
        cells.fault(
            message(
                "“%(column)s” has more than %(limit)s characters.",
                column=COLUMN_WORDS[column],
                limit=limit_of(column),
            )
        )
    if text in _NO_VALUES:
        cells.fault(
            message(
                "“%(column)s” holds %(error)s: a formula without a result. Please open the file in"
                " Excel, save it and import it again.",
                column=COLUMN_WORDS[column],
                error=text,
            )
        )
    if _FORMULA.match(text) and not _PHONE.match(text):
        cells.warn(
            message(
                "“%(cell)s” begins like a formula. It is kept as text and defused in every export.",
                cell=text[:40],
            )
        )
