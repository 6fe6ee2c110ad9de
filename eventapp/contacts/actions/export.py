"""Taking the address book away as a table whose headers the import understands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.models import HostOrganisation
from eventapp.contacts import queries
from eventapp.contacts.mapping import COLUMN_WORDS
from eventapp.contacts.mapping import Column as Meaning
from eventapp.contacts.models import Contact
from eventapp.contacts.words import FORM_WORDS, SECTOR_WORDS
from eventapp.foundation.database import transaction
from eventapp.foundation.message import Message
from eventapp.foundation.tabular import Cell, Column, Table

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
