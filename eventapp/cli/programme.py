"""`eventapp import programme`: a programme file into an event."""

import json
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext

from eventapp.events import queries
from eventapp.events.models import Event
from eventapp.foundation.errors import DomainError
from eventapp.foundation.i18n import LOCALES, use_locale
from eventapp.programme.actions import ImportReport, preview_programme
from eventapp.programme.actions import import_programme as take_over
from eventapp.programme.exchange import BadProgramme, ProgrammeDocument, read_programme
from eventapp.programme.timetable import hard_conflicts

FOUND_FAULTS = 1
COMMAND_LINE = "command line"


@click.command(name="programme")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--event", "slug", required=True, help="Short name of the event.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Say it for machines.")
@click.option("--language", type=click.Choice(LOCALES), default=LOCALES[0], show_default=True)
@with_appcontext
def import_programme(
    file: Path,
    slug: str,
    dry_run: bool,  # noqa: FBT001 - click passes flags so
    as_json: bool,  # noqa: FBT001 - click passes flags so
    language: str,
) -> None:
    """Take rooms, contributors, slots and sessions of FILE (JSON) into an event, as drafts.

    The same file twice changes nothing; a changed file changes what it names. Exit status 1 if
    the file has faults, in which case nothing is imported, or if the programme has hard conflicts.
    """
    event = queries.event_by_slug(slug)
    if event is None:
        raise click.BadParameter(f"there is no event {slug}", param_hint="--event")
    with use_locale(language):
        try:
            document = read_programme(file.read_bytes())
            report = _run(event, document, dry_run=dry_run, quiet=as_json)
        except BadProgramme as bad:
            _refuse(
                [_plain(fault.entry, fault.field, fault.reason) for fault in bad.faults],
                as_json=as_json,
            )
        except DomainError as problem:
            _refuse([_plain("programme", "", problem.text)], as_json=as_json)
        _tell(report, as_json=as_json)
    if hard_conflicts(report.conflicts):
        sys.exit(FOUND_FAULTS)


def _run(event: Event, document: ProgrammeDocument, *, dry_run: bool, quiet: bool) -> ImportReport:
    if dry_run:
        return preview_programme(event, document, by=COMMAND_LINE)
    entries = sum(map(len, (document.rooms, document.speakers, document.slots, document.sessions)))
    bar = (
        nullcontext()
        if quiet
        else click.progressbar(length=entries, label="Programme", file=sys.stderr)
    )
    with bar as shown:
        return take_over(
            event,
            document,
            by=COMMAND_LINE,
            advance=lambda: shown.update(1) if shown is not None else None,
        )


def _plain(entry: str, field: str, reason: object) -> dict[str, str]:
    return {"entry": entry, "field": field, "reason": str(reason)}


def _tell(report: ImportReport, *, as_json: bool) -> None:
    conflicts = [
        {"rule": each.rule.value, "severity": each.severity.value, "text": str(each.text)}
        for each in report.conflicts
    ]
    if as_json:
        rows = [{"entry": row.entry, "verdict": row.verdict.value} for row in report.rows]
        _print({"rows": rows, "counts": report.counts, "conflicts": conflicts, "faults": []})
        return
    counts = report.counts
    click.echo(
        f"{counts['added']} added, {counts['changed']} changed, {counts['unchanged']} unchanged"
    )
    for conflict in conflicts:
        click.echo(f"{conflict['severity']} {conflict['rule']}: {conflict['text']}")


def _refuse(faults: Iterable[dict[str, str]], *, as_json: bool) -> NoReturn:
    rows: list[dict[str, str]] = list(faults)
    if as_json:
        _print({"rows": [], "counts": {}, "conflicts": [], "faults": rows})
    else:
        click.echo("Nothing was imported.", err=True)
        for row in rows:
            place = ": ".join(filter(None, (row["entry"], row["field"])))
            click.echo(f"{place}: {row['reason']}", err=True)
    sys.exit(FOUND_FAULTS)


def _print(answer: dict[str, Any]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
