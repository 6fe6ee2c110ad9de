"""What columns mean: pure, no fixtures."""

import pytest

from eventapp.contacts.mapping import Column, guess_columns, header_key, kept_choice

C = Column


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            ["Vorname", "Name", "Firma", "Strasse", "PLZ", "Ort", "E-Mail ", "Tel."],
            [
                C.FIRST_NAME,
                C.LAST_NAME,
                C.ORGANISATION,
                C.STREET,
                C.POSTCODE,
                C.CITY,
                C.EMAIL,
                C.PHONE,
            ],
        ),
        (
            ["NACHNAME", "vorname", "STRAßE", "e mail", "Behörde"],
            [C.LAST_NAME, C.FIRST_NAME, C.STREET, C.EMAIL, C.ORGANISATION],
        ),
        (
            ["Ansprechpartner/in", "Firma / Organisation", "Straße/Hausnr."],
            [C.FULL_NAME, C.ORGANISATION, C.STREET],
        ),
        (["Name", "E-Mail"], [C.FULL_NAME, C.EMAIL]),
        (["E-Mail", "E-Mail", "", "Geb.-Datum"], [C.EMAIL, C.UNKNOWN, C.UNKNOWN, C.UNKNOWN]),
        (
            ["First name", "Surname", "Company", "Phone", "City"],
            [C.FIRST_NAME, C.LAST_NAME, C.ORGANISATION, C.PHONE, C.CITY],
        ),
    ],
)
def test_office_headers_are_understood_t32(header, columns):
    assert list(guess_columns(header)) == columns


def test_what_was_chosen_last_time_wins():
    header = ["Nachname", "Abteilung", "Geb.-Datum"]
    chosen = [C.LAST_NAME, C.POSITION, C.IGNORED]

    assert list(guess_columns(header, kept_choice(header, chosen))) == chosen


def test_a_remembered_meaning_that_no_longer_exists_is_forgotten():
    assert guess_columns(["Ort"], {"ort": "planet"}) == (C.CITY,)


def test_a_header_is_compared_without_case_signs_and_umlauts():
    assert header_key(" E-Mail ") == header_key("EMAIL") == "email"
    assert header_key("Straße") == header_key("STRASSE") == "strasse"
