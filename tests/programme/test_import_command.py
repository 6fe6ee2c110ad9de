"""`eventapp import programme`."""

import json

import pytest
from click.testing import CliRunner, Result
from factories import make_event
from programme.foreign_files import FILES
from programme.programmes import DEMO, as_bytes, demo_file

from eventapp.cli.programme import import_programme
from eventapp.events.models import Event
from eventapp.programme.exchange import read_programme
from eventapp.programme.queries import programme_of


@pytest.fixture
def event(app) -> Event:
    entry = read_programme(DEMO.read_bytes()).event
    return make_event(
        slug="digital", starts_at=entry.starts_at, ends_at=entry.ends_at, doors_at=entry.doors_at
    )


@pytest.fixture
def run(app):
    def run(*arguments: object) -> Result:
        with app.test_request_context():
            return CliRunner().invoke(import_programme, [str(each) for each in arguments])

    return run


def test_a_good_file_comes_in_with_a_word_about_it(event, run):
    result = run(DEMO, "--event", "digital")

    assert result.exit_code == 0
    assert "45 added, 0 changed, 1 unchanged" in result.stdout
    assert len(programme_of(event).sessions) == 18


def test_a_dry_run_says_it_for_machines_and_keeps_nothing(event, run):
    result = run(DEMO, "--event", "digital", "--dry-run", "--json")

    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert answer["counts"] == {"added": 45, "changed": 0, "unchanged": 1}
    assert answer["rows"][-1] == {"entry": "sessions P12", "verdict": "added"}
    assert (answer["conflicts"], answer["faults"]) == ([], [])
    assert programme_of(event).sessions == []


def test_a_file_with_faults_is_refused_with_all_of_them(event, run, tmp_path):
    programme = demo_file()
    programme["sessions"][0].pop("title")
    programme["sessions"][1]["room"] = "R9"
    (tmp_path / "bad.json").write_bytes(as_bytes(programme))

    result = run(tmp_path / "bad.json", "--event", "digital", "--json", "--language", "en")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["faults"] == [
        {"entry": "sessions P01", "field": "title", "reason": "This is missing."},
        {"entry": "sessions P02", "field": "room", "reason": "“R9” is not in this file."},
    ]
    assert programme_of(event).sessions == []


def test_a_programme_with_a_hard_conflict_comes_in_as_drafts_and_says_so(event, run, tmp_path):
    programme = demo_file()
    next(each for each in programme["sessions"] if each["id"] == "T5")["room"] = "R2"
    (tmp_path / "clash.json").write_bytes(as_bytes(programme))

    result = run(tmp_path / "clash.json", "--event", "digital", "--language", "en")

    assert result.exit_code == 1
    assert "hard room_overlap: Akademie 1 is booked twice at 17:45–18:30: T4 and T5." in (
        result.stdout
    )
    assert len(programme_of(event).sessions) == 18


@pytest.mark.parametrize(
    "arguments",
    [
        (DEMO, "--event", "nowhere"),
        (DEMO,),
        ("missing.json", "--event", "digital"),
    ],
)
def test_wrong_use_is_told_apart(event, run, arguments):
    assert run(*arguments).exit_code == 2


def test_a_schedule_xml_comes_in_with_a_report_of_everything_odd(event, run):
    fair = FILES / "fair.schedule.xml"

    result = run(fair, "--event", "digital", "--json", "--language", "en")

    answer = json.loads(result.stdout)
    assert (answer["format"], answer["counts"]["added"]) == ("schedule.xml", 4 + 1 + 2)
    assert {
        "entry": "“Why quinces ripen” (102)",
        "field": "Identifier",
        "found": "kein-guid",
        "made": "No valid guid, but good enough to know the session again.",
    } in answer["remarks"]
    assert len(programme_of(event).sessions) == 4


def test_the_report_is_told_in_words_as_well_and_what_is_missing(event, run, tmp_path):
    run(FILES / "fair.schedule.xml", "--event", "digital")

    result = run(FILES / "fair.schedule.json", "--event", "digital", "--dry-run")

    assert "0 added, 0 changed" in result.stdout
    assert "Nicht mehr in der Datei, bleibt, wie es ist: „Schlafenszeit“" in result.stdout


def test_a_whole_programme_can_be_moved_to_a_day(event, run):
    run(FILES / "fair.schedule.xml", "--event", "digital", "--first-day", "2027-07-01")

    days = {each.starts_at.date().isoformat() for each in programme_of(event).sessions}
    assert days == {"2027-07-01"}
