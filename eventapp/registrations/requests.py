"""What somebody asks for who registers themselves, and perhaps colleagues, by the public form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from eventapp.consents.requests import NOTHING, Told
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.questions.given import Given


class Filler(StrEnum):
    """Who seems to have filled in a form. Nobody is turned away for it, only counted apart."""

    PERSON = "person"
    MACHINE = "machine"


class Mailing(StrEnum):
    """Whether a guest is told by mail what staff noted for them; they may have asked for none."""

    SENT = "sent"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CompanionName:
    """Who comes along; without a name they are only counted, and can be named later."""

    first_name: str = ""
    last_name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRequest:
    """One person of the form; `email` may be that of a colleague."""

    first_name: str
    last_name: str
    email: str
    form_of_address: FormOfAddress = FormOfAddress.NONE
    title: str = ""
    position: str = ""
    companions: tuple[CompanionName, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterRequest:
    """The whole form: up to five people of one organisation, and who sent it from where.

    `answers` to the organiser's questions, by their id, are those of the first person.
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
    answers: Mapping[int, Given] = field(default_factory=dict)
    told: Told = NOTHING
