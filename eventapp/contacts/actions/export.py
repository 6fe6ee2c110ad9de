"""Taking contacts, or rows that were left out, away as tables that the import understands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.models import HostOrganisation
from eventapp.contacts import queries
from eventapp.contacts.errors import NothingKept
from eventapp.contacts.mapping import COLUMN_WORDS
from eventapp.contacts.mapping import Column as Meaning
from eventapp.contacts.models import Contact, ContactImport
from eventapp.contacts.states import ImportState
from eventapp.contacts.verdicts import RowVerdict
from eventapp.contacts.words import (
    FORM_WORDS,
    LEFT_OUT_WORDS,
    SECTOR_WORDS,
    SURPLUS,
    VERDICT_WORDS,
)
from eventapp.foundation.database import transaction
from eventapp.foundation.message import Message
from eventapp.foundation.tabular import Cell, Column, Table, unguarded

ATTRIBUTES = {
    Meaning.REFERENCE: "reference",
    Meaning.FORM_OF_ADDRESS: "form_of_address",
    Meaning.TITLE: "title",
    Meaning.FIRST_NAME: "first_name",
    Meaning.LAST_NAME: "last_name",
    Meaning.NAME_SUFFIX: "name_suffix",
    Meaning.POSITION: "position",
    Meaning.ORGANISATION: "organisation_name",
    Meaning.SECTOR: "sector",
    Meaning.STREET: "street",
    Meaning.POSTCODE: "postcode",
    Meaning.CITY: "city",
    Meaning.COUNTY: "county",
    Meaning.EMAIL: "email",
    Meaning.PHONE: "phone",
    Meaning.SALUTATION: "salutation_override",
    Meaning.LOCALE: "locale",
    Meaning.NOTE: "note",
}
_WORDS: Mapping[Meaning, Mapping[Any, Message]] = {
    Meaning.FORM_OF_ADDRESS: FORM_WORDS,
    Meaning.SECTOR: SECTOR_WORDS,
}


def export_contacts(host: HostOrganisation, which: queries.WhichContacts, *, actor: Actor) -> Table:
    """The contacts in question with their lists, by name; who took them is on record."""
    contacts = queries.all_contacts(host.id, which)
    lists = queries.list_names_of_contacts(host.id)
    with transaction():
        record_change(
            actor,
            "contacts.exported",
            host,
            host_id=host.id,
            after={"contacts": len(contacts), "search": which.search},
        )
    return Table(str(COLUMN_WORDS[Meaning.LISTS]), _columns(), _rows(contacts, lists))


def _columns() -> list[Column]:
    columns = [
        Column(
            meaning.value,
            str(COLUMN_WORDS[meaning]),
            words={value.value: str(words) for value, words in _WORDS.get(meaning, {}).items()},
        )
        for meaning in ATTRIBUTES
    ]
    return [*columns, Column(Meaning.LISTS.value, str(COLUMN_WORDS[Meaning.LISTS]))]


def _rows(contacts: Sequence[Contact], lists: dict[int, list[str]]) -> Iterator[list[Cell]]:
    for contact in contacts:
        cells: list[Cell] = [getattr(contact, name) for name in ATTRIBUTES.values()]
        yield [*cells, "|".join(lists.get(contact.id, []))]


def export_left_out(done: ContactImport, *, actor: Actor) -> Table:
    """The rows that an import left out, as they were, each with its reason; on record.

    The three columns in front are passed over when the corrected file is imported. Raises
    NothingKept.
    """
    if done.state is not ImportState.IMPORTED or not done.content:
        raise NothingKept
    rows = queries.all_left_out_of(done)
    header = list(done.mapping["header"])
    width = max([len(header), *(len(row.cells) for row in rows)])
    with transaction():
        record_change(actor, "contacts.left_out_exported", done, after={"rows": len(rows)})
    own = [Column(f"import-{at}", str(words)) for at, words in enumerate(LEFT_OUT_WORDS)]
    names = _padded(header, width, filling=str(SURPLUS))
    given = [Column(f"column-{at}", name) for at, name in enumerate(names)]
    return Table(done.filename, own + given, (_left_out_cells(row, width) for row in rows))


def _left_out_cells(row: RowVerdict, width: int) -> list[Cell]:
    reasons = " ".join(map(str, row.reasons))
    cells = _padded([unguarded(cell) for cell in row.cells], width)  # the writer guards them again
    return [row.line, str(VERDICT_WORDS[row.verdict]), reasons, *cells]


def _padded(cells: Sequence[str], width: int, *, filling: str = "") -> list[str]:
    return [*cells, *[filling] * (width - len(cells))]
