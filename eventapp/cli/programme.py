"""`eventapp import programme`: a programme file into an event."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext

from eventapp.events import queries
from eventapp.events.models import Event
from eventapp.foundation.errors import DomainError
from eventapp.foundation.i18n import LOCALES, use_locale
from eventapp.foundation.message import message
from eventapp.programme.actions import ImportReport, preview_programme
from eventapp.programme.actions import import_programme as take_over
from eventapp.programme.exchange import BadProgramme, ProgrammeDocument
from eventapp.programme.foreign import Reading, Remark, topic_label
from eventapp.programme.receiving import moved_to, read_for
from eventapp.programme.timetable.checks import hard_conflicts

FOUND_FAULTS = 1
COMMAND_LINE = "command line"


@click.command(name="programme")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--event", "slug", required=True, help="Short name of the event.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and keep nothing.")
@click.option(
    "--first-day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Move the whole programme so that it begins on this day, at the same times of day.",
)
@click.option("--json", "as_json", is_flag=True, help="Say it for machines.")
@click.option("--language", type=click.Choice(LOCALES), default=LOCALES[0], show_default=True)
@with_appcontext
def import_programme(
    file: Path,
    slug: str,
    dry_run: bool,  # noqa: FBT001 - click passes flags so
    first_day: datetime | None,
    as_json: bool,  # noqa: FBT001 - click passes flags so
    language: str,
) -> None:
    """Take rooms, contributors, slots and sessions of FILE into an event, as drafts.

    FILE is a programme of eventapp (JSON), a schedule.xml or schedule.json of frab or pretalx, or a
    table kept by hand (XLSX or CSV); its content tells which. What is odd in it is reported and
    taken over as well as it can be. The same file twice changes nothing; a changed file changes
    what it names, and nothing is ever deleted. Exit status 1 if the file cannot be read, in which
    case nothing is imported, or if the programme has hard conflicts.
    """
    event = queries.event_by_slug(slug)
    if event is None:
        raise click.BadParameter(f"there is no event {slug}", param_hint="--event")
    with use_locale(language):
        try:
            reading = read_for(event, file.read_bytes())
            document = reading.document
            if first_day is not None:
                document = moved_to(document, first_day.date())
            report = _run(event, document, dry_run=dry_run, quiet=as_json)
        except BadProgramme as bad:
            _refuse(
                [_plain(fault.entry, fault.field, fault.reason) for fault in bad.faults],
                as_json=as_json,
            )
        except DomainError as problem:
            _refuse([_plain("programme", "", problem.text)], as_json=as_json)
        _tell(reading, report, as_json=as_json)
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


def _tell(reading: Reading, report: ImportReport, *, as_json: bool) -> None:
    conflicts = [
        {"rule": each.rule.value, "severity": each.severity.value, "text": str(each.text)}
        for each in report.conflicts
    ]
    remarks = [_remark(each) for each in (*reading.remarks, *report.remarks)]
    if as_json:
        rows = [{"entry": row.entry, "verdict": row.verdict.value} for row in report.rows]
        _print(
            {
                "format": reading.format,
                "rows": rows,
                "counts": report.counts,
                "remarks": remarks,
                "missing": list(report.missing),
                "conflicts": conflicts,
                "faults": [],
            }
        )
        return
    counts = report.counts
    click.echo(
        f"{counts['added']} added, {counts['changed']} changed, {counts['unchanged']} unchanged"
    )
    for line in _lines(report, remarks):
        click.echo(line)
    for conflict in conflicts:
        click.echo(f"{conflict['severity']} {conflict['rule']}: {conflict['text']}")


def _lines(report: ImportReport, remarks: list[dict[str, str]]) -> Iterator[str]:
    for each in remarks:
        found = f"“{each['found']}”: " if each["found"] else ""
        yield f"{each['field']} · {each['entry']} · {found}{each['made']}"
    for title in report.missing:
        yield str(message("No longer in the file, stays as it is: “%(title)s”", title=title))


def _remark(remark: Remark) -> dict[str, str]:
    return {
        "entry": str(remark.entry),
        "field": str(topic_label(remark.topic)),
        "found": remark.found,
        "made": str(remark.made),
    }


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
