"""The verdict on each row of a list: pure, no fixtures."""

import json
from pathlib import Path

import pytest
from contacts.lists import read_list
from effort import is_brief
from hypothesis import given
from hypothesis import strategies as st

from eventapp.contacts.addresses import address_problem
from eventapp.contacts.cells import Verdict
from eventapp.contacts.doubles import KnownPerson, mailbox
from eventapp.contacts.mapping import guess_columns
from eventapp.contacts.places import Gazetteer, Place
from eventapp.contacts.reading import parse_list
from eventapp.contacts.region import read_municipalities
from eventapp.contacts.states import FormOfAddress, Sector
from eventapp.contacts.verdicts import Known, count_verdicts, judge

FILES = Path(__file__).parent / "files"
DEMO = Path(__file__).parents[2] / "demo"
OK, WARNING, ERROR = Verdict.OK, Verdict.WARNING, Verdict.ERROR
DUPLICATE, SKIP = Verdict.DUPLICATE, Verdict.SKIP


def demo_gazetteer():
    return Gazetteer.of(
        Place(one.ags, one.name, one.county, one.postcode) for one in read_municipalities()
    )


def judged(text, *, places=None, known=None):
    contact_list = parse_list(text) if isinstance(text, str) else read_list(text)
    return judge(
        contact_list, guess_columns(contact_list.header), places or Gazetteer(), known or Known()
    )


def rows(*lines, header="Anrede;Vorname;Nachname;Firma;PLZ;Ort;E-Mail"):
    return "\n".join([header, *lines])


def only(text, **more):
    (row,) = judged(text, **more)
    return row


def said(row):
    return [reason.in_english() for reason in row.reasons]


@pytest.mark.parametrize("places", [demo_gazetteer(), Gazetteer()], ids=["region", "no region"])
@pytest.mark.parametrize("name", ["contacts_dirty_cp1252.csv", "contacts_dirty_utf16.txt"])
def test_the_dirty_lists_get_the_expected_verdicts(name, places):
    expected = json.loads((FILES / "contacts_dirty_expected.json").read_text())

    verdicts = judged((FILES / name).read_bytes(), places=places)

    assert [(row.line, row.verdict.value) for row in verdicts] == [
        (row["line"], row["verdict"]) for row in expected["expected"]
    ]
    assert count_verdicts(verdicts) == expected["counts"]


def test_the_dirty_list_says_why():
    reasons = {
        row.line: said(row)
        for row in judged(
            (FILES / "contacts_dirty_cp1252.csv").read_bytes(), places=demo_gazetteer()
        )
        if row.reasons
    }

    assert reasons == {
        6: ["Same e-mail address and name as row 2 (Beate Meisterbernd)."],
        7: [
            "Postcode 1234 has four digits: a zero in front was lost, or one is missing.",
            "The e-mail address “kaethe@example” has no complete domain.",
        ],
        8: ["Form of address “Fr.” is read as Ms."],
        9: [
            "“=SUMME(1+1)” begins like a formula. It is kept as text and defused in every export.",
            "“@cmd” begins like a formula. It is kept as text and defused in every export.",
        ],
        10: ["No person’s name: becomes a contact of the organisation."],
        13: ["More than one e-mail address in one cell."],
        14: ["Only 4 columns of 11. A line break may have slipped in."],
        15: ["Empty row."],
        16: [
            "Town “Sundern” is read as Sundern (Sauerland).",
            "No e-mail address: can be invited by post only.",
        ],
        17: ["Column “Geb.-Datum” is not taken over.", "Köln lies outside the region."],
    }


def test_the_demo_list_is_importable_row_by_row():
    verdicts = judged((DEMO / "contacts.csv").read_bytes(), places=demo_gazetteer())

    assert len(verdicts) == 180
    assert all(row.is_imported for row in verdicts)
    assert verdicts[1].person.location.county == "Kreis Soest"
    assert sum(bool(row.person.salutation_override) for row in verdicts) == 4  # the press


def test_an_unknown_column_that_every_row_fills_is_no_reason_to_warn_of_each():
    lines = [f"Nr{number};nr{number}@b.example;{number}.1.1990;" for number in range(40)]
    lines[7] += "nur hier"

    verdicts = judged(rows(*lines, header="Nachname;E-Mail;Geb.-Datum;Rest"))

    assert [row.line for row in verdicts if row.verdict is WARNING] == [9]
    assert said(verdicts[7]) == ["Column “Rest” is not taken over."]


# ---- Who is the same ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "again",
    [
        "Frau;Beate;Meisterbernd;W;;;BEATE@werk.example",
        "Frau;  Beate ;Meisterbernd;W;;; beate@werk.example ",
        "Frau;Beate;Meisterbernd;W;;;beate+messe@werk.example",
        "Frau;B.;Meisterbernd;X;;;beate@werk.example",
    ],
)
def test_the_same_address_and_name_is_a_duplicate_t33(again):
    first, second = judged(rows("Frau;Beate;Meisterbernd;W;;;beate@werk.example", again))

    assert (first.verdict, second.verdict) == (OK, DUPLICATE)


