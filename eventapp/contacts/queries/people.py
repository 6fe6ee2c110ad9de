"""Reads of people and of the municipalities they come from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.contacts.addresses import PHONE_SIGNS, phone_digits
from eventapp.contacts.doubles import KnownPerson
from eventapp.contacts.models import (
    Contact,
    ContactImport,
    ContactsApart,
    DistributionList,
    Municipality,
    list_membership,
)
from eventapp.contacts.places import Gazetteer, Place
from eventapp.contacts.states import Sector, Standing
from eventapp.foundation.database import Base, connection, db
from eventapp.foundation.pages import Page, paginate
from eventapp.foundation.text import like_pattern, normalised_email, search_terms


@dataclass(frozen=True)
class WhichContacts:
    """What somebody looks for in the address book; empty fields do not narrow."""

    search: str = ""
    list_id: int | None = None
    sector: Sector | None = None
    county: str = ""
    organisation_id: int | None = None
    import_id: int | None = None
    standing: Standing = Standing.ALL

    @property
    def narrows(self) -> bool:
        """Whether anything but the standing leaves contacts out."""
        return any(
            (
                self.search,
                self.list_id,
                self.sector,
                self.county,
                self.organisation_id is not None,
                self.import_id is not None,
            )
        )


REACHABLE = (
    Contact.blocked_at.is_(None),
    Contact.undeliverable_at.is_(None),
    Contact.email_key != "",
)
_BLOCKED = Contact.blocked_at.is_not(None)
_STANDING: Mapping[Standing, Sequence[ColumnElement[bool]]] = {
    Standing.ALL: (),
    Standing.REACHABLE: REACHABLE,
    Standing.WITHOUT_EMAIL: (~_BLOCKED, Contact.email_key == ""),
    Standing.UNDELIVERABLE: (~_BLOCKED, Contact.undeliverable_at.is_not(None)),
    Standing.BLOCKED: (_BLOCKED,),
}


def contacts_page(host_id: int, which: WhichContacts, number: int) -> Page[Contact]:
    """A page of the host's contacts with their lists, sorted by name. Three statements."""
    statement = contacts_wanted(host_id, which).options(selectinload(Contact.lists))
    return paginate(statement, number)


def contacts_wanted(host_id: int, which: WhichContacts) -> Select[Contact]:
    """Selects the host's contacts that fit, by name: for the page and for the file."""
    return (
        select(Contact)
        .where(*_conditions(host_id, which), *_STANDING[which.standing])
        .order_by(Contact.sort_name, Contact.id)
    )


def standing_counts(host_id: int, which: WhichContacts) -> dict[Standing, int]:
    """How many contacts there are in each standing, all else being the same. One statement."""
    kinds = list(Standing)
    counted = [func.count().filter(*_STANDING[kind]) for kind in kinds]
    statement = select(*counted).select_from(Contact).where(*_conditions(host_id, which))
    row = db.session.execute(statement).one()
    return dict(zip(kinds, row, strict=True))


def _conditions(host_id: int, which: WhichContacts) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Contact.host_id == host_id]
    if which.search:
        conditions.append(_is_found_by(which.search))
    if which.sector is not None:
        conditions.append(Contact.sector == which.sector)
    if which.county:
        conditions.append(Contact.county == which.county)
    if which.organisation_id is not None:
        conditions.append(Contact.organisation_id == which.organisation_id)
    if which.import_id is not None:
        conditions.append(Contact.import_id == which.import_id)
    if which.list_id is not None:
        members = select(list_membership.c.contact_id).where(
            list_membership.c.list_id == which.list_id
        )
        conditions.append(Contact.id.in_(members))
    return conditions


def _is_found_by(search: str) -> ColumnElement[bool]:
    """The whole search is the contact's number, or each of its words is said of the contact."""
    words = and_(*(_has_word(term) for term in search_terms(search)))
    digits = phone_digits(search)
    return or_(words, _bare_phone().contains(digits)) if digits else words


def _has_word(term: str) -> ColumnElement[bool]:
    said = Contact.search_text.like(like_pattern(term), escape="\\")
    digits = phone_digits(term)
    return or_(said, _bare_phone().contains(digits)) if digits else said


def _bare_phone() -> ColumnElement[str]:
    """The phone number as digits; cut out while searching, and only if digits are searched for."""
    bare: ColumnElement[str] = Contact.phone.expression
    for sign in PHONE_SIGNS:
        bare = func.replace(bare, sign, "")
    return bare


def contact_by_id(host_id: int, contact_id: int) -> Contact | None:
    """A contact of this host with its lists and municipality. Two statements."""
    return db.session.scalar(
        select(Contact)
        .options(selectinload(Contact.lists), joinedload(Contact.municipality))
        .where(Contact.id == contact_id, Contact.host_id == host_id)
    )


def contact_with_reference(host_id: int, reference: str) -> Contact | None:
    """The host's contact with this contact number."""
    return db.session.scalar(
        select(Contact).where(Contact.host_id == host_id, Contact.reference == reference)
    )


