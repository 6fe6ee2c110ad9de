"""`eventapp db`: bring the tables up, down, or say where they stand."""

import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from eventapp.contacts.actions import ensure_municipalities
from eventapp.foundation.database import db
from eventapp.foundation.kept_templates import load_templates
from eventapp.foundation.migrations import (
    current_revision,
    downgrade,
    draft_migration,
    newest_revision,
    upgrade,
)


def bring_up_local_tables() -> None:
    """Create or raise the tables of the SQLite file, so that one command is enough to begin.

    A server's database is raised only by `eventapp db upgrade`, when its operator says so.
    """
    if db.engine.dialect.name != "sqlite":
        return
    current_app.config["SETTINGS"].data_dir.mkdir(parents=True, exist_ok=True)
    if current_revision() != newest_revision():
        upgrade()
        _fill_in()


@click.group(name="db")
def database() -> None:
    """The database's tables."""


@database.command(name="upgrade")
@click.argument("revision", default="head")
@with_appcontext
def upgrade_tables(revision: str) -> None:
    """Bring the tables to the newest (or the given) revision; data is kept."""
    current_app.config["SETTINGS"].data_dir.mkdir(parents=True, exist_ok=True)
    upgrade(revision)
    if current_revision() == newest_revision():
        _fill_in()


def _fill_in() -> None:
    """What every installation needs and nobody should have to know of."""
    ensure_municipalities()
    db.session.remove()
    load_templates(current_app._get_current_object())  # type: ignore[attr-defined]


@database.command(name="downgrade")
@click.argument("revision", default="-1")
@with_appcontext
def downgrade_tables(revision: str) -> None:
    """Take the tables one revision (or to the given one) back."""
    downgrade(revision)


@database.command()
@with_appcontext
def check() -> None:
    """Say whether the tables are at the newest revision; exit 1 if not."""
    current, newest = current_revision(), newest_revision()
    click.echo(f"tables: {current or 'none'}, program: {newest}")
    sys.exit(0 if current == newest else 1)


@database.command()
@click.argument("words")
@with_appcontext
def draft(words: str) -> None:
    """Write the next migration file from what the models changed (for developers)."""
    draft_migration(words)
