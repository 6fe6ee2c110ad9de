"""Writing judged rows into the address book, in bulk; part of an import's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, insert

from eventapp.contacts import queries
from eventapp.contacts.actions.missing import add_missing, organisation_row
from eventapp.contacts.cells import Verdict
from eventapp.contacts.mapping import Column
from eventapp.contacts.models import (
    Contact,
    ContactImport,
    DistributionList,
    Organisation,
    Suppression,
    derived_columns,
    list_membership,
)
from eventapp.contacts.rows import Person
from eventapp.contacts.sheet import sheet_of_verdicts
from eventapp.contacts.verdicts import RowVerdict
from eventapp.foundation.database import db
from eventapp.foundation.text import normalised_email

_CONTACTS = cast(Table, Contact.__table__)  # past the ORM, which costs as much as the database
BATCH = 1000
STEPS_PER_ROW = 2  # of progress: judged, and made ready to be written
LEFT_OUT = (Verdict.ERROR, Verdict.DUPLICATE)


@dataclass(frozen=True)
class Prepared:
    """A list judged and turned into rows, as the address book was when it bore `mark`."""

    mark: list[int]
    columns: list[Column]
    verdicts: tuple[RowVerdict, ...]
    rows: list[dict[str, Any]]
    left_out: str  # the sheet of rows that somebody may want to correct

    @property
    def people(self) -> list[Person]:
        """Who becomes a contact, in the order of `rows`."""
        return [row.person for row in self.verdicts if row.is_imported and row.person is not None]

    @property
    def known(self) -> dict[int, Person]:
        """Whom the address book knows already, by the id of the contact."""
        return {row.known_id: row.person for row in self.verdicts if row.known_id and row.person}


def prepare(staged: ContactImport, progress: queries.Progress) -> Prepared:
    """Do all that needs no lock, so that nobody else has to wait for a long list.

    `progress` hears of STEPS_PER_ROW steps for each row.
    """
    mark, columns = queries.address_book_mark(staged.host_id), queries.columns_of(staged)
    verdicts = queries.verdicts_on(staged, progress=progress)
    rows = []
    for row in verdicts:
        if row.is_imported and row.person is not None:
            rows.append(_ready(contact_values(row.person)))
        progress(1)
    left_out = sheet_of_verdicts(row for row in verdicts if row.verdict in LEFT_OUT)
    return Prepared(mark, columns, verdicts, rows, left_out)


def store(staged: ContactImport, prepared: Prepared) -> dict[str, int]:
    """Write the importable rows with their organisations and lists; says how many of each.

    Whom the address book knows already joins the lists of the row and stays as he or she is.
    Locks in the order of `groups.py`: known contacts, then lists.
    """
    people, known = prepared.people, prepared.known
    organisations, new_organisations = _organisations(staged.host_id, people)
    lists, new_lists = _lists(staged.host_id, _named_lists(staged, prepared))
    if staged.new_list:
        staged.list_id = lists[staged.new_list.casefold()]
    writer = _Writer(staged, organisations, lists, _objections(staged.host_id, people))
    joins = writer.wanted(known)
    queries.lock_for_joining({contact_id for contact_id, _list_id in joins}, writer.list_ids)
    for start in range(0, len(people), BATCH):
        writer.write(people[start : start + BATCH], prepared.rows[start : start + BATCH])
    return {
        "contacts": len(people),
        "organisations": new_organisations,
        "lists": new_lists,
        "joined": writer.join(joins),
    }


def _objections(host_id: int, people: Sequence[Person]) -> dict[str, Suppression]:
    return queries.suppressed_among(
        host_id, [normalised_email(person.email) for person in people if person.email]
    )


class _Writer:
    """Turns people into rows of contacts and memberships."""

    def __init__(
        self,
        staged: ContactImport,
        organisations: dict[str, int],
        lists: dict[str, int],
        objections: dict[str, Suppression],
    ) -> None:
        self.host_id, self.import_id = staged.host_id, staged.id
        self.source, self.at = staged.filename, staged.staged_at
        self.target_id, self.last_id = staged.list_id, 0
        self.organisations, self.lists, self.objections = organisations, lists, objections

    def write(self, people: Sequence[Person], rows: Sequence[dict[str, Any]]) -> None:
        """Insert a batch of contacts, then on which lists they stand."""
        complete = [row | self._here(person) for person, row in zip(people, rows, strict=True)]
        db.session.execute(insert(_CONTACTS), complete)
        ids = queries.ids_from_import(self.import_id, above=self.last_id)
        self.last_id = ids[-1]
        memberships = [
            {"contact_id": contact_id, "list_id": list_id}
            for contact_id, person in zip(ids, people, strict=True)
            for list_id in self._list_ids(person)
        ]
        if memberships:
            db.session.execute(insert(list_membership), memberships)

    @property
    def list_ids(self) -> set[int]:
        """All lists that somebody may join."""
        return set(self.lists.values()) | ({self.target_id} if self.target_id else set())

    def wanted(self, known: Mapping[int, Person]) -> set[tuple[int, int]]:
        """(contact, list) of known contacts by their rows."""
        return {
            (contact_id, list_id)
            for contact_id, person in known.items()
            for list_id in self._list_ids(person)
        }

    def join(self, wanted: set[tuple[int, int]]) -> int:
        """Put known contacts on the lists of their row; says how many had not been there."""
        new = wanted - queries.memberships_of(self.host_id) if wanted else set()
        if new:
            db.session.execute(
                insert(list_membership),
                [{"contact_id": contact_id, "list_id": list_id} for contact_id, list_id in new],
            )
        return len({contact_id for contact_id, _list_id in new})

    def _list_ids(self, person: Person) -> set[int]:
        named = {self.lists[name.casefold()] for name in person.lists}
        return named if self.target_id is None else named | {self.target_id}

    def _here(self, person: Person) -> dict[str, Any]:
        """What a row becomes in this address book and by this import."""
        objection = self.objections.get(normalised_email(person.email))
        return {
            "host_id": self.host_id,
            "organisation_id": self.organisations.get(person.organisation),
            "import_id": self.import_id,
            "source": self.source,
            "source_at": self.at,
            "blocked_at": objection.at if objection else None,
            "block_kind": objection.kind if objection else None,
            "block_reason": "",
        }


def contact_values(person: Person) -> dict[str, Any]:
    """What a person of a list becomes in the table of contacts."""
    name, location = person.name, person.location
    return {
        "reference": person.reference or None,
        "form_of_address": name.form,
        "title": name.title,
        "first_name": name.first,
        "last_name": name.last,
        "name_suffix": name.suffix,
        "position": person.position,
        "organisation_name": person.organisation,
        "sector": person.sector,
        "street": person.street,
        "postcode": location.postcode,
        "city": location.city,
        "municipality_ags": location.ags,
        "county": location.county,
        "email": person.email,
        "phone": person.phone,
        "salutation_override": person.salutation_override,
        "locale": person.locale,
        "note": person.note,
    }


def _ready(values: dict[str, Any]) -> dict[str, Any]:
    """With the derived columns, which a bulk insert does not derive by itself."""
    return values | derived_columns(values)


def _organisations(host_id: int, people: Sequence[Person]) -> tuple[dict[str, int], int]:
    """(ids by name, how many are new); a new one takes the sector of its first person."""
    known = queries.organisations_by_name(host_id)
    first = {person.organisation: person for person in reversed(people) if person.organisation}
    new = [
        organisation_row(host_id, name, person.sector)
        for name, person in first.items()
        if name not in known
    ]
    if not new:
        return known, 0
    add_missing(Organisation, new)
    return queries.organisations_by_name(host_id), len(new)


def _named_lists(staged: ContactImport, prepared: Prepared) -> list[str]:
    """Which lists the file names, and the one that was named for everybody."""
    people = [*prepared.people, *prepared.known.values()]
    named = [name for person in people for name in person.lists]
    return [*named, staged.new_list] if staged.new_list else named


def _lists(host_id: int, names: Sequence[str]) -> tuple[dict[str, int], int]:
    """(ids of the named lists by folded name, how many are new)."""
    known = queries.lists_by_name(host_id)
    named = {name.casefold(): name for name in names}
    new = [{"host_id": host_id, "name": name} for key, name in named.items() if key not in known]
    if new:
        add_missing(DistributionList, new)
        known = queries.lists_by_name(host_id)
    return {key: known[key].id for key in named}, len(new)
