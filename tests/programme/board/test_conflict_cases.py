"""The demo's conflict cases, made by hand on the board and in forms (C11 needs seats)."""

import re
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from factories import make_event, moment
from programme.board.test_board import SCRIPT, table
from programme.programmes import CASES, DEMO
from werkzeug.datastructures import MultiDict

from eventapp.accounts.audit import SYSTEM
from eventapp.foundation.database import db
from eventapp.programme.actions import import_programme
from eventapp.programme.exchange import ROLES, STATES, read_programme
from eventapp.programme.queries import programme_of

BASE = "/organise/licht/programme"
BERLIN = ZoneInfo("Europe/Berlin")
BY_ID = {case["id"]: case["patch"].split(" ", 2) for case in CASES}
ON_THE_BOARD = {
    "C5": "Akademie 1 ist 17:45–18:30 Uhr doppelt belegt: T4 und T5.",
    "C7": "Kampschulte-Öhm",
    "C9": "„Netzwerken und Imbiss“ (Foyer) endet 22:30 Uhr",
}
IN_THE_FORM = {
    "C1": "Kappelströd",
    "C2": "Überwasser-Kröger",
    "C3": "Ummelmannsen",
    "C4": "T4 (Akademie 1)",
    "C6": "60 Plätze",
    "C10": "Notizheimer",
    "C13": "Düppelmann",
}
REFUSED_THERE = {
    "C8": "Das Ende muss nach dem Beginn liegen",
    "C12": "Bertold Quastenrath-Sünkel",
}


@pytest.fixture
def event(organiser):
    starts_at = moment("2027-06-24 13:30")
    event = make_event(
        organiser.memberships[0].host,
        slug="licht",
        starts_at=starts_at,
        doors_at=moment("2027-06-24 13:00"),
        ends_at=moment("2027-06-24 19:00"),
    )
    import_programme(event, read_programme(DEMO.read_bytes()), by=SYSTEM)
    return event


def words(text):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def session(event, key):
    db.session.expire_all()
    return next(one for one in programme_of(event).sessions if one.key == key)


def wall(moment):
    return moment.astimezone(BERLIN).strftime("%H:%M")


def filled(row):
    """The form as it stands, to be changed at one place."""
    fields = MultiDict(
        {
            "seen": row.version,
            "kind": row.kind.value,
            "key": row.key,
            "day": row.event.starts_on.isoformat(),
            "starts": wall(row.starts_at),
            "ends": wall(row.ends_at),
            "slot": row.slot_id or "",
            "room": row.room_id or "",
            "capacity": row.capacity or "",
            "parts-sent": "1",
        }
        | {name: getattr(row, name) for name in ("title_de", "title_en", "teaser_de", "teaser_en")}
    )
    if row.public:
        fields["public"] = "y"
    for part in row.contributions:
        person(fields, part.contributor_id, part.role, part.state)
    return fields


def person(fields, number, role, state):
    fields.add("parts-person", number)
    fields.add("parts-role", role.value)
    fields.add("parts-state", state.value)


def without(fields, number):
    """The same without somebody."""
    columns = [fields.poplist(f"parts-{name}") for name in ("person", "role", "state")]
    for row in [row for row in zip(*columns, strict=True) if row[0] != number]:
        for name, value in zip(("person", "role", "state"), row, strict=True):
            fields.add(f"parts-{name}", value)


def saved(client, event, key, change):
    row = session(event, key)
    fields = filled(row)
    change(fields)
    return client.post(f"{BASE}/{row.id}", data=fields)


def patch_form(client, event, case):
    """What a case asks for, in the form of the session; gives the answer."""
    target, operator, value = BY_ID[case]
    key, field = target.split(".")
    people = {one.key: one.id for one in programme_of(event).contributors}
    agreed = STATES["zugesagt"]
    if field == "status":
        row = session(event, "T4")
        part = next(one for one in row.contributions if one.contributor_id == people[key])
        saved(client, event, "T4", lambda fields: without(fields, people[key]))
        return saved(
            client,
            event,
            "T4",
            lambda fields: person(fields, people[key], part.role, STATES[value]),
        )
    changes = {
        "capacity =": lambda fields: fields.setlist("capacity", [value]),
        "end =": lambda fields: fields.setlist("ends", [value]),
        "people -=": lambda fields: without(fields, people[value]),
        "protocol =": lambda fields: person(fields, people[value], ROLES["protokoll"], agreed),
        "people +=": lambda fields: person(
            fields, people[value.split("/")[0]], ROLES[value.split("/")[1].lower()], agreed
        ),
    }
    return saved(client, event, key, changes[f"{field} {operator}"])


def test_every_case_is_made_somewhere():
    assert {*ON_THE_BOARD, *IN_THE_FORM, *REFUSED_THERE, "C11"} == set(BY_ID)


@pytest.mark.parametrize("case", ON_THE_BOARD)
def test_a_case_made_on_the_board_is_named_there(client, event, case):
    target, _operator, value = BY_ID[case]
    key, field = target.split(".")
    row = session(event, key)
    rooms = {"R2": "Akademie 1"}
    room = next((r.id for r in programme_of(event).rooms if r.name == rooms.get(value)), None)
    ends = row.ends_at
    if field == "end":
        hour, minute = map(int, value.split(":"))
        ends = ends.astimezone(BERLIN).replace(hour=hour, minute=minute)
    fields = table(event) | {
        "session": row.id,
        "seen": row.version,
        "starts": int(row.starts_at.timestamp()),
        "ends": int(ends.timestamp()),
        "room": room or row.room_id,
        "gesture": "pull",
    }

    answer = client.post(f"{BASE}/board/move", data=fields, headers=SCRIPT)

    assert answer.status_code == 200
    assert ON_THE_BOARD[case] in answer.json["said"]
    assert ON_THE_BOARD[case] in words(answer.json["troubles"])
    assert str(row.id) in answer.json["cards"]


@pytest.mark.parametrize("case", IN_THE_FORM)
def test_a_case_made_in_the_form_is_named_on_the_board(client, event, case):
    assert patch_form(client, event, case).status_code == 303

    page = client.get(f"{BASE}/grid").text
    troubles = page.split("data-board-troubles")[1]
    assert IN_THE_FORM[case] in words(troubles)
    assert "block--bad" in page or "block--hint" in page


@pytest.mark.parametrize("case", REFUSED_THERE)
def test_a_case_that_no_form_lets_through_is_named_at_its_field(client, event, case):
    answer = patch_form(client, event, case)

    assert answer.status_code != 303
    assert REFUSED_THERE[case] in words(answer.text)
