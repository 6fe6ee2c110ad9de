"""Runs the migrations with the application's own engine; one history for both databases."""

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Enum

from eventapp.foundation.database import UtcDateTime, db


def render_item(kind: str, thing: object, _context: AutogenContext) -> str | bool:
    """Write our column types by what they are in the database."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Enum):
        return (
            f"sa.String({thing.length})"  # the values are the program's business, not the table's
        )
    return False


def run() -> None:
    """Bring the database to the wanted revision, each in a transaction of its own.

    SQLite cannot alter a column in place: batch mode copies the table, and foreign keys rest
    meanwhile, so that no row that refers to it is deleted.
    """
    engine = db.engine
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
            transaction_per_migration=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


run()
