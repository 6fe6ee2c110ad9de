"""One sheet of a workbook as rows of texts: what Excel shows, without formulas. Pure.

openpyxl takes nearly three times as long for it, and in its mode for large files it tells neither
formulas without a result nor merged cells nor hidden rows; it says what formats of numbers mean.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from eventapp.contacts.reading import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_RECORDS,
    too_long_cell,
    too_many_columns,
    too_many_rows,
)
from eventapp.contacts.workbook_package import Package

NO_RESULT = "#FORMULA!"
"""What stands for a formula that was never calculated; Excel's own errors look the same."""
MOST_MERGED = 10_000
LONGEST_PLACE = 40
LETTERS_OF_A_COLUMN = 4
_TRUTH = {"1": "WAHR", "0": "FALSCH"}  # as a German Excel writes them
_YES = frozenset({"1", "true"})
_LETTERS = {chr(64 + number): number for number in range(1, 27)}
Number = Callable[[str, int], str]
"""(stored number, style) as Excel shows it."""


@dataclass
class Sheet:
    """Rows by their number in Excel, cells by their column from 0; only those with a value."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


class _Reader:
    """Hears of a sheet's elements one by one; a cell is finished at its end."""

    def __init__(self, strings: list[str], number: Number) -> None:
        self.sheet = Sheet()
        self._strings, self._number = strings, number
        self._row = self._column = 0
        self._cells: dict[int, str] = {}
        self._kind, self._style = "n", 0
        self._value: str | None = None
        self._text: list[str] = []
        self._is_formula = self._listens = False
        self._aside = 0  # phonetic hints inside a text

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        step = _STARTS.get(name) or _STARTS.get(name.rpartition(":")[2])
        if step is not None:
            step(self, given)

    def end(self, name: str) -> None:
        """An element is over."""
        step = _ENDS.get(name) or _ENDS.get(name.rpartition(":")[2])
        if step is not None:
            step(self)

    def text(self, text: str) -> None:
        """What stands in an element."""
        if self._listens and not self._aside:
            self._text.append(text)

    def begin_row(self, given: dict[str, str]) -> None:
        """A row; its number is left out where it follows the one before."""
        self._row = int(given.get("r") or self._row + 1)
        self._column, self._cells = 0, {}
        if given.get("hidden") in _YES:
            self.sheet.hidden_rows.add(self._row)

    def end_row(self) -> None:
        """A row without any value is none."""
        if not self._cells:
            return
        if len(self.sheet.rows) > MAX_RECORDS:
            raise too_many_rows()
        self.sheet.rows[self._row] = self._cells

    def begin_cell(self, given: dict[str, str]) -> None:
        """A cell; its place is left out where it follows the one before."""
        place = given.get("r")
        self._column = column_of(place) if place else self._column + 1
        self._kind, self._style = given.get("t", "n"), int(given.get("s") or 0)
        self._value, self._is_formula, self._text = None, False, []

    def end_cell(self) -> None:
        """The cell's value as text."""
        if self._is_formula and not self._value and self._kind != "str":
            value = NO_RESULT
        elif not self._value:
            return
        else:
            value = self._shown(self._value)
        if value.strip():
            if self._column > MAX_COLUMNS:
                raise too_many_columns(self._row, self._column)
            if len(value) > MAX_CELL:
                raise too_long_cell(self._row)
            self._cells[self._column - 1] = value

    def _shown(self, value: str) -> str:
        if self._kind == "s":
            return self._strings[int(value)]
        if self._kind == "b":
            return _TRUTH.get(value, value)
        if self._kind in ("str", "inlineStr", "e"):
            return value
        return self._number(value, self._style)

    def begin_value(self, _given: dict[str, str]) -> None:
        """A value, or a piece of a text that stands in the cell itself."""
        self._listens = True

    def end_value(self) -> None:
        """All pieces heard so far belong to the value."""
        self._value, self._listens = "".join(self._text), False

    def begin_formula(self, _given: dict[str, str]) -> None:
        """What it says is of no interest: it is never calculated."""
        self._is_formula = True

    def begin_aside(self, _given: dict[str, str]) -> None:
        """How a text is pronounced is no part of it."""
        self._aside += 1

    def end_aside(self) -> None:
        """Back in the text."""
        self._aside -= 1

    def merged(self, given: dict[str, str]) -> None:
        """Cells that were made one."""
        if len(self.sheet.merged) < MOST_MERGED:
            self.sheet.merged.append(given.get("ref", "")[:LONGEST_PLACE])

    def columns(self, given: dict[str, str]) -> None:
        """How wide columns are, and whether they are seen."""
        if given.get("hidden") in _YES:
            first, last = int(given.get("min", 1)), int(given.get("max", 1))
            self.sheet.hidden_columns.append((first, last))


_STARTS = {
    "row": _Reader.begin_row, "c": _Reader.begin_cell, "v": _Reader.begin_value,
    "t": _Reader.begin_value, "f": _Reader.begin_formula, "rPh": _Reader.begin_aside,
    "mergeCell": _Reader.merged, "col": _Reader.columns,
}  # fmt: skip
_ENDS = {"row": _Reader.end_row, "c": _Reader.end_cell, "v": _Reader.end_value,
         "t": _Reader.end_value, "rPh": _Reader.end_aside}  # fmt: skip


def read_sheet(package: Package, part: str, strings: list[str], number: Number) -> Sheet:
    """The rows of a sheet. Raises FileRefused for one that is no list."""
    reader = _Reader(strings, number)
    package.parse(part, reader.start, reader.end, reader.text)
    return reader.sheet


def column_of(place: str) -> int:
    """The number of a column, counting from 1: "B7" gives 2."""
    number = 0
    for sign in place[:LETTERS_OF_A_COLUMN]:
        letter = _LETTERS.get(sign)
        if letter is None:
            break
        number = number * 26 + letter
    return number
