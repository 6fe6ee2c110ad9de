"""What a registration copies from the person: later changes of a contact do not rewrite it."""

from eventapp.contacts.models import Contact, PersonColumns, PlaceColumns
from eventapp.invitations.models import Substitute
from eventapp.registrations.models import Registration

NAME_COLUMNS = (
    "form_of_address",
    "title",
    "first_name",
    "last_name",
    "name_suffix",
    "position",
    "organisation_name",
    "email",
    "phone",
    "locale",
)
PLACE_COLUMNS = ("postcode", "city", "municipality_ags", "county", "sector")


def take_snapshot(registration: Registration, person: Contact | Substitute) -> None:
    """Name, address and, of a contact, where they come from."""
    _copy(NAME_COLUMNS, person, registration)
    if isinstance(person, Contact):
        _copy(PLACE_COLUMNS, person, registration)


def take_place_snapshot(registration: Registration, origin: PlaceColumns) -> None:
    """A substitute comes for the same organisation: place and sector are those of the guest."""
    _copy(PLACE_COLUMNS, origin, registration)


def _copy(
    names: tuple[str, ...], source: PersonColumns | PlaceColumns, target: Registration
) -> None:
    for name in names:
        setattr(target, name, getattr(source, name))
