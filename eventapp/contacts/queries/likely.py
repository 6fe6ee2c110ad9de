"""What the database contributes to finding one person twice: whose names and addresses recur."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update
from sqlalchemy.orm import aliased, selectinload

from eventapp.contacts.likeness import Likely, Somebody, likely_doubles
from eventapp.contacts.models import Contact, ContactsApart, list_membership
from eventapp.foundation.database import Base, db

ALIKE = (("-", " "), ("ae", "a"), ("oe", "o"), ("ue", "u"))
MOST_COMPARED = 4000
LATEST = 20
FEW = 3


def plain_umlauts(term: str) -> str:
    """A folded word in the same coarse spelling."""
    for written, plain in ALIKE:
        term = term.replace(written, plain)
    return term


def without_umlauts(name: Any) -> ColumnElement[str]:
    """A sort name that is the same for Müller, Mueller and Muller; coarser than comparing is."""
    bare: ColumnElement[str] = name
    for written, plain in ALIKE:
        bare = func.replace(bare, written, plain)
    return bare


def sharing(address: Any, name: Any) -> ColumnElement[str]:
    """What two of one address have in common unless their names begin differently."""
    both: ColumnElement[str] = address + " " + func.lower(func.substr(name, 1, 1))
    return both


def recurring(value: Any, *among: ColumnElement[bool]) -> Select[Any]:
    """The values that more than one of these rows have."""
    return select(value).where(*among).group_by(value).having(func.count() > 1)


def alike_in(kind: Any, sort_name: Any, *among: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whose name, or whose address and first letter, another row of this kind has as well.

    Many people may share the address of their office: only those whose last or first name begins
    alike are worth comparing. A mistake in both first letters at once is not found.
    """
    name = without_umlauts(sort_name)
    with_address = (*among, kind.email_key != "")
    by_last, by_first = (sharing(kind.email_key, column) for column in (sort_name, kind.first_name))
    return or_(
        name.in_(recurring(name, *among)),
        by_last.in_(recurring(by_last, *with_address)),
        by_first.in_(recurring(by_first, *with_address)),
    )


def likely_contacts(host_id: int) -> list[Likely]:
    """The host's contacts that may be one person, surest first, but for those known as two."""
    here = (Contact.host_id == host_id, Contact.sort_name != "")
    rows = db.session.execute(
        select(
            Contact.id,
            Contact.first_name,
            Contact.last_name,
            Contact.organisation_name,
            Contact.email,
        )
        .where(*here, alike_in(Contact, Contact.sort_name, *here))
        .order_by(Contact.sort_name, Contact.id)
        .limit(MOST_COMPARED)
    )
    known = contacts_known_as_two(host_id)
    return [
        pair for pair in likely_doubles(Somebody(*row) for row in rows) if pair.ids not in known
    ]


def contacts_known_as_two(host_id: int) -> set[tuple[int, int]]:
    """What staff decided: pairs of contacts that are two people. One statement."""
    rows = db.session.execute(
        select(ContactsApart.first_id, ContactsApart.second_id)
        .join(Contact, ContactsApart.first_id == Contact.id)
        .where(Contact.host_id == host_id)
    )
    return {(row[0], row[1]) for row in rows}


def contacts_for_pairs(ids: Collection[int]) -> dict[int, Contact]:
    """These contacts by id, with their lists. Two statements."""
    rows = db.session.scalars(
        select(Contact).options(selectinload(Contact.lists)).where(Contact.id.in_(ids))
    )
    return {contact.id: contact for contact in rows}


def apart_from(contact_id: int) -> set[int]:
    """Who is known to be somebody else than this contact. One statement."""
    pairs = db.session.execute(
        select(ContactsApart.first_id, ContactsApart.second_id).where(
            or_(ContactsApart.first_id == contact_id, ContactsApart.second_id == contact_id)
        )
    )
    return {one for pair in pairs for one in pair} - {contact_id}


def forget_apart(first_id: int, second_id: int) -> bool:
    """Take back that two contacts are two people; whether anybody had said so. One statement."""
    gone = db.session.execute(
        delete(ContactsApart).where(
            ContactsApart.first_id == first_id, ContactsApart.second_id == second_id
        )
    )
    return bool(gone.rowcount)  # type: ignore[attr-defined]  # a statement that deletes has one


def told_apart(host_id: int) -> Sequence[tuple[Contact, Contact]]:
    """The pairs that staff said are two people, the latest few, latest first. One statement."""
    first, second = aliased(Contact), aliased(Contact)
    rows = db.session.execute(
        select(first, second)
        .join(ContactsApart, ContactsApart.first_id == first.id)
        .join(second, ContactsApart.second_id == second.id)
        .where(first.host_id == host_id)
        .order_by(ContactsApart.decided_at.desc(), ContactsApart.id.desc())
        .limit(LATEST)
    )
    return [(row[0], row[1]) for row in rows]


def namesakes_of(contact: Contact) -> Sequence[Contact]:
    """Other contacts of this name that nobody has told apart from it, a few. One statement."""
    apart = select(ContactsApart.first_id).where(ContactsApart.second_id == contact.id)
    apart_too = select(ContactsApart.second_id).where(ContactsApart.first_id == contact.id)
    return db.session.scalars(
        select(Contact)
        .where(
            Contact.host_id == contact.host_id,
            Contact.sort_name == contact.sort_name,
            Contact.sort_name != "",
            Contact.id != contact.id,
            Contact.id.not_in(apart),
            Contact.id.not_in(apart_too),
        )
        .order_by(Contact.id)
        .limit(FEW)
    ).all()


def move_references(other_id: int, kept_id: int) -> None:
    """Whatever still refers to a contact refers to another one from now on.

    Found by the foreign keys, since this slice does not know who builds on it. Lists and pairs
    that are two people are united by the caller.
    """
    aside = {list_membership.name, ContactsApart.__tablename__}
    for table in Base.metadata.tables.values():
        for column in table.columns:
            refers = any(
                key.column.table.name == Contact.__tablename__ for key in column.foreign_keys
            )
            if refers and table.name not in aside:
                db.session.execute(
                    update(table).where(column == other_id).values({column.name: kept_id})
                )
