"""Contact lists in a workbook (XLSX): each sheet with something in it is a list of its own. Pure.

Values only: a formula counts as what Excel last made of it. What a person cannot see on the screen
and might not expect to be imported is told.
"""

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from eventapp.contacts.errors import FileRefused
from eventapp.contacts.reading import ContactList, Record, expect_header
from eventapp.contacts.workbook_formats import number_writer
from eventapp.contacts.workbook_package import Package, damaged, open_package
from eventapp.contacts.workbook_sheet import Sheet, column_of, read_sheet
from eventapp.contacts.workbook_strings import shared_strings
from eventapp.foundation.message import Message, message, plural_message
from eventapp.foundation.text import clean

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
MOST_SHEETS = 30
MOST_FILLED = 500_000
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})", re.ASCII)
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - days, no zone


@dataclass(frozen=True)
class SheetList:
    """A sheet as a contact list, with what is to be told about it."""

    name: str
    contact_list: ContactList
    notes: tuple[Message, ...] = ()


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are a compressed folder, as a workbook is."""
    return content.startswith(b"PK\x03\x04")


def read_workbook(content: bytes) -> list[SheetList]:
    """The sheets that hold anything, in their order. Raises FileRefused with the reason."""
    package = open_package(content)
    root = package.tree(WORKBOOK)
    if root is None:
        raise damaged()
    number = number_writer(package, EPOCHS[_counts_from_1904(root)])
    strings = shared_strings(package)
    found, hidden = [], []
    for name, part, is_hidden in _sheets(package, root):
        sheet = read_sheet(package, part, strings, number)
        if sheet.rows and is_hidden:
            hidden.append(name)
        elif sheet.rows:
            found.append((name, sheet))
    if not found:
        raise FileRefused(_nothing_in_it(hidden))
    told = _told_of_all(package, hidden)
    return [_list_of(name, sheet, told) for name, sheet in found]


def _nothing_in_it(hidden: list[str]) -> Message:
    if hidden:
        return message("All sheets with data are hidden. Please show the one you want in Excel.")
    return message("The file is empty.")


# ---- Parts of the workbook ----------------------------------------------------------------------


def _counts_from_1904(root: Element) -> bool:
    """Whether days are counted as on an old Macintosh."""
    return any(one.get("date1904") in ("1", "true") for one in _all(root, "workbookPr"))


def _sheets(package: Package, root: Element) -> Iterator[tuple[str, str, bool]]:
    """(name, part, whether it is hidden) of each sheet with cells."""
    relations = package.tree(RELATIONS)
    targets = {
        one.get("Id"): _path_of(one.get("Target", ""))
        for one in _all(relations, "Relationship")
        if one.get("Type", "").endswith("/worksheet") and one.get("TargetMode") != "External"
    }
    seen: set[str] = set()
    for number, sheet in enumerate(_all(root, "sheet")):
        if number >= MOST_SHEETS:
            raise FileRefused(message("The workbook has more than %(most)s sheets.",
                                      most=MOST_SHEETS))  # fmt: skip
        relation = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        part = targets.get(relation)
        if part in package.names and part not in seen:  # one part under many names is a trap
            seen.add(str(part))
            name = clean(sheet.get("name", ""))[:60] or str(number + 1)
            yield name, str(part), sheet.get("state", "visible") != "visible"


def _path_of(target: str) -> str:
    """Where a part is, from what the workbook says."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join("xl", target))


def _all(root: Element | None, name: str) -> Iterator[Element]:
    if root is None:
        raise damaged()
    return (one for one in root.iter() if one.tag.rpartition("}")[2] == name)


# ---- A sheet as a list --------------------------------------------------------------------------


def _list_of(name: str, sheet: Sheet, told: list[Message]) -> SheetList:
    filled = _fill_down(sheet)
    numbers = sorted(sheet.rows)
    head = next((number for number in numbers if len(sheet.rows[number]) > 1), numbers[0])
    width = 1 + max(max(sheet.rows[number]) for number in numbers if number >= head)
    header = _cells(sheet, head, width)
    expect_header(header)
    records = [Record(number, _cells(sheet, number, width)) for number in numbers if number > head]
    above = numbers.index(head)
    notes = [*told, *_told_of(sheet, filled, above)]
    return SheetList(name, ContactList("", tuple(map(clean, header)), tuple(records)), tuple(notes))


def _cells(sheet: Sheet, number: int, width: int) -> tuple[str, ...]:
    row = sheet.rows[number]
    return tuple(row.get(column, "") for column in range(width))


def _fill_down(sheet: Sheet) -> int:
    """Give each row its share of cells merged over several rows; says how many there were."""
    numbers = sorted(sheet.rows)
    merges = filled = 0
    for area in sheet.merged:
        found = _AREA.fullmatch(area)
        if found is None or filled > MOST_FILLED:
            continue
        column, first, last = column_of(found[1]) - 1, int(found[2]), int(found[3])
        value = sheet.rows.get(first, {}).get(column, "")
        if not value:
            continue
        below = numbers[bisect_right(numbers, first) : bisect_right(numbers, last)]
        if below:
            for number in below:
                sheet.rows[number].setdefault(column, value)
            filled += len(below)
            merges += 1
    return merges


def _told_of_all(package: Package, hidden: list[str]) -> list[Message]:
    told = []
    if hidden:
        told.append(
            message("Hidden sheets were left out: %(names)s.", names=", ".join(hidden)[:200])
        )
    if any(name.endswith("vbaProject.bin") for name in package.names):
        told.append(message("The workbook holds macros. They were not run."))
    if any(name.startswith("xl/externalLinks/") for name in package.names):
        told.append(message("The workbook refers to other files. They were not opened."))
    return told


def _told_of(sheet: Sheet, merges: int, above: int) -> Iterator[Message]:
    hidden = len(sheet.hidden_rows & sheet.rows.keys())
    if above:
        yield plural_message(
            "%(count)s row above the names of the columns was passed over.",
            "%(count)s rows above the names of the columns were passed over.",
            above,
        )
    if hidden:
        yield plural_message(
            "%(count)s row is hidden in Excel, perhaps by a filter. It is in the list, too.",
            "%(count)s rows are hidden in Excel, perhaps by a filter. They are in the list, too.",
            hidden,
        )
    if any(_holds_anything(sheet, first, last) for first, last in sheet.hidden_columns):
        yield message("Some columns are hidden in Excel. They are in the list, too.")
    if merges:
        yield plural_message(
            "%(count)s merged cell counts for each of its rows.",
            "%(count)s merged cells count for each of their rows.",
            merges,
        )


def _holds_anything(sheet: Sheet, first: int, last: int) -> bool:
    return any(first - 1 <= column < last for row in sheet.rows.values() for column in row)
