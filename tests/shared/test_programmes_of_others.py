"""Programmes of real conferences, taken over as a whole. They stay outside the project."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from factories import make_event
from programme.foreign_files import on_the_clock

from eventapp.accounts.audit import SYSTEM
from eventapp.programme.actions import import_programme
from eventapp.programme.foreign import Target, read_any
from eventapp.programme.receiving import read_for

FOLDER = Path(__file__).parents[3] / "shared" / "real"
WINTER = Target("Europe/Berlin", date(2014, 12, 27), date(2014, 12, 30))
CONGRESS = "ccc-31c3-schedule.xml"
CAMP = "voc-frab-camp2019.schedule.json"
TOWN_HALL = "c3voc-schedule-example-de.xlsx"
ALL = [CONGRESS, CAMP, TOWN_HALL, "sendezentrum_31C3.csv", "camp99.csv"]


def content_of(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "sessions", "rooms", "people"),
    [
        (CONGRESS, 138, 4, 197),
        (CAMP, 79, 2, 90),
        (TOWN_HALL, 13, 2, 15),
        ("sendezentrum_31C3.csv", 20, 0, 29),
        ("camp99.csv", 32, 1, 30),
    ],
)
def test_each_session_room_and_person_of_a_file_is_found(name, sessions, rooms, people):
    document = read_any(content_of(name), WINTER).document

    assert [len(each) for each in (document.sessions, document.rooms, document.speakers)] == [
        sessions,
        rooms,
        people,
    ]


def test_the_congress_keeps_its_nights_and_its_odd_guids():
    reading = read_any(content_of(CONGRESS), WINTER)

    nights = [each for each in reading.document.sessions
              if on_the_clock(each.starts_at)[7:9] in {"00", "01", "02", "03"}]  # fmt: skip
    told = [each.made.msgid for each in reading.remarks]
    no_guid = len(re.findall(rb"guid='(?![0-9a-f]{8}-)", content_of(CONGRESS)))
    assert sum(text.startswith("After midnight") for text in told) == len(nights) == 4
    assert sum(text.startswith("No valid guid") for text in told) == no_guid == 112


def test_the_hall_of_a_city_is_read_from_its_workbook():
    reading = read_any(content_of(TOWN_HALL), WINTER)

    first, *_, last = reading.document.sessions
    assert (on_the_clock(first.starts_at), on_the_clock(last.starts_at)) == (
        "27.10. 09:00",
        "27.10. 16:45",
    )
    assert {each.title for each in reading.document.speakers} >= {"Dr.", "Prof."}
    assert all(each.organisation or each.position or " " in each.name
               for each in reading.document.speakers)  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_a_real_programme_comes_in_and_the_second_time_changes_nothing(app, name):
    starts_at = datetime(2014, 12, 27, 10, tzinfo=UTC)
    event = make_event(starts_at=starts_at, ends_at=starts_at + timedelta(days=4))
    content = content_of(name)

    first = import_programme(event, read_for(event, content).document, by=SYSTEM)
    again = import_programme(event, read_for(event, content).document, by=SYSTEM)

    assert first.counts["added"] == len(first.rows)
    assert again.counts["unchanged"] == len(again.rows) == len(first.rows)
    assert again.missing == ()
