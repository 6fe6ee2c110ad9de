"""Which columns a list of guests has, for which purpose, and how each reads. Pure.

Nobody takes more along than the purpose needs. Diet and access needs stand in no list but the whole
one, and there only for whoever may see them; the kitchen gets sums (domain: invariant 15).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Protocol

from eventapp.consents.states import ConsentKind
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.contacts.words import COUNTY_WORDS, FORM_WORDS, SECTOR_WORDS
from eventapp.foundation.listing import Concerns, Field
from eventapp.foundation.message import message
from eventapp.foundation.tabular import YES_NO, Cell
from eventapp.registrations.states import RegistrationKind, RegistrationState
from eventapp.registrations.words import KIND_WORDS, STATE_WORDS


class ColumnSet(StrEnum):
    """What a list of an event's guests is for."""

    FULL = "full"
    DOOR = "door"
    HOST = "host"
    HANDOUT = "handout"
    PRESS = "press"
    CATERING = "catering"
    EVIDENCE = "evidence"


SET_WORDS = {
    ColumnSet.FULL: message("Attendee list with contact details"),
    ColumnSet.DOOR: message("Reception list"),
    ColumnSet.HOST: message("Visitor list for the host"),
    ColumnSet.HANDOUT: message("List to hand out"),
    ColumnSet.PRESS: message("Press list"),
    ColumnSet.CATERING: message("Numbers for the catering"),
    ColumnSet.EVIDENCE: message("Numbers for the proof of use"),
}
SET_HINTS = {
    ColumnSet.FULL: message("All columns, to be chosen and put in order. For your own files."),
    ColumnSet.DOOR: message("Number, name, organisation, companions and state, by name."),
    ColumnSet.HOST: message(
        "Name and organisation, as the gate needs it; usually three days before the event."
    ),
    ColumnSet.HANDOUT: message("Only those who agreed to be named to the others."),
    ColumnSet.PRESS: message("Only who comes for the press."),
    ColumnSet.CATERING: message("How many people eat what; no names."),
    ColumnSet.EVIDENCE: message("How many people by sector, county and town; no names."),
}


class SortOrder(StrEnum):
    """In which order the rows come."""

    SHOWN = ""
    NAME = "name"
    ORGANISATION = "organisation"
    REGISTERED = "registered"


ORDER_WORDS = {
    SortOrder.SHOWN: message("As on the page"),
    SortOrder.NAME: message("By name"),
    SortOrder.ORGANISATION: message("By organisation"),
    SortOrder.REGISTERED: message("By date of registration"),
}


class Person(Protocol):
    """What the columns read of a registration."""

    id: int
    number: str
    contact_number: str | None
    kind: RegistrationKind
    state: RegistrationState
    form_of_address: FormOfAddress
    title: str
    first_name: str
    last_name: str
    name_suffix: str
    position: str
    organisation_name: str
    sector: Sector
    postcode: str
    city: str
    county: str
    email: str
    phone: str
    locale: str
    sort_name: str
    registered_at: datetime
    main_number: str | None
    main_first_name: str | None
    main_last_name: str | None
    replaces_number: str | None
    diet: str | None
    access: str | None


@dataclass(frozen=True, slots=True)
class Attendee:
    """A registration with what stands in other rows.

    Its place in line, its consents in force, how many companions come along, and what was answered
    to the questions of the event, by the key of their columns.
    """

    person: Person
    rank: int | None
    consents: frozenset[ConsentKind]
    companions: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)


def _consent(kind: ConsentKind) -> Callable[[Attendee], Cell]:
    return lambda one: kind in one.consents


def _person(name: str) -> Callable[[Attendee], Cell]:
    return attrgetter(f"person.{name}")


def _form_of_address(one: Attendee) -> Cell:
    """Nothing where none was given, rather than a word for it."""
    form = one.person.form_of_address
    return None if form is FormOfAddress.NONE else form


def _last_name(one: Attendee) -> Cell:
    """A companion whose name is not known yet goes by whom they come with."""
    person = one.person
    if person.kind is not RegistrationKind.COMPANION or person.first_name or person.last_name:
        return person.last_name
    main = f"{person.main_first_name or ''} {person.main_last_name or ''}".strip()
    return str(message("Companion of %(name)s", name=main))


def answer_field(key: str, heading: str) -> Field[Attendee]:
    """The column of a question; its cell is empty where it was left blank or not answered."""
    return Field(key, heading, lambda one: one.answers.get(key), 30)


FIELDS: tuple[Field[Attendee], ...] = (
    Field("number", message("Registration no."), _person("number"), 10),
    Field("contact", message("Contact no."), _person("contact_number"), 10),
    Field("kind", message("Kind"), _person("kind"), 12, KIND_WORDS),
    Field("form_of_address", message("Form of address"), _form_of_address, 10, FORM_WORDS),
    Field("title", message("Title"), _person("title"), 12),
    Field("first_name", message("First name"), _person("first_name")),
    Field("last_name", message("Last name"), _last_name, 22),
    Field("name_suffix", message("After the name"), _person("name_suffix"), 12),
    Field("position", message("Position"), _person("position"), 24),
    Field("organisation", message("Organisation"), _person("organisation_name"), 34),
    Field("sector", message("Sector"), _person("sector"), 24, SECTOR_WORDS),
    Field("postcode", message("Postcode"), _person("postcode"), 9),
    Field("city", message("Town"), _person("city"), 22),
    Field("county", message("County"), _person("county"), 24, COUNTY_WORDS),
    Field("email", message("E-mail"), _person("email"), 36),
    Field("phone", message("Telephone"), _person("phone"), 20),
    Field("locale", message("Language"), _person("locale"), 9),
    Field("state", message("Status"), _person("state"), 16, STATE_WORDS),
    Field("rank", message("Place in line"), lambda one: one.rank, 10),
    Field("companions", message("Companions"), lambda one: one.companions or None, 10),
    Field("registered_at", message("Registered at"), _person("registered_at"), 17),
    Field("photo", message("Photos allowed"), _consent(ConsentKind.PHOTO), 10, YES_NO),
    Field("on_list", message("On the list handed out"),
          _consent(ConsentKind.ATTENDEE_LIST), 10, YES_NO),
    Field("next_invitation", message("Next invitations welcome"),
          _consent(ConsentKind.NEXT_INVITATION), 10, YES_NO),
    Field("companion_of", message("Companion of"), _person("main_number"), 12),
    Field("substitute_for", message("Substitute for"), _person("replaces_number"), 12),
    Field("diet", message("Diet"), _person("diet"), 30, concerns=Concerns.NEEDS),
    Field("access", message("Access needs"), _person("access"), 30, concerns=Concerns.NEEDS),
)  # fmt: skip
_BY_KEY = {one.key: one for one in FIELDS}
_KEYS = {
    ColumnSet.FULL: tuple(_BY_KEY),
    ColumnSet.DOOR: ("number", "last_name", "first_name", "title", "organisation", "kind",
                     "companions", "companion_of", "state", "photo"),
    ColumnSet.HOST: ("last_name", "first_name", "organisation"),
    ColumnSet.HANDOUT: ("last_name", "first_name", "title", "position", "organisation", "city"),
    ColumnSet.PRESS: ("number", "last_name", "first_name", "organisation", "email", "phone",
                      "state"),
}  # fmt: skip


def fields_of(columns: ColumnSet) -> tuple[Field[Attendee], ...]:
    """The columns of a list of people, in their order; none for sums."""
    return tuple(_BY_KEY[key] for key in _KEYS.get(columns, ()))
