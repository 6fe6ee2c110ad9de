"""Objections: who does not want invitations gets none, whoever asks and however often a list comes.

An objection belongs to the address, of which only a keyed hash is kept: it survives the contact.
"""

from eventapp.accounts.audit import Actor, record_change
from eventapp.contacts import queries
from eventapp.contacts.actions.missing import add_missing
from eventapp.contacts.models import Contact, Suppression
from eventapp.contacts.states import ObjectionKind
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import message

NEEDS_REASON = message("Please say who asked for invitations again, and how.")


def block_contact(
    contact: Contact, *, kind: ObjectionKind = ObjectionKind.ASKED, reason: str = "", actor: Actor
) -> None:
    """Never invite this person again, even if the contact is removed and imported anew.

    `reason` is a note that goes with the contact.
    """
    with transaction():
        _lock(contact)
        if contact.blocked_at is not None:
            return
        _block(contact, kind, reason, actor)
        if contact.email:
            suppress_address(contact.host_id, contact.email, kind=kind, actor=actor)


def suppress_address(host_id: int, email: str, *, kind: ObjectionKind, actor: Actor) -> None:
    """No invitations to this address any more, whoever has it; a second time changes nothing."""
    with transaction():
        _suppress(host_id, email, kind)
        for contact in queries.contacts_at(host_id, email):
            if contact.blocked_at is None:
                _block(contact, kind, "", actor)


def _lock(contact: Contact) -> None:
    """First all who have the address, by id, so that nobody waits for somebody who waits."""
    if contact.email:
        queries.contacts_at(contact.host_id, contact.email)
    lock(contact)


def _block(contact: Contact, kind: ObjectionKind, reason: str, actor: Actor) -> None:
    contact.blocked_at = clock.now()
    contact.block_kind, contact.block_reason = kind, reason
    record_change(actor, "contact.blocked", contact, after={"kind": kind}, reason=reason)


def unblock_contact(contact: Contact, *, reason: str, actor: Actor) -> None:
    """The person wants invitations again; nobody says so without saying how they know.

    The objection belonged to the address, so it ends for everybody who has it. Raises Invalid.
    """
    if not reason:
        raise Invalid("lift_reason", NEEDS_REASON)
    with transaction():
        _lock(contact)
        _unblock(contact, reason, actor)
        if contact.email:
            for row in queries.suppressions_of(contact.host_id, contact.email):
                db.session.delete(row)
            for other in queries.contacts_at(contact.host_id, contact.email):
                _unblock(other, reason, actor)


def _unblock(contact: Contact, reason: str, actor: Actor) -> None:
    if contact.blocked_at is None:
        return
    contact.blocked_at, contact.block_kind, contact.block_reason = None, None, ""
    record_change(actor, "contact.unblocked", contact, reason=reason)


def keep_objection(contact: Contact) -> None:
    """An address that objected blocks whoever has it; a blocked contact's new address objects.

    Joins the transaction of whoever writes the contact.
    """
    if not contact.email:
        return
    host_id = contact.host_id or contact.host.id
    objection = queries.suppression_of(host_id, contact.email)
    if objection is not None and contact.blocked_at is None:
        contact.blocked_at, contact.block_kind = objection.at, objection.kind
    elif objection is None and contact.blocked_at is not None:
        _suppress(host_id, contact.email, contact.block_kind or ObjectionKind.OTHER)


def _suppress(host_id: int, email: str, kind: ObjectionKind) -> None:
    if queries.suppression_of(host_id, email) is None:
        mark = queries.hashes_of(host_id, email)[0]
        row = {"host_id": host_id, "email_hash": mark, "reason": kind.value, "at": clock.now()}
        add_missing(Suppression, [row])
