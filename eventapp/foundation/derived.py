"""Columns that follow from others, such as what a search looks through."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.orm.mapper import Mapper

from eventapp.foundation.database import Model

_derived: dict[type[Any], Callable[[Any], None]] = {}


def refresh_before_write(kind: type[Any], refresh: Callable[[Any], None]) -> None:
    """Recompute derived columns (search text, sort key) whenever a row of `kind` is written."""
    _derived[kind] = refresh

    def listener(_mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
        refresh(row)

    event.listen(kind, "before_insert", listener, propagate=True)
    event.listen(kind, "before_update", listener, propagate=True)


def derive(row: Model) -> None:
    """The same for a row that is written past the unit of work, see `rows`."""
    if type(row) in _derived:
        _derived[type(row)](row)
