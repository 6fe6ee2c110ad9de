"""Which column of a list means what: guessed from office headers, changed by the user. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from eventapp.foundation.message import Message, message
from eventapp.foundation.text import search_terms


class Column(StrEnum):
    """What a column of a list can hold."""

    REFERENCE = "reference"
    FORM_OF_ADDRESS = "form_of_address"
    TITLE = "title"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    NAME_SUFFIX = "name_suffix"
    POSITION = "position"
    ORGANISATION = "organisation"
    SECTOR = "sector"
    STREET = "street"
    POSTCODE = "postcode"
    CITY = "city"
    COUNTY = "county"
    EMAIL = "email"
    PHONE = "phone"
    LISTS = "lists"
    SALUTATION = "salutation"
    LOCALE = "locale"
    NOTE = "note"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


COLUMN_WORDS: Mapping[Column, Message] = {
    Column.REFERENCE: message("Contact number"),
    Column.FORM_OF_ADDRESS: message("Form of address"),
    Column.TITLE: message("Title"),
    Column.FIRST_NAME: message("First name"),
    Column.LAST_NAME: message("Last name"),
    Column.FULL_NAME: message("First and last name"),
    Column.NAME_SUFFIX: message("Name suffix"),
    Column.POSITION: message("Position"),
    Column.ORGANISATION: message("Organisation"),
    Column.SECTOR: message("Sector"),
    Column.STREET: message("Street and number"),
    Column.POSTCODE: message("Postcode"),
    Column.CITY: message("Town"),
    Column.COUNTY: message("County (only compared)"),
    Column.EMAIL: message("E-mail"),
    Column.PHONE: message("Phone"),
    Column.LISTS: message("Distribution lists"),
    Column.SALUTATION: message("Salutation line"),
    Column.LOCALE: message("Language"),
    Column.NOTE: message("Note"),
    Column.IGNORED: message("do not take over"),
    Column.UNKNOWN: message("not recognised, not taken over"),
}

_HEADERS = {
    Column.REFERENCE: "kontaktnr kontaktnummer kontaktid kundennr nr id number contactnumber",
    Column.FORM_OF_ADDRESS: "anrede geschlecht salutation gender formofaddress",
    Column.TITLE: "titel akadtitel akademischertitel akadgrad akademischergrad title",
    Column.FIRST_NAME: "vorname vornamen rufname firstname givenname",
    Column.LAST_NAME: "nachname familienname zuname lastname surname familyname",
    Column.FULL_NAME: "name vollername vollstaendigername fullname ansprechpartner"
    " ansprechperson ansprechpartnerin kontaktperson person teilnehmer",
    Column.NAME_SUFFIX: "namenszusatz zusatz suffix postnominal",
    Column.POSITION: "funktion position stellung amt rolle berufsbezeichnung jobtitle",
    Column.ORGANISATION: "firma organisation unternehmen institution einrichtung behoerde verein"
    " firmenname arbeitgeber company firmaorganisation organisationfirma",
    Column.SECTOR: "sektor bereich branche gruppe kategorie sector",
    Column.STREET: "strasse str strassehausnr strassenr strasseundhausnummer strassehausnummer"
    " anschrift adresse street address streetandnumber",
    Column.POSTCODE: "plz postleitzahl postcode zip zipcode postalcode",
    Column.CITY: "ort stadt wohnort gemeinde kommune stadtgemeinde city town place",
    Column.COUNTY: "kreis landkreis county district",
    Column.EMAIL: "email mail emailadresse mailadresse emails emailaddress emaildienstlich"
    " emailgeschaeftlich",
    Column.PHONE: "telefon tel telefonnummer telnr fon rufnummer phone telefondienstlich"
    " telefongeschaeftlich mobil mobiltelefon handy",
    Column.LISTS: "verteiler verteilerlisten listen verteilerliste lists distributionlists",
    Column.SALUTATION: "briefanrede anredezeile briefanredezeile grussformel salutationline",
    Column.LOCALE: "sprache language locale",
    Column.NOTE: "bemerkung bemerkungen notiz notizen kommentar anmerkung anmerkungen note notes",
    # ours: whether somebody can be invited follows from the rest; see `listings.py`; and what
    # stands in front of rows that were left out; see `words.py`
    Column.IGNORED: "einladbar canbeinvited"
    " importzeile importbefund importgrund importrow importverdict importreason",
}
_COLUMN_OF_HEADER = {
    header: column for column, headers in _HEADERS.items() for header in headers.split()
}


def header_key(header: str) -> str:
    """A header as letters only, umlauts written out: "E-Mail " gives "email"."""
    return re.sub(r"[^a-z0-9]", "", "".join(search_terms(header)))


def guess_columns(
    header: Sequence[str], remembered: Mapping[str, str] | None = None
) -> tuple[Column, ...]:
    """What each column means: as chosen last time, else by its name.

    A column that occurs twice counts once, from the left; later ones are not recognised. "Name"
    beside "Vorname" is the last name, alone the whole name.
    """
    earlier = remembered or {}
    guesses = [_guess(header_key(name), earlier) for name in header]
    if Column.FIRST_NAME in guesses and Column.LAST_NAME not in guesses:
        guesses = [Column.LAST_NAME if guess is Column.FULL_NAME else guess for guess in guesses]
    return without_repetition(guesses)


def _guess(key: str, remembered: Mapping[str, str]) -> Column:
    if remembered.get(key) in set(Column):
        return Column(remembered[key])
    return _COLUMN_OF_HEADER.get(key, Column.UNKNOWN)


def without_repetition(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Each meaning once, from the left; what repeats one is not recognised."""
    seen: set[Column] = set()
    kept: list[Column] = []
    for column in columns:
        again = column in seen and column is not Column.IGNORED
        kept.append(Column.UNKNOWN if again else column)
        seen.add(column)
    return tuple(kept)


def kept_choice(header: Sequence[str], columns: Sequence[Column]) -> dict[str, str]:
    """What to keep so that the next list with these headers is understood at once."""
    return {
        header_key(name): column.value
        for name, column in zip(header, columns, strict=True)
        if header_key(name) and column is not Column.UNKNOWN
    }


def is_usable(columns: Sequence[Column]) -> bool:
    """Whether the list can name anybody: a last name, whole name or organisation is there."""
    return not {Column.LAST_NAME, Column.FULL_NAME, Column.ORGANISATION}.isdisjoint(columns)
