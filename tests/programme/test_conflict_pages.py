"""Ways out of conflicts, hints one has taken note of, and rounds arranged: pages and actions."""

import re
from datetime import timedelta
from html import unescape

import pytest
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_session,
    make_slot,
)
from sqlalchemy import func, select
from statements import statement_count

from eventapp.accounts.models import AuditEntry
from eventapp.events.queries import rooms_of
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import Invalid, NotFound, Overtaken
from eventapp.programme.actions import (
    SessionMove,
    acknowledge_conflict,
    move_back,
    move_sessions,
    move_without_harm,
    withdraw_acknowledgement,
)
from eventapp.programme.checking import conflicts_in
from eventapp.programme.errors import (
    EndBeforeStart,
    MovedMeanwhile,
    NotNow,
    OnlyHints,
    WouldCollide,
)
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import AcknowledgedConflict
from eventapp.programme.queries import acknowledged_in, programme_of
from eventapp.programme.states import ContributorState, SessionState
from eventapp.programme.timetable.checks import Rule, Severity
from eventapp.programme.timetable.places import Place

BASE = "/organise/licht/programme"
REASON = "Die Räume liegen nebeneinander"


@pytest.fixture
def event(organiser):
    return make_event(organiser.memberships[0].host, slug="licht")


@pytest.fixture
def booked_twice(event):
    """Two talks in one room; the second could go next door."""
    room = rooms_of(event)[0]
    return [make_session(event, key=key, room=room, title_de=f"Vortrag {key}") for key in "AB"]


@pytest.fixture
def hurried(event):
    """Somebody with five minutes between two rooms."""
    person, made = make_contributor(event, last_name="Öhm"), []
    for number, room in enumerate(rooms_of(event)):
        starts_at = event.starts_at + number * timedelta(minutes=25)
        session = make_session(
            event, room=room, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=20)
        )
        make_contribution(session, person)
        made.append(session)
    return made


def words(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def moves_in(response):
    return re.findall(r'name="move" value="([^"]+)"', response.text)


def found(event, rule):
    return next(one for one in conflicts_in(programme_of(event)) if one.rule is rule)


def place(session, **change):
    start = session.starts_at + change.get("later", timedelta())
    end = session.ends_at + change.get("later", timedelta())
    return Place(start, end, change.get("room", session.room_id), session.slot_id)


def steps(action):
    return db.session.scalar(
        select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)
    )


def last_step(action):
    return db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id.desc())
    ).first()


def test_the_list_says_what_would_help_and_a_click_does_it(client, event, booked_twice):
    page = client.get(BASE)
    assert "Das würde helfen: „Vortrag B“ in den Raum Akademie 1, zur selben Zeit" in words(page)

    answer = client.post(f"{BASE}/move", data={"move": moves_in(page)[0]})

    assert (answer.status_code, answer.location) == (303, BASE)
    assert conflicts_in(programme_of(event)) == []
    assert booked_twice[1].room.name == "Akademie 1"
    assert booked_twice[1].state is SessionState.CHANGED
    assert "Der Konflikt ist gelöst" in words(client.get(BASE))


def test_a_suggestion_for_what_a_colleague_has_changed_shows_both_versions(
    client, event, booked_twice
):
    seen = moves_in(client.get(BASE))[0]
    with transaction():
        booked_twice[1].title_de = "Ganz anders"
        booked_twice[1].ends_at += timedelta(minutes=5)

    answer = client.post(f"{BASE}/move", data={"move": seen})

    assert answer.status_code == 409
    assert "Nichts wurde verschoben" in words(answer)
    assert "Ganz anders" in words(answer)
    assert "Raum Jetzt gespeichert: Plenum Vorgeschlagen: Akademie 1" in words(answer)
    assert booked_twice[1].room.name == "Plenum"


def test_a_suggestion_that_would_collide_by_now_is_refused_with_the_reason(
    client, event, booked_twice
):
    seen = moves_in(client.get(BASE))[0]
    make_session(event, key="C", title_de="Schneller", room=rooms_of(event)[1])

    answer = client.post(f"{BASE}/move", data={"move": seen})

    assert answer.status_code == 409
    assert "Akademie 1 ist" in words(answer)
    assert "Schneller" in words(answer)
    assert booked_twice[1].room.name == "Plenum"


@pytest.mark.parametrize("strange", ["x", "1/1/1/1/", "1/1/a/b/1/1", "9/1/5/9/1/", "٣/1/1/2//"])
def test_moves_that_no_page_has_written_are_not_found(client, event, booked_twice, strange):
    assert client.post(f"{BASE}/move", data={"move": strange}).status_code == 404


