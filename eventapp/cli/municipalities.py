"""`eventapp import municipalities`: the region's municipalities with their official keys."""

import csv
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from eventapp.contacts.actions import MunicipalityEntry, set_municipalities

COLUMNS = ("AGS", "Gemeinde", "Kreis", "PLZ (Hauptort)")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def import_municipalities(file: Path) -> None:
    """Take municipalities in from a CSV FILE with the columns AGS;Gemeinde;Kreis;PLZ (Hauptort).

    From them the county of a contact is known. Known keys are changed, none is removed.
    """
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, delimiter=";")
        missing = set(COLUMNS) - set(reader.fieldnames or ())
        if missing:
            click.echo(f"columns missing: {', '.join(sorted(missing))}", err=True)
            sys.exit(2)
        entries = [MunicipalityEntry(*(row[name].strip() for name in COLUMNS)) for row in reader]
    faults = [entry.ags for entry in entries if not entry.is_valid]
    if faults:
        click.echo(f"no AGS of eight digits: {', '.join(faults)}", err=True)
        sys.exit(1)
    set_municipalities(entries)
    click.echo(f"{len(entries)} municipalities")
