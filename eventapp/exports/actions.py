"""What organisers take along, noted each time (domain: invariant 16), and the columns they keep."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import IO

from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.models import HostOrganisation
from eventapp.events.models import Event
from eventapp.exports import queries
from eventapp.exports.columns import ColumnSet, SortOrder
from eventapp.exports.guest_lists import CONFIRMED, GUEST_LISTS
from eventapp.exports.models import KeptColumns
from eventapp.exports.states import FileFormat
from eventapp.foundation.database import db, expect_version, lock, transaction
from eventapp.foundation.errors import Invalid
from eventapp.foundation.listing import AnyListing, Choice, Concerns, Purpose, plain_filter
from eventapp.foundation.message import message
from eventapp.foundation.tabular import Cell, Table, to_csv, to_json, to_xlsx
from eventapp.registrations.guests import GuestFilter, guest_filter

WRITERS: dict[FileFormat, Callable[[Table], IO[bytes]]] = {
    FileFormat.XLSX: to_xlsx,
    FileFormat.CSV: to_csv,
    FileFormat.JSON: to_json,
}
DEFAULT_ZONE = "Europe/Berlin"
MOST_KEPT = 100


@dataclass(frozen=True)
class Taking:
    """What somebody takes along of a list, as what file, and what for."""

    wanted: object
    choice: Choice
    format: FileFormat
    purpose: Purpose
    note: str = ""


def take_list(
    listing: AnyListing, owner: HostOrganisation | Event, taking: Taking, *, by: Actor
) -> IO[bytes]:
    """The list as a file, which the caller closes; who took what of whom is noted.

    The file is made before the note is written, so that nobody waits for a lock meanwhile; without
    the note nobody gets the file.
    """
    zone = owner.zone if isinstance(owner, Event) else DEFAULT_ZONE
    table = listing.table(owner, taking.wanted, taking.choice, zone=zone)
    counted = _Counted(table.rows)
    file = WRITERS[taking.format](replace(table, rows=counted))
    try:
        with transaction():
            record_change(
                by,
                "list.exported",
                owner,
                after=_noted(listing, taking, counted.number),
                scope=owner.scope if isinstance(owner, Event) else "",
                reason=taking.note,
                host_id=owner.host_id if isinstance(owner, Event) else owner.id,
            )
    except BaseException:
        file.close()
        raise
    return file


@dataclass(frozen=True)
class ExportRequest:
    """Which list of an event's guests a command wants, of whom, in which order, as what file."""

    columns: ColumnSet = ColumnSet.FULL
    format: FileFormat = FileFormat.XLSX
    order: SortOrder = SortOrder.NAME
    guests: GuestFilter = field(default_factory=lambda: guest_filter(CONFIRMED))
    purpose: Purpose = Purpose.OTHER


def export_attendees(event: Event, request: ExportRequest, *, by: Actor) -> IO[bytes]:
    """One of the lists of guests with all its columns but diet and access needs."""
    listing = GUEST_LISTS[request.columns].of(event)
    keys = tuple(one.key for one in listing.fields if one.concerns is not Concerns.NEEDS)
    choice = Choice(keys, request.order.value)
    taking = Taking(request.guests, choice, request.format, request.purpose)
    return take_list(listing, event, taking, by=by)


class _Counted:
    """Rows, and how many have gone by."""

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self._rows:
            self.number += 1
            yield row


def _noted(listing: AnyListing, taking: Taking, rows: int) -> dict[str, object]:
    """Filter, columns and purpose, as invariant 16 wants them kept."""
    narrowed = plain_filter(taking.wanted).items()
    return {
        "list": listing.key,
        "filter": ", ".join(f"{name}={value}" for name, value in narrowed),
        "columns": ", ".join(one.key for one in listing.chosen(taking.choice.columns)),
        "order": taking.choice.order,
        "rows": rows,
        "format": taking.format.value,
        "purpose": taking.purpose.value,
    }


def keep_columns(
    host: HostOrganisation, listing: AnyListing, name: str, columns: Sequence[str], *, by: Actor
) -> KeptColumns:
    """Keep a choice of columns under a name. Raises Invalid for a name that is taken."""
    with transaction():
        lock(host)
        _expect_free(host, name)
        if len(queries.kept_columns(host, listing.key)) >= MOST_KEPT:
            raise Invalid("name", message("There are too many already. Please remove one first."))
        kept = KeptColumns(
            host_id=host.id, listing=listing.key, name=name, columns=_known(listing, columns)
        )
        db.session.add(kept)
        record_change(by, "columns.kept", kept, after=_described(kept))
    return kept


def change_columns(
    kept: KeptColumns, listing: AnyListing, columns: Sequence[str], *, seen: int, by: Actor
) -> None:
    """Keep other columns, or another order, under the same name. Raises Stale.

    Columns that this list lacks stay: they are questions of another event.
    """
    with transaction():
        lock(kept)
        expect_version(kept, seen)
        before = _described(kept)
        elsewhere = [key for key in kept.columns if key not in listing.keys]
        kept.columns = [*_known(listing, columns), *elsewhere]
        record_change(by, "columns.changed", kept, before=before, after=_described(kept))


def rename_columns(kept: KeptColumns, name: str, *, seen: int, by: Actor) -> None:
    """Give a column set another name. Raises Stale, or Invalid for a name that is taken."""
    with transaction():
        host = db.session.get_one(HostOrganisation, kept.host_id)
        lock(host)
        lock(kept)
        expect_version(kept, seen)
        if name == kept.name:
            return
        _expect_free(host, name)
        before = _described(kept)
        kept.name = name
        record_change(by, "columns.changed", kept, before=before, after=_described(kept))


def remove_columns(kept: KeptColumns, *, by: Actor) -> None:
    """Forget a column set; no list changes by it."""
    with transaction():
        lock(kept)
        record_change(by, "columns.removed", kept, before=_described(kept))
        db.session.delete(kept)


def _expect_free(host: HostOrganisation, name: str) -> None:
    if queries.columns_named(host, name) is not None:
        raise Invalid("name", message("There are columns of this name already."))


def _known(listing: AnyListing, columns: Sequence[str]) -> list[str]:
    """The columns that the list has. Raises Invalid where none is left."""
    known = [one.key for one in listing.chosen(columns)]
    if not known:
        raise Invalid("columns", message("Please choose at least one column."))
    return known


def _described(kept: KeptColumns) -> dict[str, str]:
    return {"name": kept.name, "list": kept.listing, "columns": ", ".join(kept.columns)}
