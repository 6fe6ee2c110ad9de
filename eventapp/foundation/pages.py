"""Long lists in pages, always with the same number of statements."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from eventapp.foundation.database import db

PAGE_SIZE = 50
LARGEST_PAGE_SIZE = 100
AT_ONCE = 1000
T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; `number` counts from 1, `total` counts rows."""

    rows: Sequence[T]
    number: int
    total: int
    size: int

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, ceil(self.total / self.size))

    @property
    def first_row(self) -> int:
        """Counting from 1; 0 where there is none."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last_row(self) -> int:
        """Counting from 1; 0 where there is none."""
        return min(self.number * self.size, self.total)

    @property
    def shown_numbers(self) -> list[int | None]:
        """The page numbers to offer; None stands for a gap."""
        near = {1, self.last, *range(self.number - 2, self.number + 3)}
        shown = sorted(number for number in near if 1 <= number <= self.last)
        numbers: list[int | None] = []
        for number in shown:
            if numbers and number - (numbers[-1] or 0) > 1:
                numbers.append(None)
            numbers.append(number)
        return numbers


def paginate(statement: Select[Any], number: int, *, size: int = PAGE_SIZE) -> Page[Any]:
    """One page of a select of model rows. Two statements; a number out of range is clamped."""
    size = min(max(1, size), LARGEST_PAGE_SIZE)
    total = row_count(statement)
    number = min(max(1, number), max(1, ceil(total / size)))
    rows = db.session.scalars(statement.limit(size).offset((number - 1) * size)).unique().all()
    return Page(rows=rows, number=number, total=total, size=size)


def page_of_lines(
    statement: Select[Any], line: Callable[..., T], number: int, *, total: int
) -> Page[T]:
    """One page of a select of columns, of which the page knows how many there are. One statement;
    a number out of range is clamped."""
    number = min(max(1, number), max(1, ceil(total / PAGE_SIZE)))
    rows = db.session.execute(statement.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page(rows=[line(*row) for row in rows], number=number, total=total, size=PAGE_SIZE)


def page_number(text: str | None) -> int:
    """The page a visitor asked for; 1 for anything that is no small number."""
    return int(text) if text and text.isdecimal() and len(text) < 7 else 1


def stream(statement: Select[Any]) -> Iterator[Any]:
    """All rows of a select, read by the thousand, so that memory does not grow with the list."""
    yield from db.session.execute(statement.execution_options(yield_per=AT_ONCE))


def row_count(statement: Select[Any]) -> int:
    """How many rows a select has. One statement."""
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    return db.session.scalar(counted) or 0
