"""Keeping distribution lists and organisations.

Whoever changes several rows locks them in one order: contacts by id, then the list or the
organisation. So two colleagues at once queue, and neither waits for the other for ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.models import HostOrganisation
from eventapp.contacts import queries
from eventapp.contacts.errors import StillNeeded
from eventapp.contacts.models import Contact, DistributionList, Organisation
from eventapp.contacts.states import Sector
from eventapp.foundation.database import db, expect_version, lock, transaction
from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import message


@dataclass(frozen=True, kw_only=True)
class ListChange:
    """What a distribution list is called, what for, and who looks after it."""

    name: str
    purpose: str
    responsible: str


def create_list(host: HostOrganisation, change: ListChange, *, actor: Actor) -> DistributionList:
    """A new, empty list. Raises Invalid if the name is taken."""
    with transaction():
        _check_name_is_free(host.id, change.name, besides=None)
        created = DistributionList(
            host_id=host.id,
            name=change.name,
            purpose=change.purpose,
            responsible=change.responsible,
        )
        db.session.add(created)
        _flush_name()
        record_change(actor, "list.created", created, after={"name": change.name})
    return created


def change_list(changed: DistributionList, change: ListChange, *, seen: int, actor: Actor) -> None:
    """Rename or describe a list. Raises Invalid, or Stale if a colleague was faster."""
    with transaction():
        lock(changed)
        expect_version(changed, seen)
        _check_name_is_free(changed.host_id, change.name, besides=changed)
        before = changed.name
        changed.name, changed.purpose = change.name, change.purpose
        changed.responsible = change.responsible
        _flush_name()
        record_change(
            actor, "list.changed", changed, before={"name": before}, after={"name": change.name}
        )


def remove_list(removed: DistributionList, *, actor: Actor) -> None:
    """Give up a list; its contacts stay. Raises StillNeeded if invitations were drawn from it."""
    with transaction():
        lock(removed)
        if queries.list_references(removed):
            raise StillNeeded(
                message(
                    "Invitations were sent to “%(name)s”, so the list stays.", name=removed.name
                )
            )
        record_change(actor, "list.removed", removed, before={"name": removed.name})
        db.session.delete(removed)


def put_on_list(target: DistributionList, contacts: Sequence[Contact], *, actor: Actor) -> int:
    """Add those who are not on the list yet; says how many they were. Raises NotFound."""
    with transaction():
        present = queries.contacts_locked([contact.id for contact in contacts])
        lock(target)
        added = [contact for contact in present if target not in contact.lists]
        for contact in added:
            contact.lists.append(target)
        record_change(actor, "list.joined", target, after={"contacts": len(added)})
    return len(added)


def take_off_list(target: DistributionList, contacts: Sequence[Contact], *, actor: Actor) -> int:
    """Remove those who are on the list; says how many they were. Raises NotFound."""
    with transaction():
        present = queries.contacts_locked([contact.id for contact in contacts])
        lock(target)
        removed = [contact for contact in present if target in contact.lists]
        for contact in removed:
            contact.lists.remove(target)
        record_change(actor, "list.left", target, after={"contacts": len(removed)})
    return len(removed)


def _check_name_is_free(host_id: int, name: str, *, besides: DistributionList | None) -> None:
    found = queries.list_named(host_id, name)
    if found is not None and found is not besides:
        raise _name_taken()


def _flush_name() -> None:
    try:
        db.session.flush()
    except IntegrityError as problem:  # a colleague took the name a moment ago
        raise _name_taken() from problem


def _name_taken() -> Invalid:
    return Invalid("name", message("There is one of this name already."))


@dataclass(frozen=True, kw_only=True)
class OrganisationChange:
    """What is kept of an organisation."""

    name: str
    legal_form: str
    sector: Sector
    municipality_ags: str | None


def change_organisation(
    organisation: Organisation, change: OrganisationChange, *, seen: int, actor: Actor
) -> None:
    """Change an organisation; a new name is its contacts' too. Raises Invalid or Stale."""
    with transaction():
        queries.contacts_locked(queries.ids_of_organisation(organisation))
        lock(organisation)
        expect_version(organisation, seen)
        found = queries.organisation_named(organisation.host_id, change.name)
        if found is not None and found is not organisation:
            raise _name_taken()
        before = organisation.name
        organisation.name, organisation.legal_form = change.name, change.legal_form
        organisation.sector = change.sector
        organisation.municipality_ags = change.municipality_ags
        _flush_name()
        if before != change.name:
            for contact in queries.contacts_locked(queries.ids_of_organisation(organisation)):
                contact.organisation_name = change.name
        record_change(
            actor,
            "organisation.changed",
            organisation,
            before={"name": before},
            after={"name": change.name},
        )
