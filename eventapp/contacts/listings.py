"""The lists of the address book as people may take them along: contacts, organisations, lists."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventapp.accounts.models import HostOrganisation
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts import queries
from eventapp.contacts.forms import which_contacts
from eventapp.contacts.mapping import COLUMN_WORDS
from eventapp.contacts.mapping import Column as Meaning
from eventapp.contacts.models import Contact
from eventapp.contacts.queries import ListRow, OrganisationRow, WhichContacts
from eventapp.contacts.queries.people import REACHABLE
from eventapp.contacts.words import (
    FORM_WORDS,
    SECTOR_WORDS,
    STANDING_WORDS,
    county_label,
    sector_label,
)
from eventapp.foundation.listing import Asked, Belongs, Choice, Concerns, Field, Listing
from eventapp.foundation.message import Message, message
from eventapp.foundation.pages import row_count, stream
from eventapp.foundation.tabular import YES_NO, Cell
from eventapp.foundation.text import clean

SEARCH_LENGTH = 200
ATTRIBUTES = {
    Meaning.REFERENCE: ("reference", 12),
    Meaning.FORM_OF_ADDRESS: ("form_of_address", 10),
    Meaning.TITLE: ("title", 12),
    Meaning.FIRST_NAME: ("first_name", 18),
    Meaning.LAST_NAME: ("last_name", 22),
    Meaning.NAME_SUFFIX: ("name_suffix", 12),
    Meaning.POSITION: ("position", 24),
    Meaning.ORGANISATION: ("organisation_name", 34),
    Meaning.SECTOR: ("sector", 24),
    Meaning.STREET: ("street", 24),
    Meaning.POSTCODE: ("postcode", 9),
    Meaning.CITY: ("city", 22),
    Meaning.COUNTY: ("county", 24),
    Meaning.EMAIL: ("email", 36),
    Meaning.PHONE: ("phone", 20),
    Meaning.SALUTATION: ("salutation_override", 30),
    Meaning.LOCALE: ("locale", 9),
    Meaning.NOTE: ("note", 30),
}
"""Which column of a contact goes under which heading, so that the import understands the file."""
_WORDS: Mapping[Meaning, Mapping[Any, Message]] = {
    Meaning.FORM_OF_ADDRESS: FORM_WORDS,
    Meaning.SECTOR: SECTOR_WORDS,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact as a row of the file, with the names of its lists."""

    person: Any
    lists: str


def _of_person(name: str) -> Callable[[Entry], Cell]:
    return lambda one: getattr(one.person, name)


def _entries(host: HostOrganisation, which: WhichContacts, _choice: Choice) -> Iterator[Entry]:
    """The contacts that fit, by name. Two statements."""
    lists = queries.list_names_of_contacts(host.id)
    columns = [getattr(Contact, name) for name, _width in ATTRIBUTES.values()]
    reachable = (REACHABLE[0] & REACHABLE[1] & REACHABLE[2]).label("reachable")
    wanted = queries.contacts_wanted(host.id, which)
    for row in stream(wanted.with_only_columns(Contact.id, *columns, reachable)):
        yield Entry(row, "|".join(lists.get(row.id, ())))


def _told(host: HostOrganisation, which: WhichContacts) -> Sequence[object]:
    group = queries.list_by_id(host.id, which.list_id) if which.list_id else None
    firm = queries.organisation_by_id(host.id, which.organisation_id or 0)
    of_import = queries.import_by_id(host.id, which.import_id) if which.import_id else None
    return [
        STANDING_WORDS[which.standing],
        *([group.name] if group else []),
        *([firm.name] if firm else []),
        *([of_import.filename] if of_import else []),
        *([sector_label(which.sector)] if which.sector else []),
        *([county_label(which.county)] if which.county else []),
        *([message("“%(search)s”", search=which.search)] if which.search else []),
    ]


CONTACTS = Listing(
    key="contacts",
    title=message("Contacts"),
    belongs=Belongs.HOST,
    roles=ORGANISERS,
    page="contacts_organiser.address_book",
    rail="contacts",
    fields=(
        *(
            Field(meaning.value, COLUMN_WORDS[meaning], _of_person(name), width,
                  _WORDS.get(meaning, {}))
            for meaning, (name, width) in ATTRIBUTES.items()
        ),
        Field(Meaning.LISTS.value, COLUMN_WORDS[Meaning.LISTS], lambda one: one.lists, 30),
        Field("reachable", message("Can be invited"), _of_person("reachable"), 10, YES_NO),
    ),
    asked=which_contacts,
    told=_told,
    count=lambda host, which: row_count(queries.contacts_wanted(host.id, which)),
    rows=_entries,
)  # fmt: skip


def _search(asked: Asked) -> str:
    return clean(asked.get("q", ""))[:SEARCH_LENGTH]


def _organisations(
    host: HostOrganisation, search: str, _choice: Choice
) -> Iterator[OrganisationRow]:
    """The organisations that fit, by name. Two statements."""
    counts = queries.contacts_by_organisation(host.id)
    for (organisation,) in stream(queries.organisations_wanted(host.id, search)):
        yield OrganisationRow(organisation, counts.get(organisation.id, 0))


def _of_organisation(name: str) -> Callable[[OrganisationRow], Cell]:
    return lambda one: getattr(one.organisation, name)


ORGANISATIONS = Listing(
    key="organisations",
    title=message("Organisations"),
    belongs=Belongs.HOST,
    roles=ORGANISERS,
    page="contacts_groups.organisations",
    rail="organisations",
    fields=(
        Field("name", message("Name"), _of_organisation("name"), 34, concerns=Concerns.NOBODY),
        Field("legal_form", message("Legal form"), _of_organisation("legal_form"), 14,
              concerns=Concerns.NOBODY),
        Field("sector", message("Sector"), _of_organisation("sector"), 24, SECTOR_WORDS,
              Concerns.NOBODY),
        Field("municipality", message("Municipality key (AGS)"),
              _of_organisation("municipality_ags"), 12, concerns=Concerns.NOBODY),
        Field("contacts", message("Contacts"), lambda one: one.contacts, 10,
              concerns=Concerns.NOBODY),
    ),
    asked=_search,
    told=lambda _host, search: [message("“%(search)s”", search=search)] if search else [],
    count=lambda host, search: row_count(queries.organisations_wanted(host.id, search)),
    rows=_organisations,
)  # fmt: skip


def _of_list(name: str) -> Callable[[ListRow], Cell]:
    return lambda one: getattr(one.list, name)


DISTRIBUTION_LISTS: Listing[HostOrganisation, None, ListRow] = Listing(
    key="distribution-lists",
    title=message("Distribution lists"),
    belongs=Belongs.HOST,
    roles=ORGANISERS,
    page="contacts_groups.lists",
    rail="lists",
    fields=(
        Field("name", message("Name"), _of_list("name"), 34),
        Field("purpose", message("Purpose"), _of_list("purpose"), 34),
        Field("responsible", message("Responsible"), _of_list("responsible"), 24),
        Field("contacts", message("Contacts"), lambda one: one.contacts, 10),
        Field("reachable", message("Can be invited"), lambda one: one.reachable, 10),
    ),
    asked=lambda _asked: None,
    told=lambda _host, _wanted: [],
    count=lambda host, _wanted: len(queries.lists_of_host(host.id)),
    rows=lambda host, _wanted, _choice: queries.lists_of_host(host.id),
)

LISTINGS = (CONTACTS, ORGANISATIONS, DISTRIBUTION_LISTS)
