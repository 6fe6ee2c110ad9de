"""Contact lists as German offices make them: bytes in, a header and numbered records out. Pure.

A record is a logical one: a line break inside quotation marks does not begin a new one. Records
are counted from 1, the header included, as people count rows in a spreadsheet.
"""

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.contacts.errors import FileRefused
from eventapp.contacts.kinds import other_kind, other_text
from eventapp.foundation.message import Message, message, plural_message
from eventapp.foundation.text import clean

MAX_BYTES = 32 * 1024 * 1024
MAX_RECORDS = 100_001
MAX_COLUMNS = 100
MAX_CELL = 10_000
SURPLUS_HEADINGS = frozenset({"Import: surplus", "Import: überzählig"})
"""What we write above cells of rows that are wider than their header, in a file of rows that were
left out: no column of the list, so the rows stay too wide until they are corrected."""
DELIMITERS = (";", "\t", ",", "|")


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the list; `line` counts logical rows from 1, header included."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything but white space."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ContactList:
    """A list as it was read: its delimiter, its header, and its records in order."""

    delimiter: str
    header: tuple[str, ...]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file and the encoding it was in."""

    encoding: str
    text: str


def parse_list(text: str) -> ContactList:
    """Cut a decoded text into records. Raises FileRefused with the reason."""
    delimiter, records = _parsed(text)
    first, *rows = _from_header(records)
    header = [name for name in map(clean, first.cells) if name not in SURPLUS_HEADINGS]
    return ContactList(delimiter, tuple(header), tuple(rows))


# ---- Encoding -----------------------------------------------------------------------------------

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes) -> SourceText:
    """The text in a file. Raises FileRefused for what is no text, or text with broken umlauts."""
    if len(content) > MAX_BYTES:
        raise FileRefused(message("The file is larger than %(limit)s MB.", limit=MAX_BYTES >> 20))
    _refuse_if(other_kind(content))
    source = _decoded(content)
    _refuse_if(other_text(source.text.removeprefix("\ufeff")))
    text = source.text.removeprefix("\ufeff").replace("\x00", "")
    if not text.strip():
        raise FileRefused(message("The file is empty."))
    _refuse_mojibake(text)
    return SourceText(source.encoding, text)


def _refuse_if(reason: Message | None) -> None:
    if reason is not None:
        raise FileRefused(reason)


def _decoded(content: bytes) -> SourceText:
    encoding = _marked(content) or _utf16_by_its_zeros(content)
    if encoding is not None:
        return _strictly(content, encoding)
    try:
        return SourceText("utf-8", content.decode("utf-8"))
    except UnicodeDecodeError:
        return _western(content)


def _marked(content: bytes) -> str | None:
    return next((name for mark, name in _MARKS if content.startswith(mark)), None)


def _utf16_by_its_zeros(content: bytes) -> str | None:
    """UTF-16 without a mark: in western text every other byte is zero."""
    sample = content[:4000]
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(zeros) > 4 and zeros.count(0) > 0.6 * len(zeros):
            return name
    return None


def _strictly(content: bytes, encoding: str) -> SourceText:
    try:
        return SourceText(encoding, content.decode(encoding))
    except UnicodeDecodeError as problem:
        raise FileRefused(
            message(
                "The file says it is %(encoding)s but cannot be read as such. Please export it"
                " again.",
                encoding=encoding.upper().removesuffix("-SIG"),
            )
        ) from problem


def _western(content: bytes) -> SourceText:
    """Windows-1252; the five bytes it leaves undefined exist in ISO 8859-1 only."""
    try:
        return SourceText("cp1252", content.decode("cp1252"))
    except UnicodeDecodeError:
        return SourceText("latin-1", content.decode("latin-1"))


# ---- Broken umlauts -----------------------------------------------------------------------------

_CONTINUATION = re.escape(
    bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "".join(map(chr, range(0x80, 0xA0)))
)
_BROKEN = re.compile(f"[\u00c2-\u00c5][{_CONTINUATION}]|\u00e2\u20ac[{_CONTINUATION}]|\ufffd")
_GOOD_LETTER = re.compile(r"[^\W\d_a-zA-Z]")
_EDGE = re.compile(r"[;,|\"\s]")


def broken_word(text: str) -> str:
    """The first word with a letter that was encoded twice ("Ã¼" for "ü") or lost; else ""."""
    found = _BROKEN.search(text)
    if found is None:
        return ""
    before = _EDGE.split(text[max(0, found.start() - 30) : found.start()])[-1]
    after = _EDGE.split(text[found.end() : found.end() + 30])[0]
    return before + found.group() + after


def _refuse_mojibake(text: str) -> None:
    """Refuse the file if most of its umlauts are broken; single ones are a matter of their row."""
    rest, broken = _BROKEN.subn("", text)
    if not broken or broken <= len(_GOOD_LETTER.findall(rest)):
        return
    raise FileRefused(
        message(
            "The umlauts in this file are broken, for example “%(example)s”. It was saved in the"
            " wrong encoding before. Please export it again as CSV UTF-8.",
            example=broken_word(text),
        )
    )


# ---- Records ------------------------------------------------------------------------------------

_END = "\x1fend-of-list\x1f"


def _parsed(text: str) -> tuple[str, list[Record]]:
    """(delimiter, records). A first line `sep=;` as Excel writes it names the delimiter."""
    said = re.match(r"sep=(.)\r?\n", text)
    delimiter = said.group(1) if said else _likely_delimiter(text)
    records = _split(text, delimiter)
    return delimiter, records[1:] if said else records


def _likely_delimiter(text: str) -> str:
    """The delimiter that cuts the first rows into the most columns, and into equally many."""
    sample = text[:20_000]

    def score(delimiter: str) -> tuple[int, int]:
        rows = [
            row
            for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
            if any(row)
        ]
        width = len(rows[0]) if rows else 0
        return sum(len(row) == width for row in rows[:20]) * (width > 1), width

    try:
        return max(DELIMITERS, key=score)
    except csv.Error as problem:
        raise FileRefused(_unreadable()) from problem


def _split(text: str, delimiter: str) -> list[Record]:
    """Cut into records; a quotation mark that is never closed swallows the end mark."""
    source = io.StringIO(text.rstrip("\r\n") + "\n" + _END, newline="")
    records: list[Record] = []
    try:
        for line, cells in enumerate(csv.reader(source, delimiter=delimiter), start=1):
            _refuse_excess(line, cells)
            records.append(Record(line, tuple(cells)))
    except csv.Error as problem:
        raise FileRefused(_unreadable()) from problem
    if records[-1].cells != (_END,):
        raise FileRefused(
            message("A quotation mark in row %(line)s is never closed.", line=records[-1].line)
        )
    return records[:-1]


def _unreadable() -> Message:
    return message("The file cannot be read as a table. Please save it as CSV UTF-8.")


def _refuse_excess(line: int, cells: Sequence[str]) -> None:
    if line > MAX_RECORDS + 1:
        raise too_many_rows()
    if len(cells) > MAX_COLUMNS:
        raise too_many_columns(line, len(cells))
    if any(len(cell) > MAX_CELL for cell in cells):
        raise too_long_cell(line)


def too_long_cell(line: int) -> FileRefused:
    """What is said of a list with a cell longer than any."""
    return FileRefused(
        message(
            "A cell in row %(line)s has more than %(limit)s characters. A quotation mark may be"
            " missing.",
            line=line,
            limit=MAX_CELL,
        )
    )


def too_many_rows() -> FileRefused:
    """What is said of a list that is longer than any."""
    return FileRefused(message("The list has more than %(limit)s rows.", limit=MAX_RECORDS - 1))


def too_many_columns(line: int, count: int) -> FileRefused:
    """What is said of a list with a row wider than any."""
    return FileRefused(
        plural_message(
            "Row %(line)s has %(count)s column; that is too many.",
            "Row %(line)s has %(count)s columns; that is too many.",
            count,
            line=line,
        )
    )


def _from_header(records: Sequence[Record]) -> Sequence[Record]:
    """The first row that is not blank, and all after it; it holds names of columns, no person."""
    first = next((at for at, record in enumerate(records) if not record.is_blank), None)
    if first is None:
        raise FileRefused(message("The file is empty."))
    expect_header(records[first].cells)
    return records[first:]


def expect_header(cells: Sequence[str]) -> None:
    """Raise FileRefused where the first row already holds a person."""
    if any("@" in cell for cell in cells):
        raise FileRefused(message("The first row has to hold the names of the columns."))
