"""Reads for the import: what is known already, who objected, how columns were chosen before."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from sqlalchemy import select

from eventapp.contacts.doubles import KnownPerson
from eventapp.contacts.models import Contact, ContactImport, Suppression
from eventapp.foundation.database import db
from eventapp.foundation.text import normalised_email

SHOWN_IMPORTS = 10


def imports_of_host(host_id: int) -> Sequence[ContactImport]:
    """The host's latest imports, newest first, at most ten."""
    return db.session.scalars(
        select(ContactImport)
        .where(ContactImport.host_id == host_id)
        .order_by(ContactImport.staged_at.desc(), ContactImport.id.desc())
        .limit(SHOWN_IMPORTS)
    ).all()


def import_by_id(host_id: int, import_id: int) -> ContactImport | None:
    """An import of this host."""
    return db.session.scalar(
        select(ContactImport).where(
            ContactImport.id == import_id, ContactImport.host_id == host_id
        )
    )


def remembered_columns(host_id: int) -> dict[str, str]:
    """What the host's latest imports took each header for; the newest choice counts."""
    remembered: dict[str, str] = {}
    for earlier in reversed(imports_of_host(host_id)):
        remembered |= earlier.mapping.get("headers", {})
    return remembered


def known_people(host_id: int) -> list[KnownPerson]:
    """The host's whole address book, as far as comparing needs. One statement."""
    rows = db.session.execute(
        select(
            Contact.id, Contact.first_name, Contact.last_name, Contact.organisation_name,
            Contact.city, Contact.email_key, Contact.reference, Contact.blocked_at,
        ).where(Contact.host_id == host_id)
    )
    return [
        KnownPerson(
            id=row.id, first_name=row.first_name, last_name=row.last_name,
            organisation=row.organisation_name, city=row.city, email=row.email_key,
            reference=row.reference or "", is_blocked=row.blocked_at is not None,
        )
        for row in rows
    ]


def suppressed_among(host_id: int, addresses: Iterable[str]) -> dict[str, Suppression]:
    """Those of the normalised addresses whose owner objected to invitations. One statement."""
    rows = db.session.scalars(select(Suppression).where(Suppression.host_id == host_id))
    by_hash = {row.email_hash: row for row in rows}
    if not by_hash:
        return {}
    hashed = ((address, by_hash.get(hash_of(address))) for address in addresses)
    return {address: row for address, row in hashed if row is not None}


def suppression_of(host_id: int, email: str) -> Suppression | None:
    """The objection of whoever has this address."""
    return db.session.scalar(
        select(Suppression).where(
            Suppression.host_id == host_id, Suppression.email_hash == hash_of(email)
        )
    )


def hash_of(email: str) -> str:
    """What is kept of an address that must not be invited, once the contact is gone."""
    return sha256(normalised_email(email).encode()).hexdigest()
