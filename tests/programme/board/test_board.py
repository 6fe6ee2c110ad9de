"""The board: what it shows, moves by its script and by forms, undone and redone; two organisers."""

import re
from datetime import timedelta
from html import unescape

import pytest
from factories import (
    make_account,
    make_contribution,
    make_contributor,
    make_event,
    make_host,
    make_session,
    make_slot,
    moment,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from statements import statement_count

from eventapp.accounts.states import Role as AccountRole
from eventapp.events.queries import rooms_of
from eventapp.foundation.database import db, transaction
from eventapp.programme.actions import SessionMove, cancel_session, move_sessions
from eventapp.programme.board.queries import board_of, mark_of
from eventapp.programme.board.sheet import frame_of
from eventapp.programme.checking import timetable_of
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Session
from eventapp.programme.queries import programme_of
from eventapp.programme.states import ContributorState, SessionState
from eventapp.programme.timetable.checks import conflicts
from eventapp.programme.timetable.places import Place

BASE = "/organise/licht/programme"
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def event(organiser):
    starts_at = moment("2027-06-24 13:30")
    return make_event(
        organiser.memberships[0].host,
        slug="licht",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=6),
        doors_at=starts_at - timedelta(minutes=30),
    )


@pytest.fixture
def session(event):
    return make_session(
        event, room=rooms_of(event)[0], title_de="Begrüßung", state=SessionState.DRAFT
    )


