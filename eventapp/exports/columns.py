"""Which columns a list of guests has, for which purpose, and how each reads. Pure.

Nobody takes more along than the purpose needs. Diet and access needs are in no list of people:
the kitchen gets sums (domain: invariant 15).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from eventapp.consents.states import ConsentKind
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.contacts.words import FORM_WORDS, SECTOR_WORDS
from eventapp.foundation.message import Message, message
from eventapp.foundation.tabular import Cell, Column
from eventapp.registrations.states import RegistrationKind, RegistrationState
from eventapp.registrations.words import KIND_WORDS, STATE_WORDS


class ColumnSet(StrEnum):
    """What a list is for."""

    FULL = "full"
    DOOR = "door"
    HOST = "host"
    HANDOUT = "handout"
    CATERING = "catering"


SET_WORDS = {
    ColumnSet.FULL: message("Attendee list with contact details"),
    ColumnSet.DOOR: message("Door list"),
    ColumnSet.HOST: message("Visitor list for the host"),
    ColumnSet.HANDOUT: message("List to hand out"),
    ColumnSet.CATERING: message("Numbers for the catering"),
}
SET_HINTS = {
    ColumnSet.FULL: message("Everything but diet and access needs. For your own files."),
    ColumnSet.DOOR: message("Number, name, organisation, and who brings whom."),
    ColumnSet.HOST: message("Name and organisation, as the gate needs it."),
    ColumnSet.HANDOUT: message("Only those who agreed to be named to the others."),
    ColumnSet.CATERING: message("How many people eat what; no names."),
}


class SortOrder(StrEnum):
    """In which order the rows come."""

    NAME = "name"
    ORGANISATION = "organisation"
    REGISTERED = "registered"


ORDER_WORDS = {
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


@dataclass(frozen=True, slots=True)
class Attendee:
    """A registration with what stands in other rows: its place in line, its consents in force."""

    person: Person
    rank: int | None
    consents: frozenset[ConsentKind]


@dataclass(frozen=True)
class Field:
    """One column: its key for programs, its heading, and where its cells come from."""

    key: str
    heading: Message
    value: Callable[[Attendee], Cell]
    width: int = 18
    words: Mapping[Any, Message] = field(default_factory=dict)

    def column(self) -> Column:
        """The column in the language in force."""
        words = {cell: str(word) for cell, word in self.words.items()}
        return Column(self.key, str(self.heading), self.width, words)


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


YES_NO = {True: message("yes"), False: message("no")}
FIELDS = (
    Field("number", message("Registration no."), lambda one: one.person.number, 10),
    Field("contact", message("Contact no."), lambda one: one.person.contact_number, 10),
    Field("kind", message("Kind"), lambda one: one.person.kind, 12, KIND_WORDS),
    Field("form_of_address", message("Form of address"), _form_of_address, 10, FORM_WORDS),
    Field("title", message("Title"), lambda one: one.person.title, 12),
    Field("first_name", message("First name"), lambda one: one.person.first_name),
    Field("last_name", message("Last name"), _last_name, 22),
    Field("name_suffix", message("After the name"), lambda one: one.person.name_suffix, 12),
    Field("position", message("Position"), lambda one: one.person.position, 24),
    Field("organisation", message("Organisation"), lambda one: one.person.organisation_name, 34),
    Field("sector", message("Sector"), lambda one: one.person.sector, 24, SECTOR_WORDS),
    Field("postcode", message("Postcode"), lambda one: one.person.postcode, 9),
    Field("city", message("Town"), lambda one: one.person.city, 22),
    Field("county", message("County"), lambda one: one.person.county, 24),
    Field("email", message("E-mail"), lambda one: one.person.email, 36),
    Field("phone", message("Telephone"), lambda one: one.person.phone, 20),
    Field("locale", message("Language"), lambda one: one.person.locale, 9),
    Field("state", message("Status"), lambda one: one.person.state, 16, STATE_WORDS),
    Field("rank", message("Place in line"), lambda one: one.rank, 10),
    Field("registered_at", message("Registered at"), lambda one: one.person.registered_at, 17),
    Field("photo", message("Photos allowed"),
          lambda one: ConsentKind.PHOTO in one.consents, 10, YES_NO),
    Field("on_list", message("On the list handed out"),
          lambda one: ConsentKind.ATTENDEE_LIST in one.consents, 10, YES_NO),
    Field("companion_of", message("Companion of"), lambda one: one.person.main_number, 12),
    Field("substitute_for", message("Substitute for"), lambda one: one.person.replaces_number, 12),
)  # fmt: skip
_BY_KEY = {one.key: one for one in FIELDS}
_KEYS = {
    ColumnSet.FULL: tuple(_BY_KEY),
    ColumnSet.DOOR: ("number", "last_name", "first_name", "title", "organisation", "kind",
                     "state", "companion_of", "photo"),
    ColumnSet.HOST: ("last_name", "first_name", "organisation"),
    ColumnSet.HANDOUT: ("last_name", "first_name", "title", "position", "organisation", "city"),
}  # fmt: skip


def fields_of(columns: ColumnSet) -> tuple[Field, ...]:
    """The columns of a list of people, in their order; none for the catering's sums."""
    return tuple(_BY_KEY[key] for key in _KEYS.get(columns, ()))


def set_label(columns: ColumnSet) -> Message:
    """What a list is called."""
    return SET_WORDS[columns]


def order_label(order: SortOrder) -> Message:
    """How an order is called."""
    return ORDER_WORDS[order]
