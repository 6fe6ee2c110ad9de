"""What is told of real programmes, against the files themselves.

The files are counted here a second time with the standard library alone, and the figures that a
person checked stand beside it: the report must say neither more nor less than what is in the file.
"""

import csv
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import parse

import openpyxl
import pytest
from click.testing import CliRunner
from factories import make_event

from eventapp.accounts.audit import SYSTEM
from eventapp.cli.programme import import_programme as by_command
from eventapp.events.models import Event
from eventapp.programme.actions import import_programme
from eventapp.programme.checking import conflicts_in
from eventapp.programme.queries import programme_of
from eventapp.programme.receiving import read_for

FOLDER = Path(__file__).parents[3] / "shared" / "real"
CONGRESS = "ccc-31c3-schedule.xml"
CAMP = "voc-frab-camp2019.schedule.json"
TOWN_HALL = "c3voc-schedule-example-de.xlsx"
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class Raw:
    """A session as it stands in the file."""

    room: str
    starts_at: datetime
    minutes: int
    guid: str
    people: tuple[tuple[str, str], ...]

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def overlaps(self, other: "Raw") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")[:2]
    return int(hours) * 60 + int(minutes)


def congress() -> list[Raw]:
    """The entries of the XML file."""
    return [
        Raw(
            room.get("name"),
            datetime.fromisoformat(each.findtext("date")),
            _minutes(each.findtext("duration")),
            each.get("guid"),
            tuple((person.get("id"), person.text) for person in each.findall("persons/person")),
        )
        for room in parse(FOLDER / CONGRESS).getroot().iter("room")
        for each in room.findall("event")
    ]


def camp() -> list[Raw]:
    """The entries of the JSON file."""
    conference = json.loads((FOLDER / CAMP).read_bytes())["schedule"]["conference"]
    return [
        Raw(
            room,
            datetime.fromisoformat(each["date"]),
            _minutes(each["duration"]),
            each["guid"],
            tuple((str(person["id"]), person["public_name"]) for person in each["persons"]),
        )
        for day in conference["days"]
        for room, entries in day["rooms"].items()
        for each in entries
    ]


def room_twice(entries: list[Raw]) -> int:
    return sum(one.room == other.room and one.overlaps(other)
               for one, other in combinations(entries, 2))  # fmt: skip


def person_twice(entries: list[Raw]) -> int:
    return sum(
        len({number for number, _ in one.people} & {number for number, _ in other.people})
        for one, other in combinations(entries, 2)
        if one.overlaps(other)
    )


def numbers_by_name(entries: list[Raw]) -> list[set[str]]:
    """The numbers that go by one name, however it is spaced and in whatever case."""
    found = defaultdict(set)
    for each in entries:
        for number, name in each.people:
            found[" ".join(name.casefold().split())].add(number)
    return list(found.values())


def told_of(event: Event, name: str) -> tuple[Counter[str], Counter[str]]:
    """What the report says by its sentence, and the hard conflicts once it is taken over."""
    reading = read_for(event, (FOLDER / name).read_bytes())
    import_programme(event, reading.document, by=SYSTEM)
    conflicts = Counter(each.rule.value for each in conflicts_in(programme_of(event)))
    return Counter(remark.made.msgid for remark in reading.remarks), conflicts


def at(first: date, days: int) -> Event:
    starts_at = datetime(first.year, first.month, first.day, 5, tzinfo=UTC)
    return make_event(starts_at=starts_at, ends_at=starts_at + timedelta(days=days), doors_at=None)


def of(told: Counter[str], begins: str) -> int:
    """How often a sentence is said that begins like this."""
    return sum(times for sentence, times in told.items() if sentence.startswith(begins))