def words(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def table(event):
    """What the page that asks shows, as it says so itself."""
    board = board_of(event)
    day = board.calendar.first_day
    rooms = [room.key for room in board.rooms]
    frame = frame_of(board.calendar, day, board.timetable.sessions, rooms)
    return {"frame": frame.written, "day": day.isoformat(), "mark": mark_of(event)}


def drop(client, event, dropped, *, later=0, minutes=None, to=None, **more):
    """Drop a session so many minutes later in a room; `minutes` is its new length."""
    start = dropped.starts_at + timedelta(minutes=later)
    length = dropped.ends_at - dropped.starts_at
    end = start + (length if minutes is None else timedelta(minutes=minutes))
    fields = {
        "session": dropped.id,
        "seen": dropped.version,
        "starts": int(start.timestamp()),
        "ends": int(end.timestamp()),
        "room": (dropped.room_id or 0) if to is None else to.id,
        "gesture": "carry",
    }
    answer = client.post(f"{BASE}/board/move", data=table(event) | fields | more, headers=SCRIPT)
    db.session.expire_all()
    return answer


def aside(client, event, session):
    return drop(client, event, session, starts="", ends="")


def step(client, event, which, number=None):
    if number is None:
        page = client.get(f"{BASE}/grid").text
        number = re.search(rf'data-step="{which}".*?name="step" value="(\d*)"', page, re.DOTALL)[1]
    fields = table(event) | {"step": number}
    answer = client.post(f"{BASE}/board/{which}", data=fields, headers=SCRIPT)
    db.session.expire_all()
    return answer


def places(event):
    """Where all sessions are."""
    db.session.expire_all()
    rows = programme_of(event).sessions
    return {row.id: (row.starts_at, row.ends_at, row.room_id, row.slot_id) for row in rows}


def news(client, event, mark, **headers):
    return client.get(
        f"{BASE}/board/news", query_string=table(event) | {"mark": mark}, headers=headers
    )


def test_the_board_reads_the_same_programme_as_the_rules(event, session):
    person = make_contributor(event, last_name="Öhm")
    make_contribution(session, person, role=Role.INPUT, state=ContributorState.ASKED)
    make_session(event, room=session.room, kind=SessionKind.TALK_ROUND, slot_id=make_slot(event).id)
    make_session(event, starts_at=None, ends_at=None, state=SessionState.DRAFT)
    cancel_session(make_session(event), by="test")

    lean, whole = board_of(event), timetable_of(programme_of(event))

    assert lean.checked.conflicts == conflicts(whole)
    assert sorted(each.key for each in lean.timetable.sessions) == sorted(
        each.key for each in whole.sessions
    )
    assert set(lean.timetable.sessions) == set(whole.sessions)
    assert set(lean.timetable.persons) == set(whole.persons)


def test_the_board_shows_rooms_times_slots_and_what_lies_aside(client, event, session):
    make_slot(event)
    make_session(event, title_de="Rundgang", starts_at=None, ends_at=None, state=SessionState.DRAFT)

    page = client.get(f"{BASE}/grid")

    assert "Begrüßung 15:30–15:50" in words(page)
    assert re.search(r"Plenum \d+ Plätze, stufenlos", words(page))
    assert "Talk-Runden I" in words(page)
    assert "Rundgang" in words(page).split("Noch ohne Zeit")[1]
    assert f'id="s{session.id}"' in page.text


def test_an_empty_board_says_what_to_do_first(client, event):
    assert "Noch kein Programmpunkt" in words(client.get(f"{BASE}/grid"))


def test_a_dropped_session_is_there_and_only_what_looks_otherwise_is_answered(
    client, event, session
):
    others = [
        make_session(event, starts_at=event.starts_at + timedelta(hours=2 + n),
                     ends_at=event.starts_at + timedelta(hours=2 + n, minutes=20))
        for n in range(3)
    ]  # fmt: skip

    answer = drop(client, event, session, later=35, to=rooms_of(event)[1])

    start = event.starts_at + timedelta(minutes=35)
    assert places(event)[session.id] == (
        start, start + timedelta(minutes=20), rooms_of(event)[1].id, None,
    )  # fmt: skip
    assert answer.status_code == 200
    assert set(answer.json["cards"]) == {str(session.id)}
    card = answer.json["cards"][str(session.id)]
    assert "16:05–16:25" in card["html"]
    assert f'data-version="{session.version}"' in card["html"]
    assert answer.json["said"] == "„Begrüßung“: 16:05–16:25 Uhr, Akademie 1."
    assert (answer.json["reload"], answer.json["gone"]) == (False, [])
    assert len(others) == 3


def test_a_conflict_is_told_at_both_sessions_and_in_the_list(client, event, session):
    room = rooms_of(event)[1]
    other = make_session(event, room=room, title_de="Grußwort")

    answer = drop(client, event, session, to=room)

    assert set(answer.json["cards"]) == {str(session.id), str(other.id)}
    assert all("block--bad" in card["html"] for card in answer.json["cards"].values())
    assert "Ein Konflikt" in answer.json["troubles"]
    assert "Akademie 1 ist 15:30–15:50 Uhr doppelt belegt" in answer.json["troubles"]
    assert "Konflikt: Akademie 1 ist 15:30–15:50 Uhr doppelt belegt" in answer.json["said"]
    solved = drop(client, event, session, to=rooms_of(event)[0])
    assert "Ein Konflikt ist gelöst." in solved.json["said"]


def test_a_session_is_pulled_longer(client, event, session):
    drop(client, event, session, minutes=45, gesture="pull")

    start, end, _room, _slot = places(event)[session.id]
    assert end - start == timedelta(minutes=45)


def test_a_round_dropped_in_a_slot_takes_it(client, event):
    slot = make_slot(event)
    talk = make_session(event, kind=SessionKind.TALK_ROUND, state=SessionState.DRAFT)

    drop(client, event, talk, later=70, to=rooms_of(event)[1])

    assert places(event)[talk.id] == (
        slot.starts_at, slot.ends_at, rooms_of(event)[1].id, slot.id,
    )  # fmt: skip


def test_a_session_is_put_aside_and_taken_out_again(client, event, session):
    before = places(event)

    answer = aside(client, event, session)

    assert places(event)[session.id] == (None, None, None, None)
    assert answer.json["cards"][str(session.id)]["cell"] == "tray"
    step(client, event, "undo")
    assert places(event) == before


def test_what_is_published_is_not_put_aside(client, event):
    known = make_session(event)

    answer = aside(client, event, known)

    assert answer.status_code == 422
    assert "braucht eine Zeit" in answer.json["problem"]
    assert places(event)[known.id][0] == event.starts_at


def test_what_goes_beyond_the_table_is_shown_by_a_new_page(client, event, session):
    answer = drop(client, event, session, later=-120)

    assert answer.json["reload"] is True


def test_nothing_is_overwritten_that_a_colleague_moved(client, event, session):
    """T-52: the second sees both versions, and the board as it is."""
    seen = session.version
    place = Place(session.starts_at + timedelta(minutes=5), session.ends_at, session.room_id)
    move_sessions(event, [SessionMove(session.id, seen, place)], by="Frau Öhm")
    before = places(event)

    answer = drop(client, event, session, later=60, seen=seen)

    assert answer.status_code == 409
    assert "Jetzt gespeichert" in answer.json["problem"]
    assert "15:35" in answer.json["cards"][str(session.id)]["html"]
    assert places(event) == before


def test_a_drag_of_what_a_colleague_has_deleted_is_not_found(client, event, session):
    """T-52."""
    gone = Session(id=session.id, version=1, starts_at=session.starts_at, ends_at=session.ends_at)
    with transaction():
        db.session.delete(session)

    assert drop(client, event, gone).status_code == 404


def test_what_does_not_take_place_is_not_moved(client, event):
    off = make_session(event)
    cancel_session(off, by="test")

    assert drop(client, event, off).status_code == 404


def test_nothing_of_another_event_is_moved_or_named(client, event, session):
    """T-02."""
    other = make_event(event.host)
    foreign = make_session(other, room=rooms_of(other)[0])

    assert drop(client, event, foreign).status_code == 404
    assert drop(client, event, session, to=rooms_of(other)[0]).status_code == 404
    assert client.get(f"{BASE}/{foreign.id}/move").status_code == 404
    assert client.post(f"{BASE}/{foreign.id}/move", data={}).status_code == 404
    assert places(other)[foreign.id][2] == rooms_of(other)[0].id


@pytest.mark.parametrize(
    "strange",
    [
        {"session": "x"},
        {"session": "9" * 30},
        {"seen": ""},
        {"starts": "-5"},
        {"starts": "9" * 12},
        {"starts": ""},
        {"room": "x"},
        {"frame": "x"},
        {"day": "x"},
        {"mark": "x"},
        {"mark": "9" * 20},
        {"mark": "9" * 5000},
    ],
    ids=str,
)
def test_what_no_page_sends_is_not_found(client, event, session, strange):
    """T-57."""
    before = places(event)

    assert drop(client, event, session, **strange).status_code == 404
    assert places(event) == before


def test_a_session_that_would_end_before_it_begins_is_refused(client, event, session):
    """T-57."""
    answer = drop(client, event, session, minutes=-5)

    assert answer.status_code == 422
    assert "Das Ende muss nach dem Beginn liegen" in answer.json["problem"]


def test_several_steps_are_undone_and_redone(client, event, session):
    seen = [places(event)]
    for _ in range(3):
        drop(client, event, session, later=10)
        seen.append(places(event))

    for expected in (seen[2], seen[1], seen[0]):
        assert step(client, event, "undo").status_code == 200
        assert places(event) == expected
    assert step(client, event, "undo", 0).status_code == 409
    for expected in seen[1:]:
        assert step(client, event, "redo").status_code == 200
        assert places(event) == expected
    assert step(client, event, "redo", 0).status_code == 409


def test_everybody_undoes_only_what_they_did(client, event, session, app, sign_in):
    colleague = make_account(event.host, AccountRole.ORGANISER)
    theirs = sign_in(app.test_client(), colleague)
    other = make_session(event, room=rooms_of(event)[1], state=SessionState.DRAFT)
    drop(client, event, session, later=10)
    drop(theirs, event, other, later=20)
    before = places(event)

    step(client, event, "undo")

    after = places(event)
    assert after[session.id][0] == before[session.id][0] - timedelta(minutes=10)
    assert after[other.id] == before[other.id]


def test_what_a_colleague_has_moved_since_is_not_undone(client, event, session, app, sign_in):
    colleague = make_account(event.host, AccountRole.ORGANISER)
    theirs = sign_in(app.test_client(), colleague)
    drop(client, event, session, later=10)
    number = re.search(r'name="step" value="(\d+)"', client.get(f"{BASE}/grid").text)[1]
    drop(theirs, event, session, later=20)
    before = places(event)

    assert step(client, event, "undo", number).status_code == 409
    assert places(event) == before
    page = client.get(f"{BASE}/grid").text
    assert re.search(r'data-step="undo".*?name="step" value=""', page, re.DOTALL)


def test_a_step_of_a_colleague_is_not_mine_to_undo(client, event, session, app, sign_in):
    """T-02."""
    theirs = sign_in(app.test_client(), make_account(event.host, AccountRole.ORGANISER))
    drop(theirs, event, session, later=10)
    number = re.search(r'name="step" value="(\d+)"', theirs.get(f"{BASE}/grid").text)[1]

    assert step(client, event, "undo", number).status_code == 409


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(-12, 12), st.integers(1, 12), st.integers(0, 2)),
        min_size=1,
        max_size=5,
    )
)
def test_moves_and_as_many_undos_give_the_old_programme(client, organiser, moves):
    event = make_event(organiser.memberships[0].host)
    base = f"/organise/{event.slug}/programme"
    make_slot(event)
    kinds = [SessionKind.KEYNOTE, SessionKind.TALK_ROUND, SessionKind.BREAK]
    rows = [make_session(event, kind=kind, state=SessionState.DRAFT) for kind in kinds]
    rooms = [*rooms_of(event), None]
    before, done = places(event), 0
    for which, later, steps, room in moves:
        row, known = rows[which], places(event)
        start = event.starts_at + later * timedelta(minutes=5)
        fields = {
            "session": row.id,
            "seen": row.version,
            "starts": int(start.timestamp()),
            "ends": int((start + steps * timedelta(minutes=5)).timestamp()),
            "room": rooms[room].id if rooms[room] else 0,
        }
        assert client.post(f"{base}/board/move", data=fields).status_code == 303
        done += known != places(event)
    for _ in range(done):
        page = client.get(f"{base}/grid").text
        number = re.search(r'data-step="undo".*?value="(\d+)"', page, re.DOTALL)[1]
        assert client.post(f"{base}/board/undo", data={"step": number}).status_code == 303

    assert places(event) == before


