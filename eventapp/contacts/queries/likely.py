"""What the database contributes to finding one person twice: whose names and addresses recur."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

ALIKE = (("-", " "), ("ae", "a"), ("oe", "o"), ("ue", "u"))


def without_umlauts(name: Any) -> ColumnElement[str]:
    """A sort name that is the same for Müller, Mueller and Muller; coarser than comparing is."""
    bare: ColumnElement[str] = name
    for written, plain in ALIKE:
        bare = func.replace(bare, written, plain)
    return bare


def recurring(value: Any, *among: ColumnElement[bool]) -> Select[Any]:
    """The values that more than one of these rows have; empty ones aside."""
    return select(value).where(*among, value != "").group_by(value).having(func.count() > 1)
