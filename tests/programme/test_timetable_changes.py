"""What a change means, looked at quickly; and by what a conflict is known again. Pure."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programme.programmes import afternoon, demo_timetable, patched, session, some_sessions

from eventapp.programme.kinds import SessionKind
from eventapp.programme.timetable.checks import (
    Change,
    Checked,
    Conflict,
    Rule,
    Severity,
    TimetableSession,
    conflicts,
)
from eventapp.programme.timetable.seats import Seat, attends_while_contributing, hears_twice


def said(found: list[Conflict]) -> list[tuple[str, str, str]]:
    return [(each.rule.value, str(each.text), each.fingerprint) for each in found]


@st.composite
def changes(draw: st.DrawFn, some: list[TimetableSession]) -> Change:
    """Some are moved, recast, added or taken away."""
    others = draw(some_sessions(most=4))
    gone = draw(st.sets(st.sampled_from([each.key for each in some]), max_size=2))
    put = [each for each in others if each.key not in gone]
    return Change(tuple(put), frozenset(gone))


@given(st.data(), some_sessions())
def test_after_a_change_the_quick_look_finds_what_looking_at_everything_finds(data, some):
    change = data.draw(changes(some))
    seats = [Seat("G", "Frau Öhm", "S1", person="Öhm"), Seat("G", "Frau Öhm", "S0")]
    more = [attends_while_contributing(seats), hears_twice(seats)]

    quick = Checked.of(afternoon(*some), more).after(change)

    assert said(quick.conflicts) == said(conflicts(quick.timetable, more=more))


@given(st.data(), some_sessions())
def test_several_changes_one_after_the_other_come_to_the_same(data, some):
    checked = Checked.of(afternoon(*some))
    for _ in range(3):
        checked = checked.after(data.draw(changes(some)))

    assert said(checked.conflicts) == said(conflicts(checked.timetable))


@given(st.data(), some_sessions())
def test_the_order_of_the_input_changes_neither_conflicts_nor_fingerprints(data, some):
    programme = afternoon(*some)
    shuffled = replace(
        programme,
        sessions=data.draw(st.permutations(some)),
        persons=data.draw(st.permutations(programme.persons)),
        rooms=data.draw(st.permutations(programme.rooms)),
    )

    assert said(conflicts(shuffled)) == said(conflicts(programme))


@given(some_sessions())
def test_one_conflict_has_one_fingerprint(some):
    found = [each for each in conflicts(afternoon(*some)) if each.severity is Severity.SOFT]

    assert len({each.fingerprint for each in found}) == len(found)


def what(conflict: Conflict) -> tuple[object, ...]:
    """Which conflict it is; being in every slot is one however many rounds there are."""
    if conflict.rule is Rule.IN_EVERY_SLOT:
        return conflict.rule, conflict.persons
    return conflict.identity


@given(some_sessions())
def test_a_session_more_takes_no_conflict_away(some):
    fewer, found = conflicts(afternoon(*some[1:])), conflicts(afternoon(*some))

    assert {what(each) for each in fewer} <= {what(each) for each in found}


@pytest.mark.parametrize("between", [{"room": None}, {"room": "R1"}], ids=["no room", "same room"])
def test_something_short_in_between_makes_no_change_of_rooms_longer(between):
    first, second = session("A", 0, 45, "Öhm", room="R1"), session("B", 50, 90, "Öhm", room="R2")
    more = session("C", 45, 50, "Öhm", **between)

    found = [each.sessions for each in conflicts(afternoon(first, second, more))
             if each.rule is Rule.BREAK_TOO_SHORT]  # fmt: skip

    assert ("A", "B") in found


def hurried(**change):
    """Two rooms, five minutes between them."""
    first, second = (
        session("A", 0, 45, "Öhm", room="R1"),
        session("B", 50, 90, "Öhm", room="R2"),
    )
    found = conflicts(afternoon(first, replace(second, **change)))
    return next(each for each in found if each.rule is Rule.BREAK_TOO_SHORT)


def test_a_short_change_that_was_noted_comes_back_when_its_time_or_its_rooms_change():
    later = hurried().at + timedelta(minutes=6)

    assert hurried().fingerprint == hurried(capacity=7).fingerprint
    assert hurried().fingerprint == hurried(label="Neuer Titel").fingerprint
    assert hurried().fingerprint != hurried(room="R3").fingerprint
    assert hurried().fingerprint != hurried(starts_at=later).fingerprint


def test_missing_minutes_that_were_noted_stay_noted_when_the_round_moves():
    def missing(start):
        one = session("T1", start, start + 45, kind=SessionKind.TALK_ROUND)
        found = conflicts(afternoon(one))
        return [each.fingerprint for each in found if each.rule is Rule.PROTOCOL_MISSING]

    assert missing(0) == missing(30) != []


def test_a_promise_that_changes_is_another_hint():
    asked = conflicts(patched(demo_timetable(), "S16.status = angefragt"))
    gone = conflicts(patched(demo_timetable(), "S16.status = abgesagt"))

    assert {each.fingerprint for each in asked}.isdisjoint({each.fingerprint for each in gone})
