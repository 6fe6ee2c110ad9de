"""The region's municipalities come in from a file; the county of a contact follows from them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from eventapp.cli.municipalities import import_municipalities
from eventapp.contacts import queries

HEADER = "AGS;Gemeinde;Kreis;PLZ (Hauptort)\n"


@pytest.fixture
def imported(app: Flask, tmp_path: Path):
    def run(text: str) -> Result:
        file = tmp_path / "gemeinden.csv"
        file.write_text(text, encoding="utf-8-sig")
        return CliRunner().invoke(import_municipalities, [str(file)])

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
