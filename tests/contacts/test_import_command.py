"""`eventapp import contacts`: verdicts for programs, and the import itself."""

import json
from pathlib import Path

import pytest
from factories import make_contact, make_host
from sqlalchemy import func, select

from eventapp.cli.contacts import import_contacts
from eventapp.contacts.models import Contact
from eventapp.foundation.database import db

FILES = Path(__file__).parent / "files"
DEMO = Path(__file__).parents[2] / "demo" / "contacts.csv"


@pytest.fixture
def run(app):
    def command(*arguments):
        result = app.test_cli_runner().invoke(import_contacts, [str(each) for each in arguments])
        db.session.remove()
        return result

    return command


@pytest.mark.parametrize("name", ["contacts_dirty_cp1252.csv", "contacts_dirty_utf16.txt"])
def test_a_dry_run_prints_the_expected_verdicts_and_finds_faults(run, name):
    expected = json.loads((FILES / "contacts_dirty_expected.json").read_text())

    result = run(FILES / name, "--dry-run", "--json")

    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(row["line"], row["verdict"]) for row in answer["rows"]] == [
        (row["line"], row["verdict"]) for row in expected["expected"]
    ]
    assert answer["counts"] == expected["counts"]
    assert set(answer["rows"][0]) == {"line", "verdict", "reason"}


def test_a_dry_run_for_a_host_knows_its_address_book(run):
    host = make_host()
    make_contact(
        host,
        first_name="Beate",
        last_name="Meisterbernd",
        email="beate.meisterbernd@nordhelle-commerce.example",
    )
    slug = host.slug

    result = run(FILES / "contacts_dirty_cp1252.csv", "--dry-run", "--json", "--host", slug)

    assert json.loads(result.stdout)["counts"]["duplicate"] == 2
    assert db.session.scalar(select(func.count()).select_from(Contact)) == 1


def test_a_good_list_is_imported(run):
    make_host()

    result = run(DEMO)

    assert result.exit_code == 0
    assert result.stdout.endswith("0 error, 0 duplicate, 0 skip\n")
    assert db.session.scalar(select(func.count()).select_from(Contact)) == 180


def test_columns_that_are_left_out_are_named_once_beside_the_output(run, tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text(
        "Nachname;E-Mail;Hobby\n" + "".join(f"N{n};n{n}@b.example;x\n" for n in range(20))
    )

    result = run(file, "--dry-run")

    assert result.stderr.count("Hobby") == 1
    assert result.stdout == "20 ok, 0 warning, 0 error, 0 duplicate, 0 skip\n"


def test_a_broken_file_is_refused_with_its_reason(run):
    make_host()

    result = run(FILES / "contacts_dirty_mojibake.csv", "--dry-run", "--json")

    assert result.exit_code == 1
    assert "NÃ¼sperling" in json.loads(result.stdout)["refused"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-file.csv",),
        (DEMO, "--host", "nobody"),
        (DEMO, "--colour"),
        (DEMO,),
    ],
)
def test_wrong_use_is_told_apart_from_faults(run, arguments):
    assert run(*arguments).exit_code == 2
