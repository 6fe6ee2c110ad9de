"""What organisers take along. Each list that leaves the house is noted (domain: invariant 16)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO

from eventapp.accounts.audit import Actor, record_change
from eventapp.events.models import Event
from eventapp.exports.attendees import attendee_table
from eventapp.exports.columns import ColumnSet, SortOrder, fields_of
from eventapp.foundation.database import transaction
from eventapp.foundation.message import Message, message
from eventapp.foundation.tabular import Table, to_csv, to_json, to_xlsx
from eventapp.registrations.guests import GuestFilter, GuestGroup


class FileFormat(StrEnum):
    """What kind of file a list becomes."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


WRITERS: dict[FileFormat, Callable[[Table], IO[bytes]]] = {
    FileFormat.XLSX: to_xlsx,
    FileFormat.CSV: to_csv,
    FileFormat.JSON: to_json,
}


FORMAT_WORDS = {
    FileFormat.XLSX: message("Excel (XLSX)"),
    FileFormat.CSV: message("CSV for Excel"),
    FileFormat.JSON: message("JSON, for programs"),
}


@dataclass(frozen=True)
class ExportRequest:
    """Which list somebody wants, of whom, in which order and as what file."""

    columns: ColumnSet = ColumnSet.FULL
    format: FileFormat = FileFormat.XLSX
    order: SortOrder = SortOrder.NAME
    guests: GuestFilter = field(default_factory=lambda: GuestFilter(GuestGroup.CONFIRMED))


def format_label(kind: FileFormat) -> Message:
    """What a kind of file is called."""
    return FORMAT_WORDS[kind]


def export_attendees(event: Event, request: ExportRequest, *, by: Actor) -> IO[bytes]:
    """The list as a file, which the caller closes; and a note of who took it."""
    with transaction():
        table = attendee_table(
            event, columns=request.columns, order=request.order, guests=request.guests
        )
        record_change(by, "attendees.exported", event, after=_noted(request), scope=event.scope)
    return WRITERS[request.format](table)


def _noted(request: ExportRequest) -> dict[str, str]:
    """Filter and columns, as invariant 16 wants them kept."""
    return {
        "list": request.columns.value,
        "columns": ", ".join(one.key for one in fields_of(request.columns)),
        "guests": request.guests.group.value,
        "search": request.guests.search,
        "sector": request.guests.sector.value if request.guests.sector else "",
        "format": request.format.value,
    }
