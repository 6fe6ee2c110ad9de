"""Who may take which list, and which of its columns."""

from eventapp.accounts.models import HostOrganisation, Membership
from eventapp.accounts.permissions import may_organise, may_see_needs
from eventapp.accounts.states import Role
from eventapp.exports import queries
from eventapp.exports.models import KeptColumns
from eventapp.foundation.errors import found
from eventapp.foundation.listing import AnyListing, Concerns, Field


def columns_for(listing: AnyListing, membership: Membership) -> tuple[Field[object], ...]:
    """The columns of a list that this person may take, in the list's order."""
    rights = _rights(membership)
    return tuple(one for one in listing.fields if one.concerns in rights)


def _rights(membership: Membership) -> frozenset[Concerns]:
    """About whom a person may take something along: who only reads gets no names."""
    rights = {Concerns.NOBODY}
    if may_organise(membership) or membership.role is Role.FRONTDESK:
        rights.add(Concerns.PERSON)
    if may_export_needs(membership):
        rights.add(Concerns.NEEDS)
    return frozenset(rights)


def may_export_needs(membership: Membership) -> bool:
    """Whether diet and access needs may stand in this person's lists."""
    return may_organise(membership) and may_see_needs(membership)


def kept_columns_for_organiser(kept_id: int, host: HostOrganisation) -> KeptColumns:
    """A column set of the host. Raises NotFound for those of others."""
    return found(queries.kept_columns_by_id(host, kept_id))
