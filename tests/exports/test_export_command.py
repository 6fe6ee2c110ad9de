"""`eventapp export attendees`, as a person or a script calls it."""

import json

import openpyxl
import pytest
from click.testing import CliRunner
from factories import make_event, make_registration
from flask.cli import ScriptInfo

from eventapp.cli.exports import export_attendees
from eventapp.registrations.states import RegistrationState


@pytest.fixture
def run(app):
    def call(*arguments):
        info = ScriptInfo(create_app=lambda: app)
        return CliRunner().invoke(export_attendees, [str(one) for one in arguments], obj=info)

    return call


@pytest.fixture
def event(app):
    event = make_event(slug="licht")
    make_registration(event, last_name="Müßig", title="Dr.")
    make_registration(event, last_name="Wartet", state=RegistrationState.WAITING)
    return event


def test_the_list_goes_to_standard_output(run, event):
    ended = run("licht", "--format", "csv", "--columns", "host")

    assert ended.exit_code == 0
    assert ended.stdout_bytes.decode("utf-8-sig") == (
        "Nachname;Vorname;Organisation\r\nMüßig;Claudia;IT-Kontor Lippe\r\n"
    )


def test_json_is_for_programs(run, event):
    ended = run("licht", "--format", "json", "--guests", "all")

    assert [row["state"] for row in json.loads(ended.stdout)] == ["confirmed", "waiting"]


def test_xlsx_goes_into_a_file(run, event, tmp_path):
    target = tmp_path / "liste.xlsx"

    ended = run("licht", "--format", "xlsx", "--columns", "door", "-o", target)

    assert ended.exit_code == 0
    assert ended.stdout == ""
    assert openpyxl.load_workbook(target).active["B2"].value == "Müßig"


def test_headings_are_english_on_demand(run, event):
    ended = run("licht", "--columns", "host", "--language", "en")

    assert ended.stdout_bytes.decode("utf-8-sig").startswith("Last name;First name;")


def test_an_unknown_event_is_wrong_use(run, event):
    ended = run("unbekannt")

    assert ended.exit_code == 2
    assert "there is no event unbekannt" in ended.output
