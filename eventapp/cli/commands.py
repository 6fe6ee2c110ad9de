"""All commands, in the order in which the help shows them."""

import click

from eventapp.cli.contacts import import_contacts
from eventapp.cli.database import database
from eventapp.cli.demo.command import demo
from eventapp.cli.exports import export_attendees
from eventapp.cli.health import doctor
from eventapp.cli.mails import mails
from eventapp.cli.municipalities import import_municipalities
from eventapp.cli.programme import import_programme
from eventapp.cli.serving import serve
from eventapp.cli.users import user
from eventapp.cli.worker import worker


@click.group(name="import")
def imports() -> None:
    """Take contacts or a programme in from a file."""


@click.group(name="export")
def exports() -> None:
    """Write lists to a file."""


imports.add_command(import_contacts, "contacts")
imports.add_command(import_municipalities, "municipalities")
imports.add_command(import_programme, "programme")
exports.add_command(export_attendees, "attendees")

COMMANDS = (demo, serve, worker, database, doctor, user, imports, exports, mails)
WITHOUT_TABLES = {command.name for command in (database, doctor)}
"""Commands that look at the tables, or change them, as they are."""
