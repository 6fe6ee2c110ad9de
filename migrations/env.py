"""Runs the migrations with the application's own engine; one history for both databases."""

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection, Enum

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


def rest_foreign_keys(connection: Connection, state: str) -> None:
    """Switch SQLite's foreign keys "OFF" or "ON"; it heeds that outside transactions only."""
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={state}")


def run() -> None:
    """Bring the database to the wanted revision, each in a transaction of its own.

    SQLite cannot alter a column in place: batch mode copies the table, and foreign keys rest
    meanwhile, so that no row that refers to it is deleted.
    """
    engine = db.engine
    with engine.connect() as connection:
        rest_foreign_keys(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            transaction_per_migration=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        rest_foreign_keys(connection, "ON")


run()