def test_the_last_move_can_be_undone_from_the_list(client, event, booked_twice):
    client.post(f"{BASE}/move", data={"move": moves_in(client.get(BASE))[0]})
    page = client.get(BASE)
    undo = re.search(r'href="([^"]+/undo/\d+)">Letztes Verschieben', page.text)

    assert "Die Programmpunkte stehen wieder zu ihren Zeiten" in words(client.get(undo[1]))
    assert client.post(undo[1]).status_code == 303

    db.session.refresh(booked_twice[1])
    assert booked_twice[1].room.name == "Plenum"
    assert "Letztes Verschieben" not in words(client.get(BASE))


def test_what_has_been_changed_since_is_not_put_back(event, booked_twice, organiser):
    session, room = booked_twice[1], rooms_of(event)[1]
    move_sessions(
        event, [SessionMove(session.id, session.version, place(session, room=room.id))], by="test"
    )
    with transaction():
        session.ends_at += timedelta(minutes=5)

    with pytest.raises(Overtaken):
        move_back(event, last_step("sessions.moved"), by=organiser)

    assert session.room.name == "Akademie 1"


def test_what_says_something_else_since_is_put_back_and_says_it_still(event, booked_twice):
    session, room = booked_twice[1], rooms_of(event)[1]
    move_sessions(
        event, [SessionMove(session.id, session.version, place(session, room=room.id))], by="test"
    )
    with transaction():
        session.title_de = "Danach geändert"

    move_back(event, last_step("sessions.moved"), by="test")

    assert (session.room.name, session.title_de) == ("Plenum", "Danach geändert")


def test_several_sessions_move_together_or_not_at_all(event, booked_twice):
    first, second = booked_twice
    later = timedelta(minutes=30)
    moves = [
        SessionMove(first.id, first.version, place(first, later=later)),
        SessionMove(second.id, second.version - 1, place(second, later=later)),
    ]
    before = first.starts_at

    with pytest.raises(MovedMeanwhile) as caught:
        move_sessions(event, moves, by="test")

    db.session.refresh(first)
    assert caught.value.number == second.id
    assert (first.starts_at, steps("session.changed")) == (before, 0)


def test_one_step_of_the_trail_for_all_and_one_for_each(event, booked_twice):
    later = timedelta(minutes=30)
    moves = [SessionMove(one.id, one.version, place(one, later=later)) for one in booked_twice]
    sequences = [one.sequence for one in booked_twice]

    move_sessions(event, moves, by="test")
    move_sessions(event, moves, by="test")  # where they are already, nothing happens

    assert (steps("sessions.moved"), steps("session.changed")) == (1, 2)
    assert [one.sequence for one in booked_twice] == sequences  # calendars learn of a release


def test_nothing_is_moved_into_rooms_of_others_or_backwards_or_when_cancelled(event, booked_twice):
    session = booked_twice[0]
    foreign = rooms_of(make_event())[0]

    def move(wanted):
        move_sessions(event, [SessionMove(session.id, session.version, wanted)], by="test")

    with pytest.raises(NotFound):
        move(place(session, room=foreign.id))
    with pytest.raises(EndBeforeStart):
        move(Place(session.ends_at, session.starts_at, session.room_id))
    with transaction():
        session.state = SessionState.CANCELLED
    with pytest.raises(NotNow):
        move(place(session, room=None))


def test_a_move_that_does_no_new_harm_is_let_through(event, booked_twice):
    third = make_session(event, room=rooms_of(event)[1])
    seen = third.version

    with pytest.raises(WouldCollide):
        move_without_harm(
            event, [SessionMove(third.id, seen, place(third, room=booked_twice[0].room_id))], by="t"
        )
    move_without_harm(
        event, [SessionMove(third.id, seen, place(third, later=timedelta(hours=1)))], by="t"
    )

    assert third.starts_at == event.starts_at + timedelta(hours=1)


def test_a_hint_is_folded_away_with_its_reason_and_shown_again(client, event, hurried):
    address = re.search(rf'href="({BASE}/hints/[0-9a-f]+)"', client.get(BASE).text)[1]
    assert "nur 5 Minuten" in words(client.get(address))

    refused = client.post(address, data={"reason": " "})
    assert refused.status_code == 422
    assert client.post(address, data={"reason": REASON}).status_code == 303

    page = words(client.get(BASE))
    assert "Zur Kenntnis genommen (1)" in page
    assert f"Grund: {REASON} Sönke Vaßholz" in page
    assert "Hinweise" not in page
    row = acknowledged_in(event).popitem()[1]
    assert client.post(f"{BASE}/hints/{row.id}/show").status_code == 303
    assert "Hinweise" in words(client.get(BASE))
    assert acknowledged_in(event) == {}


def test_the_grid_folds_them_away_as_well(client, event, hurried, organiser):
    hint = found(event, Rule.BREAK_TOO_SHORT)
    acknowledge_conflict(event, hint.fingerprint, REASON, by=organiser)

    page = words(client.get(f"{BASE}/grid"))

    assert "Zur Kenntnis genommen (1)" in page
    assert "kurzer Wechsel" not in page


