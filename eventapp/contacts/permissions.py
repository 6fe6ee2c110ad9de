"""Who may see and change contacts: organisers, and only those of the host that owns them.

Loading and checking are one call; what belongs to another host is "not found".
"""

from collections.abc import Sequence

from eventapp.accounts.models import HostOrganisation
from eventapp.contacts import queries
from eventapp.contacts.models import Contact, ContactImport, DistributionList, Organisation
from eventapp.foundation.errors import NotFound


def contact_for_organiser(contact_id: int, host: HostOrganisation) -> Contact:
    """A contact of the host, with its lists. Raises NotFound."""
    contact = queries.contact_by_id(host.id, contact_id)
    if contact is None:
        raise NotFound
    return contact


def contacts_for_organiser(contact_ids: Sequence[int], host: HostOrganisation) -> Sequence[Contact]:
    """All these contacts of the host. Raises NotFound if one of them is not the host's."""
    contacts = queries.contacts_among(host.id, contact_ids)
    if len(contacts) != len(set(contact_ids)):
        raise NotFound
    return contacts


def list_for_organiser(list_id: int, host: HostOrganisation) -> DistributionList:
    """A distribution list of the host. Raises NotFound."""
    found = queries.list_by_id(host.id, list_id)
    if found is None:
        raise NotFound
    return found


def organisation_for_organiser(organisation_id: int, host: HostOrganisation) -> Organisation:
    """An organisation in the host's address book. Raises NotFound."""
    organisation = queries.organisation_by_id(host.id, organisation_id)
    if organisation is None:
        raise NotFound
    return organisation


def import_for_organiser(import_id: int, host: HostOrganisation) -> ContactImport:
    """An import into the host's address book. Raises NotFound."""
    found = queries.import_by_id(host.id, import_id)
    if found is None:
        raise NotFound
    return found
