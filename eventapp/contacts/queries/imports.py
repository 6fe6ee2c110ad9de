"""Reads for the import: what is known already, who objected, how columns were chosen before."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Select, func, select

from eventapp.contacts.doubles import KnownPerson
from eventapp.contacts.mapping import Column
from eventapp.contacts.models import Contact, ContactImport, Municipality, Suppression
from eventapp.contacts.queries.people import contact_references, gazetteer
from eventapp.contacts.reading import ContactList, parse_list
from eventapp.contacts.sheet import messages_in, records_in
from eventapp.contacts.verdicts import Known, RowVerdict, judge
from eventapp.foundation import tokens
from eventapp.foundation.database import db
from eventapp.foundation.message import Message
from eventapp.foundation.text import normalised_email

SHOWN_IMPORTS = 10
Progress = Callable[[int], None]


def silent(_steps: int) -> None:
    """Progress that nobody watches."""


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
        select(ContactImport).where(ContactImport.id == import_id, ContactImport.host_id == host_id)
    )


def lists_of_file(staged: ContactImport) -> Sequence[ContactImport]:
    """This list and the others that came in the same file, in their order."""
    file = staged.mapping.get("file")
    rows = db.session.scalars(
        select(ContactImport)
        .where(ContactImport.host_id == staged.host_id, ContactImport.staged_at == staged.staged_at)
        .order_by(ContactImport.id)
    )
    return [row for row in rows if row is staged or (file and row.mapping.get("file") == file)]


def notes_on(staged: ContactImport) -> tuple[Message, ...]:
    """What was told about the file when it was read."""
    return messages_in(staged.mapping.get("notes", ()))


def first_import(host_id: int) -> ContactImport:
    """The host's oldest import, at whose row imports of one host queue."""
    return db.session.scalars(
        select(ContactImport)
        .where(ContactImport.host_id == host_id)
        .order_by(ContactImport.id)
        .limit(1)
    ).one()


def contact_list_of(staged: ContactImport) -> ContactList:
    """The rows of a staged list as they were uploaded."""
    if "rows" not in staged.counts:
        return parse_list(staged.content)  # staged before sheets: the text of the file
    return ContactList(
        staged.delimiter, tuple(staged.mapping["header"]), records_in(staged.content)
    )


def columns_of(staged: ContactImport) -> list[Column]:
    """How the columns of a staged list are understood."""
    return [Column(value) for value in staged.mapping["columns"]]


def verdicts_on(staged: ContactImport, *, progress: Progress = silent) -> tuple[RowVerdict, ...]:
    """The verdict on each row of a staged list, seen against the address book as it is now.

    Five statements, however long the list; `progress` hears of each row.
    """
    contact_list, columns = contact_list_of(staged), columns_of(staged)
    known = known_for(staged.host_id, contact_list, columns)
    return judge(contact_list, columns, gazetteer(), known, progress=progress)


def address_book_mark(host_id: int) -> list[int]:
    """Figures that change whenever verdicts may: about contacts, objections and municipalities.

    One statement.
    """
    figures = (
        select(func.count(Contact.id)).where(Contact.host_id == host_id),
        select(func.max(Contact.id)).where(Contact.host_id == host_id),
        select(func.sum(Contact.version)).where(Contact.host_id == host_id),
        select(func.count(Suppression.id)).where(Suppression.host_id == host_id),
        select(func.max(Suppression.id)).where(Suppression.host_id == host_id),
        select(func.count(Municipality.ags)),
    )
    row = db.session.execute(select(*(figure.scalar_subquery() for figure in figures))).one()
    return [int(figure or 0) for figure in row]


def known_for(host_id: int, contact_list: ContactList, columns: Sequence[Column]) -> Known:
    """The host's address book, and who of the list has objected. Two statements."""
    addresses: set[str] = set()
    if Column.EMAIL in columns:
        place = columns.index(Column.EMAIL)
        addresses = {
            normalised_email(record.cells[place])
            for record in contact_list.records
            if len(record.cells) > place
        }
    return Known(known_people(host_id), frozenset(suppressed_among(host_id, addresses)))


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
            Contact.id,
            Contact.first_name,
            Contact.last_name,
            Contact.organisation_name,
            Contact.city,
            Contact.email_key,
            Contact.reference,
            Contact.blocked_at,
        ).where(Contact.host_id == host_id)
    )
    return [
        KnownPerson(
            id=row.id,
            first_name=row.first_name,
            last_name=row.last_name,
            organisation=row.organisation_name,
            city=row.city,
            email=row.email_key,
            reference=row.reference or "",
            is_blocked=row.blocked_at is not None,
        )
        for row in rows
    ]


def ids_from_import(import_id: int, *, above: int) -> Sequence[int]:
    """The contacts that an import wrote, in the order of writing, from after `above` on."""
    return db.session.scalars(
        select(Contact.id)
        .where(Contact.import_id == import_id, Contact.id > above)
        .order_by(Contact.id)
    ).all()


def untouched_since_import(done: ContactImport) -> Select[int]:
    """Selects the ids of contacts that an import wrote and nobody has changed since."""
    return select(Contact.id).where(Contact.import_id == done.id, Contact.version == 1)


@dataclass(frozen=True, slots=True)
class TakingBack:
    """What happens if an import is taken back: so many contacts go, so many stay, or none goes."""

    going: int
    staying: int  # changed or blocked since then
    references: int  # invitations and registrations of those who would go


def taking_back(done: ContactImport) -> TakingBack:
    """What would happen if an import was taken back now."""
    written = select(func.count()).select_from(Contact).where(Contact.import_id == done.id)
    going = db.session.scalar(written.where(Contact.version == 1)) or 0
    total = db.session.scalar(written) or 0
    return TakingBack(going, total - going, contact_references(untouched_since_import(done)))


def suppressed_among(host_id: int, addresses: Iterable[str]) -> dict[str, Suppression]:
    """Those of the normalised addresses whose owner objected to invitations. One statement."""
    rows = db.session.scalars(select(Suppression).where(Suppression.host_id == host_id))
    by_hash = {row.email_hash: row for row in rows}
    if not by_hash:
        return {}
    found = {}
    for address in set(addresses):
        row = next((by_hash[one] for one in hashes_of(host_id, address) if one in by_hash), None)
        if row is not None:
            found[address] = row
    return found


def suppressions_of(host_id: int, email: str) -> Sequence[Suppression]:
    """All objections of whoever has this address, made with whichever key."""
    return db.session.scalars(
        select(Suppression).where(
            Suppression.host_id == host_id, Suppression.email_hash.in_(hashes_of(host_id, email))
        )
    ).all()


def suppression_of(host_id: int, email: str) -> Suppression | None:
    """The objection of whoever has this address."""
    return db.session.scalar(
        select(Suppression)
        .where(
            Suppression.host_id == host_id, Suppression.email_hash.in_(hashes_of(host_id, email))
        )
        .limit(1)
    )


def hashes_of(host_id: int, email: str) -> list[str]:
    """What is kept of an address that must not be invited: made with the current key first, then
    with each that only verifies. Nobody can try out addresses who has the database alone."""
    plain = sha256(normalised_email(email).encode()).hexdigest()
    return [f"k1${one.hex()}" for one in tokens.derived("objection", plain, host_id)]
