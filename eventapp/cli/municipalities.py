"""`eventapp import municipalities`: the region's municipalities with their official keys."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from eventapp.contacts.actions import replace_municipalities, set_municipalities
from eventapp.contacts.region import (
    SHIPPED,
    ColumnsMissing,
    MunicipalityEntry,
    read_municipalities,
)

FOUND_FAULTS, WRONG_USE = 1, 2


@click.command()
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=SHIPPED
)
@click.option(
    "--replace", is_flag=True, help="Remove those that are not in FILE and nobody refers to."
)
@with_appcontext
def import_municipalities(
    file: Path,
    replace: bool,  # noqa: FBT001 - click passes flags so
) -> None:
    """Take municipalities in from a CSV FILE with the columns AGS;Gemeinde;Kreis;PLZ (Hauptort).

    From them the county of a contact is known. Known keys are changed. A new installation has those
    of Südwestfalen; another region takes its own list with --replace. Without FILE the list that
    comes with the program is taken.
    """
    entries = _read(file)
    if not replace:
        set_municipalities(entries)
    elif kept := replace_municipalities(entries):
        click.echo(f"still referred to, so they stay: {', '.join(kept)}", err=True)
    click.echo(f"{len(entries)} municipalities")


def _read(file: Path) -> list[MunicipalityEntry]:
    try:
        entries = list(read_municipalities(file))
    except ColumnsMissing as problem:
        click.echo(f"columns missing: {problem}", err=True)
        sys.exit(WRONG_USE)
    faults = [entry.ags for entry in entries if not entry.is_valid]
    if faults:
        click.echo(f"no AGS of eight digits: {', '.join(faults)}", err=True)
        sys.exit(FOUND_FAULTS)
    return entries