def test_two_people_may_share_an_address():
    _first, second = judged(
        rows(
            "Frau;Beate;Meisterbernd;W;;;info@werk.example", "Herr;Olaf;Kahl;W;;;info@werk.example"
        )
    )

    assert second.verdict is WARNING
    assert said(second) == ["Shares the e-mail address with row 2 (Beate Meisterbernd)."]


def test_umlauts_written_out_are_the_same_name():
    _first, second = judged(
        rows("Herr;Jörg;Gößling;W;;;j@w.example", "Herr;Joerg;Goessling;W;;;J@w.example")
    )

    assert second.verdict is DUPLICATE


def test_without_address_name_and_organisation_decide():
    verdicts = judged(
        rows("Herr;Olaf;Kahl;Werk;;;", "Herr;Olaf;Kahl;Werk;;;", "Herr;Olaf;Kahl;Anderes Werk;;;")
    )

    assert [row.verdict for row in verdicts] == [WARNING, DUPLICATE, WARNING]


def test_a_namesake_with_another_address_raises_a_doubt():
    _first, second = judged(
        rows("Herr;Olaf;Kahl;Werk;;;olaf@werk.example", "Herr;Olaf;Kahl;Werk;;;kahl@werk.example")
    )

    assert second.verdict is WARNING


def test_a_faulty_row_makes_nobody_a_duplicate():
    verdicts = judged(
        rows(
            "Frau;Beate;Meisterbernd;W;1234;;beate@werk.example",
            "Frau;Beate;Meisterbernd;W;59821;;beate@werk.example",
        )
    )

    assert [row.verdict for row in verdicts] == [ERROR, OK]


def test_somebody_in_the_address_book_is_a_duplicate_t33():
    known = Known([KnownPerson(7, "Beate", "Meisterbernd", email="beate@werk.example")])

    row = only(rows("Frau;Beate;Meisterbernd;W;;;Beate@werk.example"), known=known)

    assert (row.verdict, row.known_id) == (DUPLICATE, 7)


def test_a_blocked_person_is_named_as_such_t33():
    known = Known([KnownPerson(7, "Beate", "Meisterbernd", email="b@w.example", is_blocked=True)])

    row = only(rows("Frau;Beate;Meisterbernd;W;;;b@w.example"), known=known)

    assert said(row) == [
        "Same e-mail address and name as Beate Meisterbernd in the address book."
        " Blocked on invitations, and stays so."
    ]


def test_an_address_that_objected_is_left_out_t33():
    row = only(
        rows("Frau;Beate;Meisterbernd;W;;;B@w.example"),
        known=Known(suppressed=frozenset({"b@w.example"})),
    )

    assert row.verdict is Verdict.BLOCKED
    assert said(row) == ["Has objected to invitations and is left out."]


# ---- Places -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("postcode", "city", "ags", "county"),
    [
        ("59846", "Sundern", "05958044", "Hochsauerlandkreis"),
        ("59846", "SUNDERN (sauerland)", "05958044", "Hochsauerlandkreis"),
        ("", "Luedenscheid", "05962032", "Märkischer Kreis"),
        ("59755", "Arnsberg-Neheim", "05958004", "Hochsauerlandkreis"),
        ("58769", "Nachrodt-Wiblingwerde", "05962044", "Märkischer Kreis"),
        ("51103", "Köln", "05315000", "außerhalb Südwestfalens"),
        ("53819", "Neunkirchen-Seelscheid", None, ""),
        ("66538", "Neunkirchen", None, ""),
        ("59821", "Neheim", None, ""),
        ("48143", "Münster", None, "außerhalb Südwestfalens"),
        ("59821", "", None, ""),
    ],
)
def test_the_county_follows_from_the_municipality_never_from_the_postcode(
    postcode, city, ags, county
):
    row = only(rows(f"Frau;A;B;W;{postcode};{city};a@b.example"), places=demo_gazetteer())

    assert (row.person.location.ags, row.person.location.county) == (ags, county)
    assert row.person.location.city == city


def test_a_county_that_contradicts_the_municipality_is_reported():
    text = "Nachname;Ort;Kreis;E-Mail\nA;Olpe;Soest;a@b.example\nB;Olpe;Olpe;b@b.example"

    first, second = judged(text, places=demo_gazetteer())

    assert said(first) == ["The list says Soest, but the municipality belongs to Kreis Olpe."]
    assert second.verdict is OK


# ---- Cells --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("'=1+1", "=1+1"),
        ("'+49 221 1", "+49 221 1"),
        ("'t Hooft", "'t Hooft"),
        ("O'Neil", "O'Neil"),
    ],
)
def test_the_guard_of_an_export_is_taken_off_t31(cell, kept):
    assert only(rows(f"Herr;A;{cell};W;;;a@b.example")).person.name.last == kept


