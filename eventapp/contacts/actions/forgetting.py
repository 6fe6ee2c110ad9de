"""Entries of the address book that go when the person wants to be forgotten."""

from datetime import datetime

from eventapp.accounts.audit import GUEST, Actor, erase_values, record_change
from eventapp.contacts import queries
from eventapp.contacts.models import Contact
from eventapp.foundation.database import db, lock, transaction

ONE_INVITATION = 1
MERGED = "contact.merged"


def is_known_from_elsewhere(contact: Contact, *, besides: int) -> bool:
    """Whether the host knew the person before, or for more than the rows that are to go.

    Whoever was typed in by hand, stands on no list and was invited once is known from there only;
    `besides` says how many rows that one invitation makes.
    """
    typed_in = contact.import_id is None and not contact.reference and contact.source == "by hand"
    return not typed_in or bool(contact.lists) or queries.contact_references([contact.id]) > besides


def forget_contact(contact: Contact) -> None:
    """Remove an entry made for one invitation only, and that invitation; others stay."""
    with transaction():
        if is_known_from_elsewhere(contact, besides=ONE_INVITATION):
            return
        erase_history(contact.id)
        record_change(GUEST, "contact.removed", contact)
        db.session.delete(contact)


def erase_contact(contact: Contact, *, registrations: int, invitations: int, by: Actor) -> None:
    """Remove an entry for good, with whatever still refers to it; the trail says how much that was.

    Slices above have let go of the person first; joins the transaction in which they did.
    """
    with transaction():
        lock(contact)
        erase_history(contact.id)
        told = {"registrations": registrations, "invitations": invitations}
        record_change(by, "contact.erased", contact, after=told)
        db.session.delete(contact)
        db.session.flush()


def erase_history(number: int, *, until: datetime | None = None) -> None:
    """The trail forgets who a contact was, also under the numbers that were merged into it.

    Of those only `until` they were merged: the number may have been given to somebody else since.
    """
    for entry in erase_values(Contact.__tablename__, number, until=until):
        if entry.action == MERGED:
            erase_history(int(entry.after["other"]), until=entry.at)
