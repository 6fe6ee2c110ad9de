"""What a registration copies from the person: later changes of a contact do not rewrite it."""

from eventapp.contacts.models import Contact, PersonColumns, PlaceColumns
from eventapp.invitations.models import Substitute
from eventapp.registrations.models import Registration
from eventapp.registrations.requests import PersonRequest, RegisterRequest

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


def as_entered(
    request: RegisterRequest, person: PersonRequest, located: tuple[str | None, str]
) -> Registration:
    """One person of the public form; `located` is where the town lies: (AGS, county)."""
    ags, county = located
    return Registration(
        form_of_address=person.form_of_address,
        title=person.title,
        first_name=person.first_name,
        last_name=person.last_name,
        name_suffix="",
        position=person.position,
        email=person.email,
        phone=request.phone,
        organisation_name=request.organisation_name,
        sector=request.sector,
        city=request.city,
        postcode=request.postcode,
        municipality_ags=ags,
        county=county,
        locale=request.locale,
    )


def copy_person(entered: Registration, kept: Registration) -> None:
    """What was entered last counts, as long as nobody has confirmed it."""
    _copy(NAME_COLUMNS + PLACE_COLUMNS, entered, kept)
    kept.group_key = entered.group_key or kept.group_key


def _copy(
    names: tuple[str, ...], source: PersonColumns | PlaceColumns, target: Registration
) -> None:
    for name in names:
        setattr(target, name, getattr(source, name))