def contacts_among(host_id: int, contact_ids: Sequence[int]) -> Sequence[Contact]:
    """Those of the ids that are contacts of this host, with their lists, by name."""
    return db.session.scalars(
        select(Contact)
        .options(selectinload(Contact.lists))
        .where(Contact.host_id == host_id, Contact.id.in_(contact_ids))
        .order_by(Contact.sort_name, Contact.id)
    ).all()


def contacts_locked(contact_ids: Collection[int]) -> Sequence[Contact]:
    """Those of the contacts that still exist, with their lists, read afresh and locked.

    By id, so that rivals who want the same ones queue instead of waiting for each other.
    """
    return db.session.scalars(
        select(Contact)
        .options(selectinload(Contact.lists))
        .where(Contact.id.in_(contact_ids))
        .order_by(Contact.id)
        .with_for_update(of=Contact),
        execution_options={"populate_existing": True},
    ).all()


def contacts_at(host_id: int, email: str) -> Sequence[Contact]:
    """The host's contacts with this address, read afresh and locked, by id."""
    key = normalised_email(email)
    return db.session.scalars(
        select(Contact)
        .where(Contact.host_id == host_id, Contact.email_key == key, Contact.email_key != "")
        .order_by(Contact.id)
        .with_for_update(of=Contact),
        execution_options={"populate_existing": True},
    ).all()


def counties_of(host_id: int) -> Sequence[str]:
    """The counties that the host's contacts come from, by name."""
    return db.session.scalars(
        select(Contact.county)
        .where(Contact.host_id == host_id, Contact.county != "")
        .distinct()
        .order_by(Contact.county)
    ).all()


_MUNICIPALITIES = select(Municipality).order_by(Municipality.county, Municipality.name)
_FIELD, _PLACE = "\x1f", "\x1e"  # what ASCII has between the parts of a list; in no name
_PLACES = select(
    func.aggregate_strings(
        Municipality.county
        + _FIELD
        + Municipality.name
        + _FIELD
        + Municipality.ags
        + _FIELD
        + Municipality.postcode,
        _PLACE,
    )
)


def municipalities() -> Sequence[Municipality]:
    """All known municipalities, by county and name."""
    return db.session.scalars(_MUNICIPALITIES).all()


def gazetteer() -> Gazetteer:
    """The known municipalities, ready to be found by the names people write. One statement.

    It gives one text: sixty rows would be made into objects and compared at each registration.
    """
    return _indexed(connection().scalar(_PLACES) or "")


@lru_cache(maxsize=2)
def _indexed(listed: str) -> Gazetteer:
    """Made once for as long as the list stays the same."""
    places = sorted(tuple(one.split(_FIELD)) for one in listed.split(_PLACE) if one)
    return Gazetteer.of(
        Place(ags, name, county, postcode) for county, name, ags, postcode in places
    )


def references_to(
    table_name: str, ids: Select[int] | Sequence[int | str], *, besides: Collection[str] = ()
) -> int:
    """How many rows of other slices' tables refer to these rows, not counting tables `besides`.

    Found by their foreign keys, since this slice does not know who builds on it.
    """
    columns = [
        column
        for table in Base.metadata.tables.values()
        if table.name not in besides
        for column in table.columns
        if any(key.column.table.name == table_name for key in column.foreign_keys)
    ]
    counted = (
        select(func.count()).select_from(column.table).where(column.in_(ids)) for column in columns
    )
    return sum(db.session.scalar(statement) or 0 for statement in counted)


def contact_references(ids: Select[int] | Sequence[int]) -> int:
    """How many invitations, registrations and so on refer to these contacts."""
    aside = {list_membership.name, ContactsApart.__tablename__}
    return references_to(Contact.__tablename__, ids, besides=aside)


def uses_of(first: Contact, second: Contact) -> tuple[int, int]:
    """How many invitations, registrations and so on refer to each of the two."""
    return contact_references([first.id]), contact_references([second.id])


def list_references(counted: DistributionList) -> int:
    """How many waves and so on refer to the list; who is on it and what was imported aside."""
    return references_to(
        DistributionList.__tablename__,
        [counted.id],
        besides={list_membership.name, ContactImport.__tablename__},
    )


def municipality_references(ags: str) -> int:
    """How many contacts, organisations, registrations and so on refer to the municipality."""
    return references_to(Municipality.__tablename__, [ags])


def twin_of(host_id: int, person: KnownPerson) -> Contact | None:
    """Another contact of the host with the same e-mail address and the same name."""
    rows = db.session.scalars(
        select(Contact).where(
            Contact.host_id == host_id,
            Contact.email_key == normalised_email(person.email),
            Contact.email_key != "",
            Contact.id != person.id,
        )
    )
    name = search_terms(f"{person.first_name} {person.last_name}")
    same = (row for row in rows if search_terms(f"{row.first_name} {row.last_name}") == name)
    return next(same, None)
