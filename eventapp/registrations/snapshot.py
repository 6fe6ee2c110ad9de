"""What a registration copies from the person: later changes of a contact do not rewrite it."""

from eventapp.contacts.models import Contact, PersonColumns, PlaceColumns
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.foundation.rows import not_yet_stored
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
STAYS = frozenset({"locale", "form_of_address"})
LOCATION_COLUMNS = ("postcode", "city", "municipality_ags", "county")
PLACE_COLUMNS = (*LOCATION_COLUMNS, "sector")


def take_snapshot(registration: Registration, person: Contact | Substitute) -> None:
    """Name, address and, of a contact, where they come from."""
    _copy(NAME_COLUMNS, person, registration)
    if isinstance(person, Contact):
        _copy(PLACE_COLUMNS, person, registration)


def as_entered(
    request: RegisterRequest, person: PersonRequest, located: tuple[str | None, str]
) -> Registration:
    """One person of the public form; `located` is where the town lies: (AGS, county)."""
    ags, county = located
    return not_yet_stored(
        Registration,
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


FILLED = ("title", "name_suffix", "position", "organisation_name", "phone", "note", "group_key")


def fill_gaps(kept: Registration, other: Registration) -> None:
    """What one person said in only one of two registrations; what the kept one says stands."""
    for name in FILLED:
        setattr(kept, name, getattr(kept, name) or getattr(other, name))
    if kept.form_of_address is FormOfAddress.NONE:
        kept.form_of_address = other.form_of_address
    if not (kept.city or kept.postcode):
        _copy(LOCATION_COLUMNS, other, kept)
    if kept.sector is Sector.UNKNOWN:
        kept.sector = other.sector
    kept.contact_id = kept.contact_id or other.contact_id


def _copy(
    names: tuple[str, ...], source: PersonColumns | PlaceColumns, target: Registration
) -> None:
    for name in names:
        setattr(target, name, getattr(source, name))


def unname(person: PersonColumns) -> None:
    """Empty every column that says who somebody is or how to reach them."""
    person.form_of_address = FormOfAddress.NONE
    for column in NAME_COLUMNS:
        if column not in STAYS:
            setattr(person, column, "")