def test_a_telephone_number_is_no_formula_t31():
    row = only(rows("Kahl;+49 (0)221 4710-101;a@b.example", header="Nachname;Telefon;E-Mail"))

    assert (row.verdict, row.person.phone) == (OK, "+49 (0)221 4710-101")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("Kahl\u202egnp.", "Kahlgnp."),
        ("Ka\u0308hl", "Kähl"),
        ("Kahl\x07", "Kahl"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("Null", "Null"),
        ("--", "--"),
        ("Ng", "Ng"),
        ("ẞ", "ẞ"),
    ],
)
def test_names_are_stored_as_people_write_them_t59(cell, kept):
    assert only(rows(f"Herr;A;{cell};W;;;a@b.example")).person.name.last == kept


def test_a_name_of_100_kilobytes_is_an_error_and_a_person_may_have_one_name_t60():
    long, short = judged(rows(f"Herr;A;{'x' * 9000};W;;;a@b.example", ";Lena;;;;;l@b.example"))

    assert long.verdict is ERROR
    assert said(long) == ["“Last name” has more than 200 characters."]
    assert short.verdict is OK


def test_titles_and_form_of_address_find_their_place():
    person = only(rows("Frau Dr.;Dr. Anna;von der Heide;W;;;a@b.example")).person

    assert person.name.form is FormOfAddress.MS
    assert (person.name.title, person.name.first) == ("Dr.", "Anna")


def test_sectors_lists_and_language_are_read():
    person = only(
        rows(
            "Kahl;Hochschulen;VIP | Presse|;englisch;a@b.example",
            header="Nachname;Sektor;Verteiler;Sprache;E-Mail",
        )
    ).person

    assert (person.sector, person.lists, person.locale) == (Sector.SCIENCE, ("VIP", "Presse"), "en")


@pytest.mark.parametrize(
    "address",
    [
        "beate@werk.example",
        "a+b@c.example",
        "b.m@sub.werk.example",
        "x@müller.example",
        "beate@buergerverein-e.-v.example",
    ],
)
def test_addresses_that_mail_can_reach(address):
    assert address_problem(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "beate",
        "beate@",
        "@werk.example",
        "beate@werk",
        "a@b.example; c@d.example",
        "a@b.example c@d.example",
        "a b@c.example",
        "a@b.example\nBcc: x@y.example",
        "a@b..example",
        "x" * 320 + "@b.example",
        '"a b"@c.example',
        "jörg@werk.example",
    ],
)
def test_addresses_that_mail_cannot_reach(address):
    assert address_problem(address) is not None


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("Beate Meisterbernd <beate@werk.example>", "beate@werk.example"),
        ("mailto:beate@werk.example", "beate@werk.example"),
    ],
)
def test_an_address_is_taken_out_of_its_envelope(cell, address):
    assert only(rows(f"Frau;A;B;W;;;{cell}")).person.email == address


def test_a_mailbox_is_the_same_whatever_its_case_and_tag():
    assert mailbox(" Beate+Messe@Werk.example") == mailbox("beate@werk.example")


@pytest.mark.parametrize(
    "odd",
    [
        "a" * 50_000,
        "@" * 50_000,
        "a@" + "b." * 25_000,
        "<" * 50_000,
        "a@" + "-" * 50_000,
        "mailto:" * 7_000,
    ],
)
def test_long_nonsense_takes_no_time_t61(odd):
    def look() -> None:
        address_problem(odd)
        demo_gazetteer().find(odd[:200], "59821")
        judged(rows(f"Frau;A;B;W;;;{odd[:9_999]}"))

    assert is_brief(look)


ODD = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


@given(st.lists(st.tuples(ODD, ODD, ODD, ODD, ODD, ODD, ODD), max_size=5))
def test_every_row_gets_exactly_one_verdict_and_all_but_good_ones_a_reason(cells):
    quoted = [
        ";".join('"' + cell.replace('"', '""').replace("\x00", "") + '"' for cell in row)
        for row in cells
    ]

    verdicts = judged(rows(*quoted), places=demo_gazetteer())

    assert [row.line for row in verdicts] == list(range(2, len(cells) + 2))
    assert all(bool(row.reasons) == (row.verdict is not OK) for row in verdicts)
    assert sum(count_verdicts(verdicts).values()) == len(cells)


@given(
    st.lists(
        st.sampled_from(
            [
                "Frau;Beate;Meisterbernd;W;;;beate@werk.example",
                "Herr;Olaf;Kahl;Werk;;;",
                "Herr;Olaf;Kahl;Werk;;;olaf@werk.example",
                ";;;Werk;;;info@werk.example",
                ";;;;;;x",
            ]
        ),
        max_size=8,
    )
)
def test_what_was_imported_is_a_duplicate_the_second_time_t33(lines):
    imported = [row.person for row in judged(rows(*lines)) if row.is_imported]
    known = Known(
        [
            KnownPerson(
                number,
                each.name.first,
                each.name.last,
                each.organisation,
                each.location.city,
                each.email,
            )
            for number, each in enumerate(imported)
        ]
    )

    assert not any(row.is_imported for row in judged(rows(*lines), known=known))