def test_a_noted_hint_comes_back_when_what_it_is_about_changes(client, event, hurried, organiser):
    hint = found(event, Rule.BREAK_TOO_SHORT)
    acknowledge_conflict(event, hint.fingerprint, REASON, by=organiser)
    with transaction():
        hurried[1].title_de = "Ein anderer Titel"
    assert "Hinweise" not in words(client.get(BASE))

    with transaction():
        hurried[1].starts_at -= timedelta(minutes=3)

    page = words(client.get(BASE))
    assert "Hinweise" in page
    assert "Zur Kenntnis genommen" not in page


def test_only_hints_that_are_there_are_noted_and_only_with_a_reason(event, hurried, booked_twice):
    hint, clash = found(event, Rule.BREAK_TOO_SHORT), found(event, Rule.ROOM_OVERLAP)

    for fingerprint in (clash.fingerprint, "0" * 32):
        with pytest.raises(OnlyHints):
            acknowledge_conflict(event, fingerprint, REASON, by="test")
    with pytest.raises(Invalid):
        acknowledge_conflict(event, hint.fingerprint, "  ", by="test")


def test_who_notes_it_again_replaces_the_reason(event, hurried, organiser):
    hint = found(event, Rule.BREAK_TOO_SHORT)
    first = acknowledge_conflict(event, hint.fingerprint, "egal", by="test")
    second = acknowledge_conflict(event, hint.fingerprint, REASON, by=organiser)

    assert first.id == second.id
    assert (second.reason, second.by, second.rule) == (REASON, organiser.name, hint.rule.value)
    withdraw_acknowledgement(second, by=organiser)
    assert (steps("conflict.acknowledged"), steps("conflict.shown_again")) == (2, 1)


def test_an_address_of_a_hint_that_is_gone_leads_to_the_list(client, event):
    answer = client.get(f"{BASE}/hints/{'0' * 32}", follow_redirects=True)

    assert "Diesen Hinweis gibt es nicht mehr." in words(answer)


def make_round(event, key, *, moderator=True, **given):
    """A draft of a talk round without a time."""
    session = make_session(
        event,
        **{
            "key": key,
            "kind": SessionKind.TALK_ROUND,
            "state": SessionState.DRAFT,
            "starts_at": None,
            "ends_at": None,
        }
        | given,
    )
    if moderator:
        make_contribution(session, make_contributor(event), role=Role.MODERATION)
    return session


def test_rounds_are_arranged_as_drafts_after_a_look_at_the_plan(client, event):
    slot = make_slot(event)
    rounds = [make_round(event, key, capacity=40) for key in ("T1", "T2", "T3")]
    make_round(event, "T4", moderator=False)

    plan = client.get(f"{BASE}/arrange")

    assert "2 Talk-Runden finden ihren Platz" in words(plan)
    assert "T4 Fabrik ohne Inseln ohne Moderation" in words(plan)
    assert "ist kein passender Raum frei" in words(plan)
    assert all(one.starts_at is None for one in rounds)
    assert client.post(f"{BASE}/arrange", data={"move": moves_in(plan)}).status_code == 303
    placed = [one for one in rounds if one.starts_at]
    assert {(one.slot_id, one.starts_at, one.state) for one in placed} == {
        (slot.id, slot.starts_at, SessionState.DRAFT)
    }
    assert len({one.room_id for one in placed}) == 2
    hard = [one for one in conflicts_in(programme_of(event)) if one.severity is Severity.HARD]
    assert hard == []
    move_back(event, last_step("sessions.moved"), by="test")
    assert all(one.starts_at is None and one.slot_id is None for one in rounds)


def test_the_list_offers_it_where_there_is_a_slot_and_a_round_that_waits(client, event):
    make_round(event, "T1")
    assert "Talk-Runden einplanen lassen" not in words(client.get(BASE))

    make_slot(event)

    assert "Talk-Runden einplanen lassen" in words(client.get(BASE))


def test_nothing_to_arrange_is_said(client, event):
    assert "Jede Talk-Runde hat ihre Zeit" in words(client.get(f"{BASE}/arrange"))
    assert client.post(f"{BASE}/arrange").location == BASE


def test_what_others_have_seen_is_not_arranged(client, event):
    make_slot(event)
    make_round(event, "T1", state=SessionState.PUBLISHED)

    assert "Jede Talk-Runde hat ihre Zeit" in words(client.get(f"{BASE}/arrange"))


def test_many_conflicts_cost_no_more_statements(client, event):
    def cost():
        db.session.remove()
        with statement_count() as sent:
            client.get(BASE, buffered=True)
        return len(sent)

    def crowd(count):
        for _ in range(count):
            session = make_session(event, room=rooms_of(event)[0])
            make_contribution(session, make_contributor(event), state=ContributorState.PENCILLED)

    crowd(3)
    few = cost()
    crowd(9)

    assert cost() <= few
    assert db.session.scalar(select(func.count()).select_from(AcknowledgedConflict)) == 0
