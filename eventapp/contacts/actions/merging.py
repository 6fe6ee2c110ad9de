"""One person twice in the address book: staff makes one contact of two, or says it is two people.

The older contact stays, with what was chosen of either; the other one is gone, and its address goes
into the note. That is not taken back later: the trail keeps what both said, until the person is
deleted. Who was said to be two people can be looked at again.
"""

from collections.abc import Mapping
from typing import Any

from eventapp.accounts.audit import Actor, record_change
from eventapp.contacts import queries
from eventapp.contacts.actions.forgetting import MERGED
from eventapp.contacts.actions.objections import keep_objection
from eventapp.contacts.errors import ContactsChanged
from eventapp.contacts.merging import FIELDS, Side, chosen_columns, united_notes
from eventapp.contacts.models import Contact, ContactsApart
from eventapp.contacts.queries import likely
from eventapp.contacts.signals import address_moved, contacts_merge, merge_begins
from eventapp.contacts.states import ObjectionKind
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.message import Message
from eventapp.foundation.text import normalised_email

OWN_WISHES = frozenset({ObjectionKind.ASKED, ObjectionKind.LINK})


def merge_contacts(
    first: Contact,
    second: Contact,
    choices: Mapping[str, Side],
    *,
    seen: tuple[int, int],
    actor: Actor,
) -> list[Message]:
    """Make one contact of two; gives back what whoever does it should know.

    `choices` says from which of the two a field is taken, `seen` which versions the page showed.
    Raises ContactsChanged, and StillNeeded where both are registered for one event to come.
    """
    with transaction():
        merge_begins.send([first.id, second.id])
        _lock(first, second, seen)
        kept, other = sorted((first, second), key=lambda contact: contact.id)
        before = {one.id: _values(one) for one in (kept, other)}
        taken = chosen_columns(first, second, choices, queries.uses_of(first, second))
        told = contacts_merge.send(kept, other=other, by=actor)
        record_change(
            actor, "contact.merged_away", other, before=before[other.id], reason=kept.name
        )
        _unite(kept, other, taken, by=actor)
        record_change(
            actor,
            MERGED,
            kept,
            before=before[kept.id],
            after=_values(kept) | {"other": other.id},
        )
    db.session.expire_all()
    return [message for _, messages in told for message in messages or ()]


def _lock(first: Contact, second: Contact, seen: tuple[int, int]) -> None:
    """Read both afresh, and refuse if either is another one than the page showed."""
    rows = queries.contacts_locked({first.id, second.id})
    versions = (first.version, second.version)
    if len(rows) != 2 or versions != seen or second.id in likely.apart_from(first.id):
        raise ContactsChanged


def _values(contact: Contact) -> dict[str, Any]:
    values = {name: getattr(contact, name) or "" for name in (*FIELDS, "postcode", "note")}
    return values | {"lists": ", ".join(row.name for row in contact.lists)}


def _unite(kept: Contact, other: Contact, taken: Mapping[str, Any], *, by: Actor) -> None:
    kept.lists = [*kept.lists, *(row for row in other.lists if row not in kept.lists)]
    kept.note = united_notes(kept, other, taken["email"])
    kept.created_at = min(kept.created_at, other.created_at)
    kept.updated_at = clock.now()  # so that undoing an import leaves it alone
    _keep_blocks(kept, other)
    _move_address(kept, taken, by=by)
    _move_address(other, taken, by=by)
    other.lists, other.reference = [], None  # a number belongs to one contact only
    db.session.flush()
    likely.move_references(other.id, kept.id)
    _keep_apart(kept, other)
    db.session.delete(other)
    db.session.flush()
    _take_on(kept, taken)
    keep_objection(kept)
    db.session.flush()


def _take_on(contact: Contact, taken: Mapping[str, Any]) -> None:
    for column, value in taken.items():
        setattr(contact, column, value)


def _move_address(contact: Contact, taken: Mapping[str, Any], *, by: Actor) -> None:
    """What went to an address that is not written to any more opens nothing any more.

    Each of the two while it still has what is its own: links that went to the address which stays
    are left alone.
    """
    before = contact.email or ""
    _take_on(contact, {**taken, "reference": contact.reference})  # still belongs to one of them
    if normalised_email(before) not in {"", normalised_email(contact.email or "")}:
        db.session.flush()
        address_moved.send(contact, before=before, by=by)


def _keep_blocks(kept: Contact, other: Contact) -> None:
    """A block on either stays with its kind; of two the earlier, but a person's own wish first."""
    blocks = [one for one in (kept, other) if one.blocked_at is not None]
    if not blocks:
        return
    wishes = [one for one in blocks if one.block_kind in OWN_WISHES]
    first = min(wishes or blocks, key=lambda one: one.blocked_at or clock.now())
    reasons = dict.fromkeys(one.block_reason for one in blocks if one.block_reason)
    kept.blocked_at = min(one.blocked_at for one in blocks if one.blocked_at is not None)
    kept.block_kind, kept.block_reason = first.block_kind, "; ".join(reasons)


def _keep_apart(kept: Contact, other: Contact) -> None:
    """Who is not the one is not the other either."""
    for stranger in likely.apart_from(other.id) - likely.apart_from(kept.id) - {kept.id}:
        first, second = sorted((kept.id, stranger))
        db.session.add(ContactsApart(first_id=first, second_id=second))
    db.session.flush()


def tell_contacts_apart(one: Contact, other: Contact, *, actor: Actor) -> None:
    """Two people after all: the pair is never proposed again. Doing it twice changes nothing."""
    with transaction():
        if len(queries.contacts_locked({one.id, other.id})) != 2:
            raise ContactsChanged
        first, second = sorted((one, other), key=lambda contact: contact.id)
        if second.id not in likely.apart_from(first.id):
            db.session.add(ContactsApart(first_id=first.id, second_id=second.id))
            record_change(actor, "contact.told_apart", first, after={"other": second.id})


def look_at_pair_again(one: Contact, other: Contact, *, actor: Actor) -> None:
    """They may be one person after all: the pair is proposed again. Twice changes nothing."""
    with transaction():
        if len(queries.contacts_locked({one.id, other.id})) != 2:
            raise ContactsChanged
        first, second = sorted((one, other), key=lambda contact: contact.id)
        if likely.forget_apart(first.id, second.id):
            record_change(actor, "contact.looked_again", first, after={"other": second.id})