def test_the_plain_form_moves_without_any_script(client, event, session):
    page = client.get(f"{BASE}/{session.id}/move")
    assert 'value="15:30"' in page.text
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', page.text)[1]
    fields = {
        "seen": seen, "day": event.starts_on.isoformat(), "starts": "17:00", "ends": "17:30",
        "room": rooms_of(event)[1].id, "slot": "",
    }  # fmt: skip

    answer = client.post(f"{BASE}/{session.id}/move", data=fields)

    assert (answer.status_code, answer.location) == (
        303,
        f"{BASE}/grid?day={event.starts_on.isoformat()}",
    )
    assert "„Begrüßung“: 17:00–17:30 Uhr, Akademie 1." in words(client.get(answer.location))
    undo = re.search(r'name="step" value="(\d+)"', client.get(f"{BASE}/grid").text)[1]
    assert client.post(f"{BASE}/board/undo", data={"step": undo}).status_code == 303
    assert places(event)[session.id][0] == event.starts_at


def test_the_plain_form_knows_slots_and_the_tray(client, event, session):
    slot = make_slot(event)
    day = event.starts_on.isoformat()
    fields = {"seen": session.version, "day": day, "slot": slot.id, "room": ""}
    fields |= {"starts": "", "ends": "", "last_day": ""}

    client.post(f"{BASE}/{session.id}/move", data=fields)

    assert places(event)[session.id] == (slot.starts_at, slot.ends_at, None, slot.id)
    db.session.refresh(session)
    aside = {"seen": session.version, "unplanned": "y", "slot": "", "room": ""}
    assert client.post(f"{BASE}/{session.id}/move", data=aside).location == f"{BASE}/grid"
    assert places(event)[session.id] == (None, None, None, None)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"starts": "17:00", "ends": "17:00"}, "Das Ende muss nach dem Beginn liegen"),
        ({"starts": "17:00", "ends": "16:00"}, "Das Ende muss nach dem Beginn liegen"),
        ({"starts": "17:00", "ends": ""}, "Bitte füllen Sie dieses Feld aus"),
        ({"starts": "25:99", "ends": "17:00"}, "17:00"),
        ({"day": "9999-12-31", "starts": "17:00", "ends": "18:00"}, "Jahr"),
        ({"day": "2027-03-28", "starts": "02:30", "ends": "04:00"}, "gibt es nicht"),
    ],
    ids=str,
)
def test_times_that_cannot_be_are_refused_beside_their_field(client, event, session, fields, said):
    """T-54, T-57: and what was typed stays."""
    typed = {"seen": session.version, "day": event.starts_on.isoformat(), "room": "", "slot": ""}
    before = places(event)

    answer = client.post(f"{BASE}/{session.id}/move", data=typed | fields)

    assert answer.status_code == 422
    assert said in words(answer) or f'value="{said}"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert places(event) == before


