"""E-mail address, phone, postcode and town: what they mean, and what is wrong with them. Pure."""

import re
from dataclasses import dataclass

from eventapp.contacts.cells import Cells
from eventapp.contacts.mapping import Column
from eventapp.contacts.places import Found, Gazetteer, Match, Place
from eventapp.foundation.by_the_book import is_by_the_book
from eventapp.foundation.message import Message, message

_DELIVERABLE = re.compile(
    r"(?!.*\.\.)[\w.+-]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,18}\Z", re.ASCII
)
_WRAPPED_ADDRESS = re.compile(r"(?:mailto:\s*|[^<]*<)([^<>\s]+)>?$", re.IGNORECASE)
_GERMAN_POSTCODE = re.compile(r"(?:D[-\s])?(\d{5})$")
_FOREIGN_POSTCODE = re.compile(r"[A-Z]{1,3}[-\s]\w[\w -]{2,9}$")
PHONE_SIGNS = " /-–().+"  # what people write between the digits
_LEAST_DIGITS = 5  # fewer are a house number, or stand in half of all numbers
_WITHOUT_SIGNS = str.maketrans("", "", PHONE_SIGNS)
_COUNTRY = re.compile(r"\A(?:\+|00)\s*49")


@dataclass(frozen=True, slots=True)
class Location:
    """Where somebody comes from; AGS and county only as far as they are certain."""

    postcode: str = ""
    city: str = ""
    ags: str | None = None
    county: str = ""


def read_email(cells: Cells) -> str:
    """The one address of a row, "" where there is none that mail can reach."""
    given = cells.text(Column.EMAIL)
    if not given:
        cells.warn(message("No e-mail address: can be invited by post only."))
        return ""
    wrapped = _WRAPPED_ADDRESS.match(given)
    address = wrapped.group(1) if wrapped else given
    problem = address_problem(address)
    if problem is not None:
        cells.fault(problem)
        return ""
    if not is_by_the_book(address):
        cells.warn(
            message("The e-mail address “%(text)s” looks odd. Please check it.", text=address[:60])
        )
    return address


def address_problem(address: str) -> Message | None:
    """Why this is not exactly one address that mail can reach; None if it is."""
    if address.count("@") > 1:
        return message("More than one e-mail address in one cell.")
    if "@" in address and "." not in address.partition("@")[2]:
        return message("The e-mail address “%(text)s” has no complete domain.", text=address[:60])
    if _DELIVERABLE.match(address) or is_by_the_book(address):
        return None
    return message("“%(text)s” is not an e-mail address.", text=address[:60])


def read_location(cells: Cells, gazetteer: Gazetteer) -> Location:
    """Postcode, town, municipality and county; what is doubtful about them becomes a finding."""
    postcode = _read_postcode(cells)
    city = cells.text(Column.CITY)
    found = gazetteer.find(city, postcode)
    if found.place is None:
        _report_unplaced(cells, found, city)
    else:
        _report_placed(cells, found.match, found.place, city)
    return Location(postcode, city, *gazetteer.locate(city, postcode))


def _read_postcode(cells: Cells) -> str:
    given = cells.text(Column.POSTCODE)
    german = _GERMAN_POSTCODE.match(given)
    if german:
        return german.group(1)
    if re.fullmatch(r"\d{4}", given):
        cells.fault(
            message(
                "Postcode %(postcode)s has four digits: a zero in front was lost, or one is"
                " missing.",
                postcode=given,
            )
        )
    elif given and not _FOREIGN_POSTCODE.match(given):
        cells.warn(message("Postcode “%(postcode)s” is not a German one.", postcode=given[:20]))
    return given[:20]


def _report_placed(cells: Cells, match: Match, place: Place, city: str) -> None:
    if match is Match.COMPLETED:
        cells.warn(
            message("Town “%(given)s” is read as %(name)s.", given=city[:60], name=place.name)
        )
    if place.is_outside:
        cells.warn(message("%(town)s lies outside the region.", town=place.name))
    _compare_county(cells, place.county)


def _report_unplaced(cells: Cells, found: Found, city: str) -> None:
    if found.match is Match.UNKNOWN:
        cells.warn(message("%(town)s lies outside the region.", town=city[:60]))
    elif found.hint is not None:
        cells.warn(
            message(
                "Town “%(town)s” is not known; its postcode is that of %(hint)s. The county stays"
                " open.",
                town=city[:60],
                hint=found.hint.name,
            )
        )
    elif found.match is Match.DOUBTFUL:
        cells.warn(
            message(
                "Town “%(town)s” and its postcode do not go together. The county stays open.",
                town=city[:60],
            )
        )


def _compare_county(cells: Cells, county: str) -> None:
    given = cells.text(Column.COUNTY).casefold()
    if given and given not in county.casefold():
        cells.warn(
            message(
                "The list says %(given)s, but the municipality belongs to %(county)s.",
                given=cells.text(Column.COUNTY)[:60],
                county=county,
            )
        )


def phone_digits(text: str) -> str:
    """The digits of a phone number from the area code on, so that all spellings of it are found.

    "+49 (0) 2331 98-76" and "02331/9876" both give "23319876"; what is no number gives "".
    """
    national = _COUNTRY.sub("", text.strip()).translate(_WITHOUT_SIGNS)
    if not (national.isascii() and national.isdecimal()):
        return ""
    digits = national.lstrip("0")
    return digits if len(digits) >= _LEAST_DIGITS else ""
