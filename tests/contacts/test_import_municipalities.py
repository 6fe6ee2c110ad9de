"""The region's municipalities come in from a file; the county of a contact follows from them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factories import make_contact, make_host, make_municipality
from flask import Flask

from eventapp.cli.municipalities import import_municipalities
from eventapp.contacts import queries
from eventapp.contacts.actions import ensure_municipalities, import_staged, stage_import
from eventapp.contacts.models import Contact
from eventapp.contacts.region import read_municipalities
from eventapp.foundation.database import db

HEADER = "AGS;Gemeinde;Kreis;PLZ (Hauptort)\n"


COUNTIES = {
    "05958": "Hochsauerlandkreis",
    "05962": "Märkischer Kreis",
    "05966": "Kreis Olpe",
    "05970": "Kreis Siegen-Wittgenstein",
    "05974": "Kreis Soest",
}


@pytest.fixture
def imported(app: Flask, tmp_path: Path):
    def run(text: str, *options: str) -> Result:
        file = tmp_path / "gemeinden.csv"
        file.write_text(text, encoding="utf-8-sig")
        return CliRunner().invoke(import_municipalities, [str(file), *options])

    return run


def test_a_second_list_corrects_the_first_and_removes_nobody(imported):
    imported(HEADER + "05958004;Arnsberg;Hochsauerlandkreis;59821\n05974040;Soest;Kreis;59494\n")

    result = imported(HEADER + "05974040;Soest;Kreis Soest;59494\n")

    assert result.exit_code == 0
    assert {one.name: one.county for one in queries.municipalities()} == {
        "Arnsberg": "Hochsauerlandkreis",
        "Soest": "Kreis Soest",
    }


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (HEADER + "5958004;Arnsberg;Hochsauerlandkreis;59821\n", 1),
        ("Gemeinde;Kreis\nArnsberg;Hochsauerlandkreis\n", 2),
    ],
)
def test_a_list_without_keys_is_refused_and_changes_nothing(imported, text, status):
    result = imported(text)

    assert result.exit_code == status
    assert list(queries.municipalities()) == []


def test_the_list_that_comes_along_is_sound():
    entries = read_municipalities()

    assert len({entry.ags for entry in entries}) == len(entries) == 63
    assert all(entry.is_valid for entry in entries)
    inside = [entry for entry in entries if entry.ags[:5] in COUNTIES]
    assert {(entry.ags[:5], entry.county) for entry in inside} == set(COUNTIES.items())
    assert len(inside) == 59


def test_a_new_installation_knows_the_counties_without_anybody_asking(app):
    ensure_municipalities()
    content = b"Nachname;Ort\nMeier;Sundern\nKahl;Hamburg"

    import_staged(
        stage_import(make_host(), filename="x.csv", content=content, actor="test"), actor="test"
    )

    counties = dict(db.session.execute(db.select(Contact.last_name, Contact.county)).all())
    assert counties == {"Meier": "Hochsauerlandkreis", "Kahl": "außerhalb Südwestfalens"}


def test_a_list_of_ones_own_is_left_alone(app):
    make_municipality()

    ensure_municipalities()

    assert len(queries.municipalities()) == 1


def test_without_a_file_the_list_that_comes_along_is_taken(app):
    result = CliRunner().invoke(import_municipalities, [])

    assert result.output == "63 municipalities\n"


def test_another_region_replaces_the_list_and_keeps_what_contacts_refer_to(app, imported):
    ensure_municipalities()
    make_contact(make_host(), municipality_ags="05974040")

    result = imported(HEADER + "09162000;München;Kreisfreie Stadt;80331\n", "--replace")

    assert result.exit_code == 0
    assert "still referred to, so they stay: Soest" in result.output
    assert [one.name for one in queries.municipalities()] == ["Soest", "München"]