def test_the_plain_form_shows_both_versions_of_what_a_colleague_moved(client, event, session):
    """T-52."""
    fields = {
        "seen": session.version, "day": event.starts_on.isoformat(),
        "starts": "17:00", "ends": "17:30", "room": "", "slot": "",
    }  # fmt: skip
    place = Place(session.starts_at, session.ends_at, rooms_of(event)[1].id)
    move_sessions(event, [SessionMove(session.id, session.version, place)], by="test")

    answer = client.post(f"{BASE}/{session.id}/move", data=fields)

    assert answer.status_code == 409
    assert "Akademie 1" in words(answer)
    assert 'value="17:00"' in answer.text
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', answer.text)[1]
    assert client.post(f"{BASE}/{session.id}/move", data=fields | {"seen": seen}).status_code == 303


def test_news_cost_next_to_nothing_while_there_are_none(client, event, session):
    mark = mark_of(event)
    client.get(f"{BASE}/board/news")

    with statement_count() as sent:
        answer = news(client, event, mark, **{"If-None-Match": f'"{mark}"'})

    assert (answer.status_code, answer.get_data()) == (304, b"")
    assert len(sent) < 20


def test_a_colleague_s_move_is_told_with_name_and_what_it_changed(
    client, event, session, app, sign_in
):
    colleague = make_account(event.host, AccountRole.ORGANISER, name="Nilgün Bärwald")
    theirs = sign_in(app.test_client(), colleague)
    mark = mark_of(event)
    drop(theirs, event, session, later=10)

    answer = news(client, event, mark, **{"If-None-Match": f'"{mark}"'})

    assert answer.status_code == 200
    assert answer.json["said"] == "Nilgün Bärwald hat „Begrüßung“ verschoben."
    assert "15:40" in answer.json["cards"][str(session.id)]["html"]
    assert answer.headers["ETag"] == f'"{answer.json["mark"]}"'
    assert news(theirs, event, mark).json["said"] == ""


