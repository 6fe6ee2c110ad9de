"""One row of a list read as a person: cleaned values, and what is to be said about them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from eventapp.contacts.addresses import Location, read_email, read_location
from eventapp.contacts.cells import LINE_LIMIT, Cells, Finding, read_cells
from eventapp.contacts.mapping import Column
from eventapp.contacts.names import (
    PersonName,
    is_usual_spelling,
    joined_titles,
    read_form_of_address,
    read_full_name,
    salutation_line,
    split_titles,
)
from eventapp.contacts.places import Gazetteer
from eventapp.contacts.reading import Record
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.contacts.words import FORM_WORDS, read_sector
from eventapp.foundation.message import message

_LOCALES = {
    "de": "de",
    "deu": "de",
    "deutsch": "de",
    "german": "de",
    "": "de",
    "en": "en",
    "eng": "en",
    "englisch": "en",
    "english": "en",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as a list gives it, ready to be stored."""

    reference: str = ""
    name: PersonName = field(default_factory=PersonName)
    position: str = ""
    organisation: str = ""
    sector: Sector = Sector.UNKNOWN
    street: str = ""
    location: Location = field(default_factory=Location)
    email: str = ""
    phone: str = ""
    lists: tuple[str, ...] = ()
    salutation_override: str = ""
    locale: str = "de"
    note: str = ""


def read_row(
    record: Record, header: Sequence[str], columns: Sequence[Column], gazetteer: Gazetteer
) -> tuple[Person, list[Finding]]:
    """The person in a row and all findings about it; after an error it is not to be stored."""
    cells = read_cells(record, header, columns)
    name, locale = _read_name(cells), _read_locale(cells)
    person = Person(
        reference=cells.text(Column.REFERENCE),
        name=name,
        position=cells.text(Column.POSITION),
        organisation=cells.text(Column.ORGANISATION),
        sector=_read_sector(cells),
        street=cells.text(Column.STREET),
        location=read_location(cells, gazetteer),
        email=read_email(cells),
        phone=cells.text(Column.PHONE),
        lists=_read_lists(cells),
        salutation_override=_own_salutation(cells, name, locale),
        locale=locale,
        note=cells.text(Column.NOTE),
    )
    return person, cells.findings


def _read_name(cells: Cells) -> PersonName:
    form, form_title = _read_form(cells)
    whole = read_full_name(cells.text(Column.FULL_NAME))
    first_title, first = split_titles(cells.text(Column.FIRST_NAME))
    last_title, last = split_titles(cells.text(Column.LAST_NAME))
    title = joined_titles(
        form_title, cells.text(Column.TITLE), first_title, last_title, whole.title
    )
    name = PersonName(
        whole.form if form is FormOfAddress.NONE else form,
        title,
        first or whole.first,
        last or whole.last,
        cells.text(Column.NAME_SUFFIX),
    )
    if not (name.first or name.last):
        _check_nameless(cells)
    return name


def _read_form(cells: Cells) -> tuple[FormOfAddress, str]:
    text = cells.text(Column.FORM_OF_ADDRESS)
    form, title = read_form_of_address(text)
    if form is None:
        cells.warn(
            message(
                "Form of address “%(text)s” is not known; the salutation uses the full name.",
                text=text[:40],
            )
        )
    elif not is_usual_spelling(text):
        cells.warn(
            message(
                "Form of address “%(text)s” is read as %(form)s.",
                text=text[:40],
                form=FORM_WORDS[form],
            )
        )
    return form or FormOfAddress.NONE, title


def _check_nameless(cells: Cells) -> None:
    if cells.text(Column.ORGANISATION):
        cells.warn(message("No person’s name: becomes a contact of the organisation."))
    else:
        cells.fault(message("Neither a person’s name nor an organisation."))


def _own_salutation(cells: Cells, name: PersonName, locale: str) -> str:
    """The list's salutation line where it says something else than we would; the comma is ours."""
    given = cells.text(Column.SALUTATION).rstrip(" ,!")
    return "" if given == salutation_line(name, locale) else given


def _read_locale(cells: Cells) -> str:
    text = cells.text(Column.LOCALE)
    locale = _LOCALES.get(text.casefold().partition("-")[0])
    if locale is None:
        cells.warn(
            message("Language “%(text)s” is not offered; mails will be in German.", text=text[:40])
        )
    return locale or "de"


def _read_sector(cells: Cells) -> Sector:
    text = cells.text(Column.SECTOR)
    sector = read_sector(text)
    if sector is None:
        cells.warn(message("Sector “%(text)s” is not known and stays open.", text=text[:40]))
    return sector or Sector.UNKNOWN


def _read_lists(cells: Cells) -> tuple[str, ...]:
    names = (name.strip()[:LINE_LIMIT] for name in cells.text(Column.LISTS).split("|"))
    return tuple(dict.fromkeys(name for name in names if name))
