"""Entering a programme by hand: what is proposed, nights, and two people at one thing."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from factories import make_contributor, make_event, make_session, make_slot
from flask.testing import FlaskClient
from programme.test_programme_pages import fields, text_of

from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.models import Account
from eventapp.contacts.states import FormOfAddress
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.programme.actions import delete_draft_session
from eventapp.programme.kinds import SessionKind
from eventapp.programme.models import Session
from eventapp.programme.queries import programme_of
from eventapp.programme.states import SessionState

BASE = "/organise/licht/programme"
BERLIN = ZoneInfo("Europe/Berlin")


def on(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.fixture
def event(organiser: Account) -> Event:
    """An evening that ends at two."""
    return make_event(
        organiser.memberships[0].host,
        slug="licht",
        doors_at=on("2027-06-24 18:00"),
        starts_at=on("2027-06-24 18:30"),
        ends_at=on("2027-06-25 02:00"),
    )


def proposed(client: FlaskClient, kind: str) -> dict[str, str]:
    """What the empty form says of time and room."""
    page = client.get(f"{BASE}/new?kind={kind}").text
    values = {
        name: re.search(rf'<input[^>]*id="{name}"[^>]*value="([^"]*)"', page)
        for name in ("day", "starts", "ends")
    }
    room = re.search(r'<select[^>]*id="room".*?</select>', page, re.S)[0]
    chosen = re.search(r'<option selected value="(\d*)"', room)
    return {name: found[1] for name, found in values.items()} | {"room": chosen[1]}


def test_admission_begins_with_the_doors_and_the_rest_with_the_event(client, event):
    assert proposed(client, "registration")["starts"] == "18:00"
    assert proposed(client, "opening")["starts"] == "18:30"


def test_the_next_session_begins_where_the_last_ends_as_long_and_in_its_room(client, event):
    room, foyer = event.venue.rooms[:2]
    make_session(event, kind=SessionKind.BREAK, room=foyer, starts_at=on("2027-06-24 19:00"),
                 ends_at=on("2027-06-24 19:05"))  # fmt: skip
    make_session(event, kind=SessionKind.LECTURE, room=room, starts_at=on("2027-06-24 22:00"),
                 ends_at=on("2027-06-24 23:50"))  # fmt: skip

    night = {"day": "2027-06-24", "starts": "23:50"}
    assert proposed(client, "lecture") == {
        "day": "2027-06-24", "starts": "23:50", "ends": "01:40", "room": str(room.id),
    }  # fmt: skip
    assert proposed(client, "break") == night | {"ends": "23:55", "room": str(foyer.id)}
    assert proposed(client, "keynote") == night | {"ends": "00:10", "room": str(room.id)}


def test_a_round_is_proposed_in_a_room_of_rounds_that_is_free(client, event):
    slot, later = make_slot(event), make_slot(event)
    first, second = event.venue.rooms[:2]
    for room in (first, second):
        make_session(event, kind=SessionKind.TALK_ROUND, slot=slot, room=room)
    make_session(event, kind=SessionKind.TALK_ROUND, slot=later, room=first)

    assert proposed(client, "talk_round")["room"] == str(second.id)


def test_saving_may_lead_straight_to_the_next(client: FlaskClient, event: Event):
    answer = client.post(f"{BASE}/new", data=fields(event, next="1"))

    assert (answer.status_code, answer.location) == (303, f"{BASE}/new")
    assert len(programme_of(event).sessions) == 1


@pytest.mark.parametrize("wish", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_t24_what_the_form_says_of_the_way_on_is_no_address(client, event, wish):
    answer = client.post(f"{BASE}/new?next={wish}", data=fields(event, next=wish))

    assert answer.location == f"{BASE}/new"


@pytest.mark.parametrize(
    ("starts", "ends", "meant"),
    [
        ("23:30", "00:15", ("2027-06-24 23:30", "2027-06-25 00:15")),
        ("00:30", "01:15", ("2027-06-25 00:30", "2027-06-25 01:15")),
        ("19:00", "19:45", ("2027-06-24 19:00", "2027-06-24 19:45")),
        ("01:00", "02:00", ("2027-06-25 01:00", "2027-06-25 02:00")),
    ],
)
def test_t57_at_an_evening_past_midnight_nobody_has_to_think_of_the_date(
    client: FlaskClient, event: Event, starts: str, ends: str, meant: tuple[str, str]
):
    client.post(f"{BASE}/new", data=fields(event, starts=starts, ends=ends))

    [session] = programme_of(event).sessions
    assert (session.starts_at, session.ends_at) == (on(meant[0]), on(meant[1]))


@pytest.mark.parametrize(("starts", "ends"), [("20:00", "19:00"), ("23:30", "03:00")])
def test_t57_an_end_that_lies_outside_the_night_is_a_slip(client, event, starts, ends):
    answer = client.post(f"{BASE}/new", data=fields(event, starts=starts, ends=ends))

    assert answer.status_code == 422
    assert "Das Ende muss nach dem Beginn liegen." in text_of(answer)


def test_a_slot_past_midnight_can_be_renamed(client: FlaskClient, event: Event):
    slot = make_slot(event, starts_at=on("2027-06-24 23:30"), ends_at=on("2027-06-25 00:15"))
    sent = {"name_de": "Nachtrunden", "name_en": "", "day": "2027-06-24", "starts": "23:30",
            "ends": "00:15", "seen": str(slot.version)}  # fmt: skip

    assert client.post(f"{BASE}/slots/{slot.id}", data=sent).status_code == 303

    db.session.refresh(slot)
    assert (slot.name_de, slot.ends_at) == ("Nachtrunden", on("2027-06-25 00:15"))


@pytest.mark.parametrize(
    ("first", "read"),
    [
        ("Frau Dr. Ada", (FormOfAddress.MS, "Dr.", "Ada")),
        ("Prof. Dr.-Ing. Ada", (FormOfAddress.NONE, "Prof. Dr.-Ing.", "Ada")),
        ("Ada Maria", (FormOfAddress.NONE, "", "Ada Maria")),
        ("Anna von der", (FormOfAddress.NONE, "", "Anna von der")),
        ("", (FormOfAddress.NONE, "", "")),
    ],
)
def test_a_title_typed_with_the_first_name_is_understood(client, event, first, read):
    row = {"parts-person": "new", "parts-role": "keynote", "parts-state": "agreed",
           "parts-first": first, "parts-last": "Öhm", "parts-organisation": ""}  # fmt: skip

    client.post(f"{BASE}/new", data=fields(event, **row))

    [person] = programme_of(event).contributors
    assert (person.form_of_address, person.title, person.first_name) == read
    assert person.last_name == "Öhm"


def test_t52_t53_a_stale_slot_shows_both_versions_and_overwrites_nothing(client, event):
    slot = make_slot(event)
    sent = {"name_de": "Meine Runden", "name_en": "", "day": "2027-06-24", "starts": "19:30",
            "ends": "20:15", "seen": str(slot.version)}  # fmt: skip
    client.post(f"{BASE}/slots/{slot.id}", data=sent | {"name_de": "Deine Runden"})

    late = client.post(f"{BASE}/slots/{slot.id}", data=sent)

    assert late.status_code == 409
    assert "Deine Runden" in text_of(late)
    assert 'value="Meine Runden"' in late.text
    db.session.refresh(slot)
    assert slot.name_de == "Deine Runden"


def test_t52_t53_a_stale_person_shows_both_versions_and_overwrites_nothing(client, event):
    person = make_contributor(event, last_name="Öhm")
    sent = {"form_of_address": "", "last_name": "Öhm", "organisation_name": "Mein Haus",
            "seen": str(person.version)}  # fmt: skip
    page = f"{BASE}/people/{person.id}"
    form = client.get(page).text
    sent["form_of_address"] = re.search(r'<option selected value="(\w+)"', form)[1]
    client.post(page, data=sent | {"organisation_name": "Dein Haus"})

    late = client.post(page, data=sent)

    assert late.status_code == 409
    assert "Dein Haus" in text_of(late)
    assert 'value="Mein Haus"' in late.text
    db.session.refresh(person)
    assert person.organisation_name == "Dein Haus"


def test_t52_what_somebody_else_has_deleted_does_not_come_back(client, event):
    session = make_session(event, state=SessionState.DRAFT)
    address = f"{BASE}/{session.id}"
    delete_draft_session(session, by=SYSTEM)

    answer = client.post(address, data=fields(event, seen="1"))

    assert answer.status_code == 404
    assert db.session.query(Session).count() == 0


def test_t54_a_session_in_the_hour_that_is_left_out_is_asked_about(client: FlaskClient, organiser):
    """T-54: on 28 March 2027 the clocks go from two to three."""
    night = make_event(
        organiser.memberships[0].host,
        slug="licht",
        starts_at=on("2027-03-27 20:00"),
        ends_at=on("2027-03-28 05:00"),
    )

    answer = client.post(f"{BASE}/new", data=fields(night, starts="02:15", ends="04:00"))

    assert answer.status_code == 422
    assert "gibt es nicht" in text_of(answer)
    client.post(f"{BASE}/new", data=fields(night, starts="01:30", ends="03:30"))
    [session] = programme_of(night).sessions
    assert session.ends_at - session.starts_at == timedelta(hours=1)