def test_my_own_moves_are_no_news(client, event, session):
    answer = drop(client, event, session, later=10)

    assert answer.json["mark"] == mark_of(event)


def test_a_suggestion_is_taken_on_the_board(client, event, session):
    make_session(event, room=session.room, title_de="Grußwort")
    page = client.get(f"{BASE}/grid")
    assert "Das würde helfen" in words(page)
    written = re.findall(r'name="move" value="([^"]+)"', page.text)[0]

    answer = client.post(
        f"{BASE}/board/take", data=table(event) | {"move": written}, headers=SCRIPT
    )

    assert answer.status_code == 200
    assert "Ein Konflikt ist gelöst." in answer.json["said"]
    assert "Das würde helfen" not in client.get(f"{BASE}/board/conflicts").text


def test_hints_are_taken_note_of_and_then_mark_nothing(client, event, session):
    make_contribution(session, make_contributor(event), state=ContributorState.PENCILLED)
    page = client.get(f"{BASE}/grid").text
    assert "block--hint" in page
    fingerprint = re.search(r"/hints/([0-9a-f]{32})", page)[1]

    client.post(f"{BASE}/hints/{fingerprint}", data={"reason": "So besprochen"})

    page = client.get(f"{BASE}/grid")
    assert "block--hint" not in page.text
    assert "So besprochen" in words(page)


