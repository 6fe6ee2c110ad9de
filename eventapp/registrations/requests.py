"""What somebody asks for who registers themselves, and perhaps colleagues, by the public form."""

from dataclasses import dataclass
from enum import StrEnum

from eventapp.consents.requests import NOTHING, Told
from eventapp.contacts.states import FormOfAddress, Sector


class Filler(StrEnum):
    """Who seems to have filled in a form. Nobody is turned away for it, only counted apart."""

    PERSON = "person"
    MACHINE = "machine"


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRequest:
    """One person of the form; `email` may be that of a colleague."""

    first_name: str
    last_name: str
    email: str
    form_of_address: FormOfAddress = FormOfAddress.NONE
    title: str = ""
    position: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterRequest:
    """The whole form: up to five people of one organisation, and who sent it from where.

    `told` is what somebody said voluntarily; only about themselves, never about colleagues.
    """

    people: tuple[PersonRequest, ...]
    sector: Sector
    city: str
    postcode: str = ""
    organisation_name: str = ""
    phone: str = ""
    locale: str = "de"
    asked_from: str = ""
    filler: Filler = Filler.PERSON
    told: Told = NOTHING
