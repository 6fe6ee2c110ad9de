"""Reads for the pages about an import: what would happen to its rows, and what was left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Any, TypeVar

from sqlalchemy import func, select

from eventapp.contacts.cells import Verdict
from eventapp.contacts.models import ContactImport
from eventapp.contacts.places import Gazetteer
from eventapp.contacts.queries.imports import address_book_mark, columns_of, verdicts_on
from eventapp.contacts.queries.people import gazetteer
from eventapp.contacts.reading import Record
from eventapp.contacts.rows import read_row
from eventapp.contacts.sheet import lines_in, verdict_in
from eventapp.contacts.verdicts import IMPORTED, RowVerdict, count_known, count_verdicts
from eventapp.foundation.database import db
from eventapp.foundation.pages import PAGE_SIZE, Page

T = TypeVar("T")


@dataclass(frozen=True)
class Preview:
    """The verdicts on a staged list: how many of each, and a page of them.

    `known` people of the address book join the lists of their rows. `is_current` tells whether the
    address book is still as it was when the list was read.
    """

    counts: dict[str, int]
    page: Page[RowVerdict]
    known: int = 0
    is_current: bool = True

    @property
    def total(self) -> int:
        """How many rows there are."""
        return sum(self.counts.values())

    @property
    def importable(self) -> int:
        """How many of them would become contacts."""
        return sum(self.counts[verdict.value] for verdict in IMPORTED)

    @property
    def joining(self) -> int:
        """How many would be on a list for everybody in the file."""
        return self.importable + self.known


def preview_of(staged: ContactImport, only: Verdict | None, number: int) -> Preview:
    """A page of verdicts: of a long list as it was read, of a short one as they are now."""
    if not staged.is_long:
        verdicts = verdicts_on(staged)
        rows = [row for row in verdicts if only is None or row.verdict is only]
        return Preview(count_verdicts(verdicts), _page(rows, number), count_known(verdicts))
    page = _page(lines_in(staged.content, only), number)
    return Preview(
        staged.counts["verdicts"],
        _with_rows(page, _with_people(staged, page.rows, gazetteer())),
        staged.counts.get("known", 0),
        is_current=staged.counts["mark"] == address_book_mark(staged.host_id),
    )


def left_out_of(done: ContactImport, number: int) -> Page[RowVerdict]:
    """A page of the rows that were not taken over; none once they have been forgotten."""
    page = _page(lines_in(done.content), number)
    return _with_rows(page, _with_people(done, page.rows, Gazetteer()))


def all_left_out_of(done: ContactImport) -> list[RowVerdict]:
    """All rows that were not taken over, in the order of the file."""
    return [verdict_in(line) for line in lines_in(done.content)]


def _page(rows: Sequence[T], number: int) -> Page[T]:
    number = min(number, max(1, ceil(len(rows) / PAGE_SIZE)))
    start = (number - 1) * PAGE_SIZE
    return _with_rows(Page(rows, number, len(rows), PAGE_SIZE), rows[start : start + PAGE_SIZE])


def _with_rows(page: Page[Any], rows: Sequence[T]) -> Page[T]:
    return Page(rows, page.number, page.total, page.size)


def _with_people(
    staged: ContactImport, lines: Iterable[str], places: Gazetteer
) -> list[RowVerdict]:
    header, columns = staged.mapping["header"], columns_of(staged)

    def read(row: RowVerdict) -> RowVerdict:
        if row.verdict is Verdict.SKIP:
            return row
        person, _findings = read_row(Record(row.line, row.cells), header, columns, places)
        return replace(row, person=person)

    return [read(verdict_in(line)) for line in lines]


def imports_older_than(moment: datetime) -> Sequence[ContactImport]:
    """Imports that still hold rows of a file, though all that happened to it was before; by id."""
    happened_at = func.coalesce(ContactImport.imported_at, ContactImport.staged_at)
    return db.session.scalars(
        select(ContactImport)
        .where(happened_at < moment, ContactImport.content != "")
        .order_by(ContactImport.id)
    ).all()
