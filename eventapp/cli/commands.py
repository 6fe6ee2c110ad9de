"""All commands, in the order in which the help shows them; each is imported when it is asked for.

The web server needs one of them, and the demo alone would cost it a tenth of its start.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from eventapp.cli.loading import nothing_collected

WITHOUT_TABLES = {"db", "doctor"}
"""Commands that look at the tables, or change them, as they are."""

WITHOUT_PAGES = {"worker"}
"""Commands that run for long and show nothing."""


class LazyGroup(click.Group):
    """Commands by name, each with the place "module:function" from where it comes."""

    def __init__(self, *, places: Mapping[str, "str | click.Command"], **options: Any) -> None:
        """A command that stands in `places` itself is taken as it is."""
        super().__init__(**options)
        self._places = places

    def list_commands(self, _context: click.Context) -> list[str]:
        """The names, in the order given."""
        return list(self._places)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command of this name, imported now; None where there is none."""
        place = self._places.get(name)
        if not isinstance(place, str):
            return place
        module, _, function = place.partition(":")
        with nothing_collected():
            found: click.Command = getattr(import_module(f"eventapp.cli.{module}"), function)
        return found


imports = LazyGroup(
    name="import",
    help="Take contacts or a programme in from a file.",
    places={
        "contacts": "contacts:import_contacts",
        "municipalities": "municipalities:import_municipalities",
        "programme": "programme:import_programme",
    },
)
exports = LazyGroup(
    name="export",
    help="Write lists to a file.",
    places={"attendees": "exports:export_attendees"},
)

COMMANDS: Mapping[str, str | click.Command] = {
    "demo": "demo.command:demo",
    "serve": "serving:serve",
    "worker": "worker:worker",
    "db": "database:database",
    "doctor": "health:doctor",
    "user": "users:user",
    "import": imports,
    "export": exports,
    "mails": "mails:mails",
}