def test_the_congress_is_told_as_it_is(app):
    entries = congress()
    told, conflicts = told_of(at(date(2014, 12, 27), 4), CONGRESS)

    odd_guids = sum(not UUID.fullmatch(each.guid) for each in entries)
    nights = sum(each.starts_at.hour < 6 for each in entries)
    merged = sum(len(numbers) > 1 for numbers in numbers_by_name(entries))
    assert (len(entries), odd_guids, nights, merged) == (138, 112, 4, 1)
    assert of(told, "No valid guid") == odd_guids
    assert of(told, "After midnight") == nights
    assert of(told, "Stands in the file as two persons") == merged
    assert of(told, "The event's place has no such room") == len({one.room for one in entries}) == 4
    assert (room_twice(entries), person_twice(entries)) == (0, 2)
    assert conflicts == {"speaker_overlap": person_twice(entries)}


def test_the_camp_is_told_as_it_is(app):
    entries = camp()
    told, conflicts = told_of(at(date(2019, 8, 21), 5), CAMP)

    alike = sum(len(numbers) > 1 for numbers in numbers_by_name(entries))
    assert (len(entries), alike) == (79, 1)
    assert all(UUID.fullmatch(each.guid) for each in entries)
    assert of(told, "No valid guid") == 0
    assert of(told, "Two persons of the file have this name") == alike
    assert of(told, "The event's place has no such room") == len({one.room for one in entries}) == 2
    assert (room_twice(entries), person_twice(entries)) == (0, 0)
    assert conflicts == {}


@pytest.mark.filterwarnings("ignore:Unknown extension")
def test_the_town_hall_is_told_as_it_is(app):
    sheet = openpyxl.load_workbook(FOLDER / TOWN_HALL).active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    told, conflicts = told_of(at(date(2016, 10, 27), 1), TOWN_HALL)

    names = {cell.partition(",")[0].strip() for row in rows for cell in row[9:] if cell}
    assert (len(rows), len({row[0] for row in rows}), len(names)) == (13, 2, 15)
    assert of(told, "Nobody says how long") == len(rows)  # the workbook has no ends
    assert of(told, "The event's place has no such room") == 2
    assert of(told, "None of these days") == 0
    assert conflicts == {}


def test_a_list_that_puts_two_talks_into_one_room_says_so(app):
    with (FOLDER / "camp99.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told, conflicts = told_of(at(date(1999, 8, 6), 3), "camp99.csv")

    at_once = Counter((row["day"], row["start_hour"], row["room"]) for row in rows)
    doubles = sum(times * (times - 1) // 2 for times in at_once.values())
    assert (len(rows), doubles) == (32, 14)
    assert conflicts == {"room_overlap": doubles}
    assert of(told, "Nobody says how long") == len(rows)
    assert of(told, "A weekday without a date") == len({row["day"] for row in rows}) == 3


def test_a_list_with_gaps_says_so(app):
    with (FOLDER / "sendezentrum_31C3.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    told, _conflicts = told_of(at(date(2014, 12, 27), 4), "sendezentrum_31C3.csv")

    unsaid = {"", "tbd"}
    nothing = sum(row[4].strip() in unsaid and row[5].strip() in unsaid for row in rows)
    untitled = sum(row[5].strip() in unsaid for row in rows) - nothing
    endless = sum(row[3].strip() in unsaid for row in rows)
    assert (len(rows), nothing, untitled, endless) == (21, 1, 2, 1)
    assert of(told, "A row without a title") == nothing
    assert of(told, "No title;") == untitled
    assert of(told, "Nobody says how long") == endless
    assert of(told, "The file names no rooms") == 1


@pytest.mark.parametrize("name", [CONGRESS, CAMP, TOWN_HALL])
def test_the_command_taken_twice_changes_nothing_the_second_time(app, name):
    event = at(date(2014, 12, 27), 4)
    command = [str(FOLDER / name), "--event", event.slug, "--json"]

    with app.test_request_context():
        first = json.loads(CliRunner().invoke(by_command, command).stdout)["counts"]
        uids = {session.uid for session in programme_of(event).sessions}
        again = json.loads(CliRunner().invoke(by_command, command).stdout)["counts"]

    assert first["added"] > 0
    assert again == {"added": 0, "changed": 0, "unchanged": first["added"]}
    assert {session.uid for session in programme_of(event).sessions} == uids
