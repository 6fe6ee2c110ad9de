"""Counting the statements that a page or an action sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from eventapp.foundation.database import db


@contextmanager
def statement_count() -> Iterator[list[str]]:
    """Collects the SQL of every statement sent inside; its length is the count."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