def test_sessions_and_people_are_found_on_all_days(client, event, session):
    make_contribution(session, make_contributor(event, last_name="Öhlrichs-Amend"))
    make_session(event, title_de="Grußwort")

    for wanted in ("begrüßung", "öhlrichs"):
        assert "Gefunden: „Begrüßung“" in words(client.get(f"{BASE}/grid?q={wanted}")).replace(
            "Gefunden: Begrüßung", "Gefunden: „Begrüßung“"
        )
    assert "Nichts gefunden" in words(client.get(f"{BASE}/grid?q=nirgends"))


def test_a_click_on_an_empty_place_begins_a_session_there(client, event):
    start = event.starts_at + timedelta(minutes=65)
    room = rooms_of(event)[1]

    page = client.get(f"{BASE}/new?at={int(start.timestamp())}&room={room.id}")

    assert 'value="16:35"' in page.text
    assert re.search(rf'<option selected value="{room.id}">', page.text)
    for strange in ("at=x", "at=" + "9" * 12, "room=-1", f"at=1&room={10**9}"):
        assert client.get(f"{BASE}/new?{strange}").status_code == 200


def test_every_day_is_a_tab_and_a_night_belongs_to_its_day(client, event):
    with transaction():
        event.ends_at = event.starts_at + timedelta(days=2)
    night = event.starts_at + timedelta(hours=10)  # 01:30
    make_session(
        event, title_de="Nachtschicht", starts_at=night, ends_at=night + timedelta(hours=1)
    )
    days = [(event.starts_on + timedelta(days=n)).isoformat() for n in range(3)]

    first, second = (client.get(f"{BASE}/grid?day={day}") for day in days[:2])

    assert all(f'href="?day={day}"' in first.text for day in days)
    assert ("Nachtschicht" in first.text, "Nachtschicht" in second.text) == (True, False)
    assert client.get(f"{BASE}/grid?day=nonsense").status_code == 200


def test_a_released_session_that_is_moved_waits_for_the_next_release(client, event):
    known = make_session(event)

    drop(client, event, known, later=10)

    assert db.session.get(Session, known.id).state is SessionState.CHANGED
    step(client, event, "undo")
    assert db.session.get(Session, known.id).state is SessionState.PUBLISHED


def crowd(event, count):
    """So many more sessions in two rooms, each with somebody."""
    rooms = rooms_of(event)
    for number in range(count):
        start = event.starts_at + timedelta(minutes=5 * (number % 40))
        made = make_session(
            event,
            room=rooms[number % 2],
            state=SessionState.DRAFT,
            starts_at=start,
            ends_at=start + timedelta(minutes=30),
        )
        make_contribution(made, make_contributor(event))


def test_a_move_costs_as_many_statements_among_three_as_among_many(client, event, session):
    """T-65."""

    def cost(later):
        db.session.refresh(session)
        with statement_count() as sent:
            assert drop(client, event, session, later=later).status_code == 200
        return len(sent)

    crowd(event, 3)
    few = cost(10)
    crowd(event, 20)

    assert cost(10) <= few


def test_strangers_and_people_at_the_door_move_nothing(client, event, session, app, sign_in):
    """T-01."""
    before = places(event)
    for account, status in (
        (make_account(make_host(), AccountRole.ORGANISER), 404),
        (make_account(event.host, AccountRole.VIEWER), 403),
        (make_account(event.host, AccountRole.FRONTDESK), 403),
    ):
        browser = sign_in(app.test_client(), account)
        assert drop(browser, event, session, later=10).status_code == status
    assert places(event) == before
