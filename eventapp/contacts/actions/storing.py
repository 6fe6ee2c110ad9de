"""Writing judged rows into the address book, in bulk; part of an import's transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import insert

from eventapp.contacts import queries
from eventapp.contacts.models import (
    Contact,
    ContactImport,
    DistributionList,
    Organisation,
    Suppression,
    index_contact,
    list_membership,
)
from eventapp.contacts.rows import Person
from eventapp.contacts.verdicts import RowVerdict
from eventapp.foundation.database import db
from eventapp.foundation.text import normalised_email, search_key, sort_key

BATCH = 1000
_INDEXED_FROM = (
    "title",
    "first_name",
    "last_name",
    "organisation_name",
    "city",
    "email",
    "reference",
)


def store_rows(
    staged: ContactImport, verdicts: Sequence[RowVerdict], progress: Callable[[int], None]
) -> dict[str, int]:
    """Write the importable rows with their organisations and lists; says how many of each.

    Whom the address book knows already joins the lists of the row and stays as he or she is.
    """
    people = [row.person for row in verdicts if row.is_imported and row.person is not None]
    known = {row.known_id: row.person for row in verdicts if row.known_id and row.person}
    organisations, new_organisations = _organisations(staged.host_id, people)
    lists, new_lists = _lists(staged.host_id, [*people, *known.values()])
    objections = queries.suppressed_among(
        staged.host_id, [normalised_email(person.email) for person in people if person.email]
    )
    written = _Writer(staged, organisations, lists, objections)
    for batch in _batches(people):
        written.write(batch)
        progress(len(batch))
    joined = written.join(known)
    return {
        "contacts": len(people),
        "organisations": new_organisations,
        "lists": new_lists,
        "joined": joined,
    }


def _batches(people: Sequence[Person]) -> Iterator[Sequence[Person]]:
    for start in range(0, len(people), BATCH):
        yield people[start : start + BATCH]


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

    def write(self, people: Sequence[Person]) -> None:
        """Insert a batch of contacts, then on which lists they stand."""
        db.session.execute(insert(Contact), [self._row(person) for person in people])
        ids = queries.ids_from_import(self.import_id, above=self.last_id)
        self.last_id = ids[-1]
        memberships = [
            {"contact_id": contact_id, "list_id": list_id}
            for contact_id, person in zip(ids, people, strict=True)
            for list_id in self._list_ids(person)
        ]
        if memberships:
            db.session.execute(insert(list_membership), memberships)

    def join(self, known: Mapping[int, Person]) -> int:
        """Put known contacts on the lists of their row; says how many had not been there."""
        wanted = {
            (contact_id, list_id)
            for contact_id, person in known.items()
            for list_id in self._list_ids(person)
        }
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

    def _row(self, person: Person) -> dict[str, Any]:
        objection = self.objections.get(normalised_email(person.email))
        row = contact_values(person) | {
            "host_id": self.host_id,
            "organisation_id": self.organisations.get(person.organisation),
            "import_id": self.import_id,
            "source": self.source,
            "source_at": self.at,
            "blocked_at": objection.at if objection else None,
            "block_reason": objection.reason if objection else "",
        }
        return row | _indexed(row)


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


def _indexed(row: dict[str, Any]) -> dict[str, Any]:
    """The derived columns, which a bulk insert does not derive by itself."""
    contact = Contact(**{name: row[name] for name in _INDEXED_FROM})
    index_contact(contact)
    return {name: getattr(contact, name) for name in ("email_key", "search_text", "sort_name")}


def _organisations(host_id: int, people: Sequence[Person]) -> tuple[dict[str, int], int]:
    """(ids by name, how many are new); a new one takes the sector of its first person."""
    known = queries.organisations_by_name(host_id)
    new: dict[str, dict[str, Any]] = {}
    for person in people:
        name = person.organisation
        if name and name not in known and name not in new:
            new[name] = {
                "host_id": host_id,
                "name": name,
                "sector": person.sector,
                "search_text": search_key(name),
                "sort_name": sort_key(name),
            }
    if not new:
        return known, 0
    db.session.execute(insert(Organisation), list(new.values()))
    return queries.organisations_by_name(host_id), len(new)


def _lists(host_id: int, people: Sequence[Person]) -> tuple[dict[str, int], int]:
    """(ids by folded name, how many are new)."""
    known = queries.lists_by_name(host_id)
    named = {name.casefold(): name for person in people for name in person.lists}
    new = [
        DistributionList(host_id=host_id, name=name)
        for key, name in named.items()
        if key not in known
    ]
    db.session.add_all(new)
    db.session.flush()
    ids = {key: row.id for key, row in known.items()}
    return ids | {row.name.casefold(): row.id for row in new}, len(new)
