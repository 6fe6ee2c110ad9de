"""Keeping single contacts: adding, changing, removing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.models import HostOrganisation
from eventapp.contacts import queries
from eventapp.contacts.actions.forgetting import erase_history
from eventapp.contacts.actions.missing import add_missing, organisation_row
from eventapp.contacts.actions.objections import keep_objection
from eventapp.contacts.doubles import KnownPerson
from eventapp.contacts.errors import StillNeeded
from eventapp.contacts.models import Contact, Municipality, Organisation
from eventapp.contacts.names import PersonName, salutation_line
from eventapp.contacts.signals import address_moved, address_moves
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid, NotFound, Stale
from eventapp.foundation.message import message
from eventapp.foundation.text import normalised_email


@dataclass(frozen=True, kw_only=True)
class ContactChange:
    """What an organiser says about a contact; without an AGS the town decides."""

    form_of_address: FormOfAddress
    title: str
    first_name: str
    last_name: str
    name_suffix: str
    position: str
    organisation_name: str
    sector: Sector
    street: str
    postcode: str
    city: str
    municipality_ags: str | None
    email: str
    phone: str
    locale: str
    salutation_override: str
    note: str
    joined_lists: frozenset[int] = frozenset()
    left_lists: frozenset[int] = frozenset()


ALREADY_THERE = message("Somebody of this name and address is already in the address book.")
_NOT_COLUMNS = ("municipality_ags", "salutation_override", "joined_lists", "left_lists")


def add_contact(host: HostOrganisation, change: ContactChange, *, actor: Actor) -> Contact:
    """A new contact of the host; blocked at once if the address has objected before."""
    with transaction():
        contact = Contact(host=host, source="by hand")
        _check(host, contact, change)
        with db.session.no_autoflush:
            _apply(host, contact, change)
        db.session.add(contact)
        keep_objection(contact)
        record_change(actor, "contact.added", contact, after={"name": contact.name})
    return contact


def change_contact(contact: Contact, change: ContactChange, *, seen: int, actor: Actor) -> None:
    """Change a contact. Raises Invalid, or Stale if a colleague was faster."""
    with transaction():
        address_moves.send([contact.id])
        lock(contact)
        if contact.version != seen:
            raise Stale(_differences(contact, change))
        _check(contact.host, contact, change)
        before = _values(contact)
        _apply(contact.host, contact, change)
        keep_objection(contact)
        _record_difference(contact, before, actor)
        if normalised_email(before["email"] or "") != normalised_email(contact.email or ""):
            db.session.flush()
            address_moved.send(contact, before=before["email"] or "", by=actor)


def _check(host: HostOrganisation, contact: Contact, change: ContactChange) -> None:
    if not (change.first_name or change.last_name or change.organisation_name):
        raise Invalid("last_name", message("Please give a name or an organisation."))
    person = KnownPerson(contact.id or 0, change.first_name, change.last_name, email=change.email)
    if queries.twin_of(host.id, person) is not None:
        raise Invalid("email", ALREADY_THERE)


def _apply(host: HostOrganisation, contact: Contact, change: ContactChange) -> None:
    if normalised_email(change.email) != normalised_email(contact.email or ""):
        contact.undeliverable_at = None
    for name, value in asdict(change).items():
        if name not in _NOT_COLUMNS:
            setattr(contact, name, value)
    own_words = change.salutation_override.rstrip(" ,")
    derived = salutation_line(name_of(contact), change.locale)
    contact.salutation_override = "" if own_words == derived else own_words
    contact.organisation_id = organisation_id(host, change.organisation_name, change.sector)
    _place(contact, change.municipality_ags)
    _change_lists(host, contact, change)


def _change_lists(host: HostOrganisation, contact: Contact, change: ContactChange) -> None:
    """Join and leave; the lists that a colleague has changed meanwhile are left alone."""
    stays = [row for row in contact.lists if row.id not in change.left_lists]
    wanted = change.joined_lists - {row.id for row in stays}
    contact.lists = [*stays, *queries.lists_to_join(host.id, wanted)] if wanted else stays


def name_of(contact: Contact) -> PersonName:
    """A contact's name in its parts."""
    return PersonName(
        contact.form_of_address,
        contact.title,
        contact.first_name,
        contact.last_name,
        contact.name_suffix,
    )


def organisation_id(host: HostOrganisation, name: str, sector: Sector) -> int | None:
    """The organisation of this name, entered if it is new; None without a name."""
    if not name:
        return None
    known = queries.organisation_named(host.id, name)
    if known is None:
        add_missing(Organisation, [organisation_row(host.id, name, sector)])
        known = queries.organisation_named(host.id, name)
    return known.id if known else None


def _place(contact: Contact, ags: str | None) -> None:
    """Municipality and county: as chosen, else as the town's name says."""
    if ags is not None:
        chosen = db.session.get(Municipality, ags)
        if chosen is None:
            raise NotFound
        contact.municipality_ags, contact.county = chosen.ags, chosen.county
        return
    contact.municipality_ags, contact.county = queries.gazetteer().locate(
        contact.city, contact.postcode
    )


def _values(contact: Contact) -> dict[str, Any]:
    names = [name for name in ContactChange.__dataclass_fields__ if not name.endswith("_lists")]
    values = {name: getattr(contact, name) for name in names}
    return values | {"lists": ", ".join(row.name for row in contact.lists)}


def _record_difference(contact: Contact, before: Mapping[str, Any], actor: Actor) -> None:
    after = _values(contact)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        record_change(
            actor,
            "contact.changed",
            contact,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )


def _differences(contact: Contact, change: ContactChange) -> dict[str, tuple[object, object]]:
    wanted = {name: value for name, value in asdict(change).items() if name not in _NOT_COLUMNS}
    return {
        name: (getattr(contact, name), value)
        for name, value in wanted.items()
        if getattr(contact, name) != value
    }


def change_address(contact: Contact, email: str, *, actor: Actor) -> None:
    """Write to this address from now on. Raises Invalid if it leads to somebody known already.

    Whoever calls it sends new links, in the same transaction.
    """
    with transaction():
        lock(contact)
        person = KnownPerson(contact.id, contact.first_name, contact.last_name, email=email)
        if queries.twin_of(contact.host_id, person) is not None:
            raise Invalid("email", ALREADY_THERE)
        before, contact.email, contact.undeliverable_at = contact.email, email, None
        keep_objection(contact)
        record_change(
            actor, "contact.changed", contact, before={"email": before}, after={"email": email}
        )


def note_undeliverable(host_id: int, email: str, *, reason: str, actor: Actor) -> None:
    """A server refused this address for good: whoever has it is left out until it is mended."""
    with transaction():
        for contact in queries.contacts_at(host_id, email):
            if contact.undeliverable_at is None:
                contact.undeliverable_at = clock.now()
                record_change(actor, "contact.undeliverable", contact, reason=reason)


def remove_contact(contact: Contact, *, actor: Actor) -> None:
    """Forget a contact whom nobody has invited, also in the trail; an objection is kept.

    Raises StillNeeded.
    """
    with transaction():
        lock(contact)
        if queries.contact_references([contact.id]):
            raise StillNeeded(
                message(
                    "%(name)s has invitations or registrations and cannot be removed. Block the"
                    " contact instead.",
                    name=contact.name,
                )
            )
        erase_history(contact.id)
        record_change(actor, "contact.removed", contact)
        db.session.delete(contact)
