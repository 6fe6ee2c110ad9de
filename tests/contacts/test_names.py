"""Forms of address, titles and salutation lines: pure, no fixtures."""

import csv
from pathlib import Path

import pytest
from effort import is_brief
from hypothesis import given
from hypothesis import strategies as st

from eventapp.contacts.names import (
    PersonName,
    joined_titles,
    read_form_of_address,
    read_full_name,
    salutation_line,
    split_titles,
)
from eventapp.contacts.states import FormOfAddress

MS, MR, NONE = FormOfAddress.MS, FormOfAddress.MR, FormOfAddress.NONE
DEMO = Path(__file__).parents[2] / "demo" / "contacts.csv"


def demo_rows():
    with DEMO.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_salutation_of_every_demo_contact_is_derived_but_for_the_press():
    differing = {
        row["Sektor"]
        for row in demo_rows()
        if salutation_line(
            PersonName(
                read_form_of_address(row["Anrede"])[0],
                row["Titel"],
                row["Vorname"],
                row["Nachname"],
                row["Namenszusatz"],
            ),
            row["Sprache"],
        )
        != row["Briefanrede"]
    }

    assert len(demo_rows()) == 180
    assert differing == {"Presse"}  # addressed informally: that is the organiser's own line


@pytest.mark.parametrize(
    ("written", "form", "title"),
    [
        ("Frau", MS, ""),
        ("Fr.", MS, ""),
        ("FRAU", MS, ""),
        ("Ms", MS, ""),
        ("w", MS, ""),
        ("Herr", MR, ""),
        ("Hr.", MR, ""),
        ("Herrn", MR, ""),
        ("Mr.", MR, ""),
        ("Frau Dr.", MS, "Dr."),
        ("Herr Prof. Dr.", MR, "Prof. Dr."),
        ("", NONE, ""),
        ("keine Angabe", NONE, ""),
        ("k. A.", NONE, ""),
        ("divers", NONE, ""),
        ("Familie", None, ""),
        ("Herr und Frau", None, ""),
    ],
)
def test_forms_of_address_are_read(written, form, title):
    assert read_form_of_address(written) == (form, title)


@pytest.mark.parametrize(
    ("name", "german", "english"),
    [
        (
            PersonName(MS, "Dr.", "Claudia", "Nüsperling"),
            "Sehr geehrte Frau Dr. Nüsperling",
            "Dear Dr Nüsperling",
        ),
        (
            PersonName(MR, "Dipl.-Ing.", "Günther", "Kämpgen"),
            "Sehr geehrter Herr Kämpgen",
            "Dear Günther Kämpgen",
        ),
        (
            PersonName(MS, "Prof. Dr. h. c.", "Birgit", "Oesterhues"),
            "Sehr geehrte Frau Professorin Oesterhues",
            "Dear Professor Oesterhues",
        ),
        (PersonName(MR, "Dr. Dr.", "Olaf", "Kahl"), "Sehr geehrter Herr Dr. Kahl", "Dear Dr Kahl"),
        (PersonName(MR, "Dr.", "Olaf", "Dr. Kahl"), "Sehr geehrter Herr Dr. Kahl", "Dear Dr Kahl"),
        (
            PersonName(MR, "Dipl.-Ing. Dr. techn.", "Olaf", "Kahl"),
            "Sehr geehrter Herr Dr. Kahl",
            "Dear Dr Kahl",
        ),
        (
            PersonName(NONE, "Dr.", "Uwe", "Düsterlohr"),
            "Guten Tag Uwe Düsterlohr",
            "Dear Dr Düsterlohr",
        ),
        (
            PersonName(MR, "", "Xaver", "von der Möhneburg"),
            "Sehr geehrter Herr von der Möhneburg",
            "Dear Xaver von der Möhneburg",
        ),
        (PersonName(MS, "", "Lena", ""), "Guten Tag Lena", "Dear Lena"),
        (PersonName(), "Sehr geehrte Damen und Herren", "Dear Sir or Madam"),
        (PersonName(MR, "Drs.", "Piet", "Bakker"), "Sehr geehrter Herr Bakker", "Dear Piet Bakker"),
    ],
)
def test_the_salutation_line_in_both_languages(name, german, english):
    assert salutation_line(name, "de") == german
    assert salutation_line(name, "en") == english


def test_the_organisers_own_line_wins():
    name = PersonName(MS, "Dr.", "Claudia", "Nüsperling")

    assert salutation_line(name, "de", "Liebe Claudia") == "Liebe Claudia"


@pytest.mark.parametrize(
    ("written", "titles", "rest"),
    [
        ("Dr. med. Olaf Gummersbeck", "Dr. med.", "Olaf Gummersbeck"),
        ("Prof. Dr.-Ing. habil. Till", "Prof. Dr.-Ing. habil.", "Till"),
        ("Dipl.-Ing. (FH) Rüdiger", "Dipl.-Ing. (FH)", "Rüdiger"),
        ("Drechsler", "", "Drechsler"),
        ("Profitlich", "", "Profitlich"),
        ("M. A. Schmidt", "", "M. A. Schmidt"),
        ("Diplomat", "", "Diplomat"),
    ],
)
def test_titles_in_front_of_a_name_are_told_from_it(written, titles, rest):
    assert split_titles(written) == (titles, rest)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Frau Dr. Anna von der Heide", PersonName(MS, "Dr.", "Anna", "von der Heide")),
        ("Nüsperling, Dr. Claudia", PersonName(NONE, "Dr.", "Claudia", "Nüsperling")),
        ("Hans-Jürgen Schlüterhoff", PersonName(NONE, "", "Hans-Jürgen", "Schlüterhoff")),
        ("M. Schmidt", PersonName(NONE, "", "M.", "Schmidt")),
        ("Meier", PersonName(NONE, "", "", "Meier")),
        ("", PersonName()),
    ],
)
def test_a_whole_name_is_taken_apart(written, name):
    assert read_full_name(written) == name


def test_a_title_in_two_cells_is_said_once():
    assert joined_titles("Dr.", "Dr. med.", "") == "Dr. Dr. med."
    assert joined_titles("Dr. med.", "Dr.") == "Dr. med."


@given(st.builds(PersonName, st.sampled_from(FormOfAddress), st.text(), st.text(), st.text()))
def test_every_name_gets_a_salutation_in_which_no_title_is_doubled_t59(name):
    for locale in ("de", "en"):
        line = salutation_line(name, locale)
        assert line
        assert "Dr. Dr." not in line


@pytest.mark.parametrize("odd", ["Dr. " * 12_000, "(" * 50_000, "dipl.-" * 8_000, "h. " * 16_000])
def test_long_nonsense_takes_no_time_t61(odd):
    def look() -> None:
        split_titles(odd)
        read_full_name(odd)
        salutation_line(PersonName(MS, odd, odd, odd), "de")

    assert is_brief(look)
