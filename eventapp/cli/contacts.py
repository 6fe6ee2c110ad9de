"""`eventapp import contacts`: check a contact list, or take it over."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from eventapp.accounts import queries as accounts
from eventapp.accounts.models import HostOrganisation
from eventapp.contacts import queries
from eventapp.contacts.actions import STEPS_PER_ROW, import_staged, stage_import
from eventapp.contacts.cells import Verdict, not_taken_over
from eventapp.contacts.mapping import Column, guess_columns
from eventapp.contacts.places import Gazetteer
from eventapp.contacts.uploads import Upload, one_upload
from eventapp.contacts.verdicts import Known, RowVerdict, count_verdicts, judge
from eventapp.foundation.errors import DomainError, NotFound
from eventapp.foundation.message import Message

FOUND_FAULTS = 1
COMMAND_LINE = "command line"


@click.command(name="contacts")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--host",
    "host_slug",
    default="",
    help="Short name of the organisation; the first one if left out.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Only judge the rows; with --host also against that address book.",
)
@click.option("--sheet", default="", help="Which sheet of a workbook, if several hold data.")
@click.option("--json", "as_json", is_flag=True, help="Print verdicts and counts as JSON.")
@with_appcontext
def import_contacts(
    file: Path,
    host_slug: str,
    sheet: str,
    dry_run: bool,  # noqa: FBT001 - click passes flags so
    as_json: bool,  # noqa: FBT001 - click passes flags so
) -> None:
    """Take over a contact list (XLSX, CSV, tab-separated). All good rows come in, or none."""
    content = file.read_bytes()
    host = None if dry_run and not host_slug else _host(host_slug)
    try:
        if dry_run:
            verdicts = _judged(one_upload(content, sheet), host)
        else:
            verdicts = _imported(file.name, content, sheet, _given(host))
    except DomainError as problem:
        _refuse(problem, as_json=as_json)
    _print(verdicts, as_json=as_json)
    if any(row.verdict is Verdict.ERROR for row in verdicts):
        sys.exit(FOUND_FAULTS)


def _host(slug: str) -> HostOrganisation:
    try:
        return accounts.host_by_slug(slug) if slug else accounts.first_host()
    except NotFound:
        raise click.UsageError(f"there is no organisation {slug}".rstrip()) from None


def _given(host: HostOrganisation | None) -> HostOrganisation:
    if host is None:
        raise click.UsageError("an import needs an organisation")
    return host


def _judged(upload: Upload, host: HostOrganisation | None) -> Sequence[RowVerdict]:
    """The verdicts on the file alone, or as an import for the host would find them."""
    contact_list = upload.contact_list
    _tell(upload.notes)
    remembered = queries.remembered_columns(host.id) if host else {}
    columns = guess_columns(contact_list.header, remembered)
    known = queries.known_for(host.id, contact_list, columns) if host else Known()
    _name_unknown(contact_list.header, columns)
    with _bar(len(contact_list.records), "Checking rows") as bar:
        return judge(contact_list, columns, _gazetteer(), known, progress=bar.update)


def _gazetteer() -> Gazetteer:
    """The known municipalities; none where there is no database yet, as a check needs none."""
    try:
        return queries.gazetteer()
    except SQLAlchemyError:
        return Gazetteer()


def _imported(
    filename: str, content: bytes, sheet: str, host: HostOrganisation
) -> Sequence[RowVerdict]:
    staged = stage_import(host, filename=filename, content=content, sheet=sheet, actor=COMMAND_LINE)
    _tell(queries.notes_on(staged))
    _name_unknown(staged.mapping["header"], queries.columns_of(staged))
    verdicts = queries.verdicts_on(staged)
    with _bar(STEPS_PER_ROW * len(verdicts), "Importing") as bar:
        import_staged(staged, actor=COMMAND_LINE, progress=bar.update)
    return verdicts


def _tell(notes: Sequence[Message]) -> None:
    """Say beside the output what is to be told about the file."""
    for note in notes:
        click.echo(str(note), err=True)


def _name_unknown(header: Sequence[str], columns: Sequence[Column]) -> None:
    """Say once, beside the output, which columns are left out."""
    for name, column in zip(header, columns, strict=True):
        if column is Column.UNKNOWN:
            click.echo(str(not_taken_over(name)), err=True)


def _bar(length: int, label: str) -> Any:
    """A progress bar beside the output, so that the output can be piped."""
    return click.progressbar(length=length, label=label, file=sys.stderr)


def _print(verdicts: Sequence[RowVerdict], *, as_json: bool) -> None:
    rows = [
        {"line": row.line, "verdict": row.verdict.value, "reason": " ".join(map(str, row.reasons))}
        for row in verdicts
    ]
    counts = count_verdicts(verdicts)
    if as_json:
        click.echo(json.dumps({"rows": rows, "counts": counts}, ensure_ascii=False, indent=1))
        return
    for row in rows:
        if row["reason"]:
            click.echo(f"{row['line']:>6}  {row['verdict']:<9}  {row['reason']}")
    click.echo(", ".join(f"{count} {verdict}" for verdict, count in counts.items()))


def _refuse(problem: DomainError, *, as_json: bool) -> NoReturn:
    """The whole file is refused: say why, on the channel that the caller reads."""
    if as_json:
        click.echo(
            json.dumps({"refused": str(problem.text), "rows": [], "counts": {}}, ensure_ascii=False)
        )
    else:
        click.echo(str(problem.text), err=True)
    sys.exit(FOUND_FAULTS)
