"""Several talk rounds at once: one slot, one form, one row a round."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from factories import (
    make_contributor,
    make_event,
    make_session,
    make_slot,
)
from flask.testing import FlaskClient
from programme.test_programme_pages import text_of

from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.models import Account
from eventapp.contacts.states import FormOfAddress
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.errors import Invalid
from eventapp.programme.actions import NewRound, SlotChange, add_rounds
from eventapp.programme.forms.names import read_people
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Contributor, Session, Slot
from eventapp.programme.queries import programme_of
from eventapp.programme.states import ContributorState, SessionState

PAGE = "/organise/licht/programme/rounds"


@pytest.fixture
def event(organiser: Account) -> Event:
    return make_event(organiser.memberships[0].host, slug="licht")


def sent(event: Event, *rows: dict[str, str], **given: str) -> dict[str, object]:
    """The form as a browser sends it, with a slot of its own."""
    usual = {
        "slot": "new", "name_de": "Talk-Runden I", "name_en": "", "starts": "16:50",
        "ends": "17:35", "day": event.starts_on.isoformat(), "rounds-sent": "1",
    }  # fmt: skip
    columns = ("title", "room", "places", "moderation", "inputs", "protocol")
    return usual | {
        f"rounds-{name}": [row.get(name, "") for row in rows] for name in columns
    } | given  # fmt: skip


def rooms_of(event: Event) -> list[str]:
    return [str(room.id) for room in event.venue.rooms]


def cast(session: Session) -> list[tuple[str, Role]]:
    return [(one.contributor.full_name, one.role) for one in session.contributions]


def test_a_slot_and_its_rounds_are_made_in_one_step(client: FlaskClient, event: Event):
    known = make_contributor(event, first_name="Sönke", last_name="Vaßholz")
    first, second = rooms_of(event)[:2]

    answer = client.post(PAGE, data=sent(
        event,
        {"title": "Fachkräfte", "room": first, "places": "20",
         "moderation": "soenke vassholz", "inputs": "Frau Dr. Ada Öhm (Akademie), Cem Nolte"},
        {"title": "Start-ups", "room": second, "protocol": "Cem Nolte"},
        {},
        agreed="y",
    ))  # fmt: skip

    assert (answer.status_code, answer.location) == (303, "/organise/licht/programme")
    whole = programme_of(event)
    [slot] = whole.slots
    one, two = whole.sessions
    assert (one.title_de, one.key, one.kind, one.state) == (
        "Fachkräfte", "T1", SessionKind.TALK_ROUND, SessionState.DRAFT,
    )  # fmt: skip
    assert (one.slot_id, one.starts_at, one.ends_at) == (slot.id, slot.starts_at, slot.ends_at)
    assert (one.capacity, two.capacity) == (20, event.venue.rooms[1].capacity)
    assert cast(one) == [
        (known.full_name, Role.MODERATION),
        ("Dr. Ada Öhm", Role.INPUT),
        ("Cem Nolte", Role.INPUT),
    ]
    assert cast(two) == [("Cem Nolte", Role.PROTOCOL)]
    assert {part.state for part in one.contributions} == {ContributorState.AGREED}
    assert len(whole.contributors) == 3
    [ada] = (each for each in whole.contributors if each.last_name == "Öhm")
    assert (ada.form_of_address, ada.organisation_name) == (FormOfAddress.MS, "Akademie")


def test_rounds_come_into_a_slot_that_is_there(client: FlaskClient, event: Event):
    slot = make_slot(event)

    client.post(PAGE, data=sent(event, {"title": "Dörfer"}, slot=str(slot.id), starts="", ends=""))

    [session] = programme_of(event).sessions
    assert (session.slot_id, session.starts_at) == (slot.id, slot.starts_at)
    assert db.session.query(Slot).count() == 1


def test_the_form_sent_twice_adds_nothing_the_second_time(client: FlaskClient, event: Event):
    data = sent(event, {"title": "Dörfer"}, {"title": "Pflege"})
    client.post(PAGE, data=data)

    again = client.post(PAGE, data=data)

    assert again.status_code == 422
    assert "Diese Runde gibt es in dem Zeitfenster schon." in text_of(again)
    assert (db.session.query(Session).count(), db.session.query(Slot).count()) == (2, 1)


def test_a_faulty_row_keeps_all_of_them_out_and_nothing_is_lost(client: FlaskClient, event: Event):
    room = rooms_of(event)[0]
    rows = (
        {"title": "Gut", "room": room},
        {"title": "", "moderation": "Ada Öhm", "places": "viele", "room": room},
        {"title": "x" * 201, "room": "999999", "protocol": "Ada Öhm; Ada Oehm"},
    )

    answer = client.post(PAGE, data=sent(event, *rows))

    said = text_of(answer)
    assert answer.status_code == 422
    for sentence in (
        "Bitte geben Sie an, wie diese Runde heißt.",
        "In diesem Raum ist schon Runde 1.",
        "Bitte geben Sie eine Zahl von 1 bis",
        "Bitte höchstens 200 Zeichen.",
        "Bitte wählen Sie einen Raum aus der Liste.",
        "Jemand steht hier zweimal.",
    ):
        assert said.count(sentence) == 2  # in the summary and at the field
    for kept in ("Gut", "Ada Öhm", "viele", "Ada Öhm; Ada Oehm"):
        assert f'value="{kept}"' in answer.text
    assert (db.session.query(Session).count(), db.session.query(Contributor).count()) == (0, 0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_de": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"starts": "17:00", "ends": "16:00"}, "Das Ende muss nach dem Beginn liegen."),
        ({"starts": "25:00"}, "Bitte geben Sie eine Uhrzeit an"),
        ({"slot": "999999"}, ""),
    ],
)
def test_a_faulty_slot_is_said_at_its_field(client: FlaskClient, event: Event, wrong, said):
    answer = client.post(PAGE, data=sent(event, {"title": "Gut"}, **wrong))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert db.session.query(Slot).count() == 0


def test_without_a_round_nothing_is_made(client: FlaskClient, event: Event):
    answer = client.post(PAGE, data=sent(event, {"room": rooms_of(event)[0], "places": "12"}))

    assert answer.status_code == 422
    assert "Bitte tragen Sie mindestens eine Runde ein." in text_of(answer)
    assert db.session.query(Slot).count() == 0


@pytest.mark.parametrize(("wish", "titles"), [("add", ["A", "B", ""]), ("remove-0", ["B"])])
def test_rows_are_added_and_removed_without_a_script(client, event, wish, titles):
    answer = client.post(PAGE, data=sent(event, {"title": "A"}, {"title": "B"}, arrange=wish))

    found = re.findall(r'name="rounds-title" value="([^"]*)"', answer.text)
    assert (answer.status_code, found) == (200, titles)
    assert db.session.query(Session).count() == 0


def test_the_next_slot_is_proposed_after_the_last_with_its_rooms(client, event):
    slot = make_slot(event)
    room = event.venue.rooms[1]
    make_session(event, kind=SessionKind.TALK_ROUND, slot=slot, room=room,
                 starts_at=slot.starts_at, ends_at=slot.ends_at)  # fmt: skip

    page = client.get(PAGE).text

    zone = ZoneInfo(event.zone)
    assert f'value="{slot.ends_at.astimezone(zone):%H:%M}"' in page
    assert 'value="Talk-Runden II"' in page
    assert page.count(f'<option value="{room.id}" selected>') == 1


def test_a_slot_may_run_past_midnight(client: FlaskClient, event: Event):
    """T-57."""
    late = datetime.combine(
        event.starts_on + timedelta(days=1), datetime.min.time(), ZoneInfo(event.zone)
    ).astimezone(UTC)
    with_night = make_event(event.host, slug="nacht", starts_at=event.starts_at,
                            ends_at=late + timedelta(hours=2))  # fmt: skip
    path = "/organise/nacht/programme/rounds"
    client.post(path, data=sent(with_night, {"title": "Spät"}, starts="23:30", ends="00:15"))
    client.post(path, data=sent(with_night, {"title": "Zu spät"}, starts="00:30", ends="01:15",
                                name_de="Talk-Runden II"))  # fmt: skip

    times = [(one.starts_at - late, one.ends_at - late) for one in programme_of(with_night).slots]

    assert times == [
        (timedelta(minutes=-30), timedelta(minutes=15)),
        (timedelta(minutes=30), timedelta(minutes=75)),
    ]


def test_rounds_of_another_events_slot_or_room_are_refused(event: Event):
    """T-02."""
    foreign = make_event()
    times = {"starts_at": event.starts_at, "ends_at": event.starts_at + timedelta(minutes=45)}
    slot = SlotChange(key="", name_de="I", name_en="", **times)
    wanted = NewRound(
        title_de="Gut", room_id=foreign.venue.rooms[0].id, capacity=None, parts=()
    )  # fmt: skip

    with pytest.raises(Invalid):
        add_rounds(event, slot, [wanted], by=SYSTEM)

    assert db.session.query(Slot).count() == 0


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("", []),
        ("Ada Öhm", [("", "Ada", "Öhm", "")]),
        ("Dr. Ada von der Öhm (Werk, Halle 2); Nolte",
         [("Dr.", "Ada", "von der Öhm", "Werk, Halle 2"), ("", "", "Nolte", "")]),
        (" , ;", []),
    ],
)  # fmt: skip
def test_names_are_read_as_people_write_them(text, people):
    assert [
        (one.title, one.first_name, one.last_name, one.organisation_name)
        for one in read_people(text)
    ] == people
