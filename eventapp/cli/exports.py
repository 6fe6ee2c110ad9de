"""`eventapp export attendees`: the list of guests as a file."""

import shutil
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from eventapp.events import queries
from eventapp.exports.actions import ExportRequest
from eventapp.exports.actions import export_attendees as export
from eventapp.exports.columns import ColumnSet, SortOrder
from eventapp.exports.states import FileFormat
from eventapp.foundation.i18n import LOCALES, use_locale
from eventapp.foundation.listing import Purpose
from eventapp.registrations.guests import GuestFilter, GuestGroup

COMMAND_LINE = "command line"
STDOUT = Path("-")


@click.command(name="attendees")
@click.argument("slug")
@click.option(
    "--format",
    "kind",
    type=click.Choice([one.value for one in FileFormat]),
    default=FileFormat.CSV.value,
    show_default=True,
)
@click.option(
    "--columns",
    type=click.Choice([one.value for one in ColumnSet]),
    default=ColumnSet.FULL.value,
    show_default=True,
    help="What the list is for.",
)
@click.option(
    "--guests",
    type=click.Choice([one.value for one in GuestGroup]),
    default=GuestGroup.CONFIRMED.value,
    show_default=True,
    help="Of whom.",
)
@click.option(
    "--order",
    type=click.Choice([one.value for one in SortOrder if one]),
    default=SortOrder.NAME.value,
    show_default=True,
)
@click.option(
    "--purpose",
    type=click.Choice([one.value for one in Purpose]),
    default=Purpose.OTHER.value,
    show_default=True,
    help="What it is for; kept in the history.",
)
@click.option("--language", type=click.Choice(LOCALES), default=LOCALES[0], show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="-",
    help="File to write; standard output if left out.",
)
@with_appcontext
def export_attendees(
    slug: str,
    kind: str,
    columns: str,
    guests: str,
    order: str,
    purpose: str,
    language: str,
    output: Path,
) -> None:
    """Write the list of guests of the event SLUG. Noted in the event's history."""
    event = queries.event_by_slug(slug)
    if event is None:
        raise click.BadParameter(f"there is no event {slug}", param_hint="SLUG")
    if output == STDOUT and kind == FileFormat.XLSX and sys.stdout.isatty():
        raise click.UsageError("an Excel file does not belong on a screen; name one with -o")
    wanted = ExportRequest(ColumnSet(columns), FileFormat(kind), SortOrder(order),
                           GuestFilter(GuestGroup(guests)), Purpose(purpose))  # fmt: skip
    with (
        use_locale(language),
        export(event, wanted, by=COMMAND_LINE) as file,
        click.open_file(str(output), "wb") as target,
    ):
        shutil.copyfileobj(file, target)
