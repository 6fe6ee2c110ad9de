"""Rules about who does what, how much time there is between, and where guests sit. Pure."""

from dataclasses import replace

import pytest
from programme.programmes import CASES, afternoon, demo_timetable, session, timetable

from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import ContributorState
from eventapp.programme.timetable.checks import (
    Assignment,
    Rule,
    Settings,
    Severity,
    conflicts,
)
from eventapp.programme.timetable.seats import (
    Seat,
    attends_while_contributing,
    hears_twice,
    rooms_are_accessible,
)
from eventapp.programme.words import RULE_TITLES

MINUTES = Assignment("Flipchartowa", Role.PROTOCOL)


def round_of(key, start, *parts, **more):
    """A talk round of 45 minutes with somebody for the minutes."""
    given = {"kind": SessionKind.TALK_ROUND, "assignments": (*parts, MINUTES)} | more
    return session(key, start, start + 45, **given)


def said(found, rule):
    return [(each.severity, str(each.text)) for each in found if each.rule is rule]


def test_every_rule_has_a_title():
    assert set(RULE_TITLES) >= set(Rule)


def test_a_talk_round_without_somebody_for_the_minutes_is_a_hint():
    found = conflicts(timetable(round_of("T1", 0, assignments=())))

    assert said(found, Rule.PROTOCOL_MISSING) == [
        (Severity.SOFT, "T1, 15:00–15:45, has nobody for the minutes.")
    ]


def test_who_will_not_come_takes_no_minutes():
    gone = replace(MINUTES, state=ContributorState.DECLINED)

    found = conflicts(timetable(round_of("T1", 0, assignments=(gone,))))

    assert len(said(found, Rule.PROTOCOL_MISSING)) == 1


def test_an_input_by_the_moderator_alone_is_a_hint_and_a_second_voice_is_none():
    moderating, speaking = Assignment("Öhm", Role.MODERATION), Assignment("Öhm", Role.INPUT)
    alone = round_of("T1", 0, moderating, speaking)
    together = round_of("T2", 60, moderating, speaking, Assignment("Vaßholz", Role.INPUT))

    found = conflicts(timetable(alone, together))

    assert said(found, Rule.ONLY_THE_MODERATOR_SPEAKS) == [
        (Severity.SOFT, "In T1, 15:00–15:45, only the moderator gives an input: Frau Öhm.")
    ]


def test_two_moderators_of_one_organisation_are_a_hint():
    both = [Assignment(name, Role.MODERATION) for name in ("Öhm", "Vaßholz")]
    programme = timetable(round_of("T1", 0, *both, room="R1"))
    people = [
        replace(each, organisation=name)
        for each, name in zip(programme.persons, ("Kreis  Olpe", "KREIS OLPE", ""), strict=True)
    ]

    found = conflicts(replace(programme, persons=people))

    assert said(found, Rule.MODERATORS_OF_ONE_ORGANISATION) == [
        (
            Severity.SOFT,
            "Frau Öhm and Frau Vaßholz moderate T1 (Raum R1), 15:00–15:45, and both belong to "
            "Kreis  Olpe.",
        )
    ]
    assert said(conflicts(programme), Rule.MODERATORS_OF_ONE_ORGANISATION) == []


def test_who_contributes_and_cannot_take_stairs_is_a_hint():
    speaker = Assignment("Bärwald", Role.INPUT)

    found = conflicts(afternoon(session("T1", 0, 45, room="R3", assignments=(speaker,))))

    assert said(found, Rule.ROOM_INACCESSIBLE) == [
        (
            Severity.SOFT,
            "Frau Bärwald needs a way without steps, but T1, 15:00–15:45, is in Raum R3, to which "
            "only stairs lead.",
        )
    ]


def test_the_same_person_in_every_slot_is_a_hint_from_three_slots_on():
    rounds = [
        session(key, start, start + 45, "Öhm", slot=slot, room="R1")
        for key, start, slot in (("T1", 60, "A"), ("T2", 120, "B"), ("T3", 180, "C"))
    ]
    programme = afternoon(*rounds)

    found = conflicts(programme)

    assert said(found, Rule.IN_EVERY_SLOT) == [
        (
            Severity.SOFT,
            "Frau Öhm is needed in every slot: T1 (Raum R1), T2 (Raum R1) and T3 (Raum R1).",
        )
    ]
    two = replace(programme, slots=programme.slots[:2], sessions=rounds[:2])
    assert said(conflicts(two), Rule.IN_EVERY_SLOT) == []


def test_time_to_set_up_a_room_is_asked_for_where_the_event_sets_one():
    programme = timetable(session("A", 0, 45, room="R1"), session("B", 55, 90, room="R1"))

    assert conflicts(programme) == []
    found = conflicts(replace(programme, settings=Settings(setup_minutes=15)))
    assert said(found, Rule.SETUP_TOO_SHORT) == [
        (
            Severity.SOFT,
            "Between A and B there are 10 minutes to set up Raum R1, from 15:45 on; it should be "
            "15.",
        )
    ]
    assert conflicts(replace(programme, settings=Settings(setup_minutes=10))) == []


def test_who_signs_here_and_takes_the_minutes_there_is_in_two_places():
    signing = session("P1", 0, 45, assignments=(Assignment("Öhm", Role.SIGNING),))
    minutes = session("T1", 30, 60, assignments=(Assignment("Öhm", Role.PROTOCOL),))

    [found] = conflicts(timetable(signing, minutes))

    assert (found.rule, found.severity) == (Rule.PROTOCOL_OVERLAP, Severity.HARD)
    assert str(found.text) == (
        "At 15:30–15:45, Frau Öhm is in P1 to sign and in T1 for the minutes."
    )


def test_c11_a_wheelchair_guest_in_a_room_with_stairs():
    case = next(each for each in CASES if each["id"] == "C11")
    seats = [Seat("A-0007", "Alma Wieland", "T3", needs_step_free=True), Seat("A-1", "Udo", "T3")]

    found = conflicts(demo_timetable(), more=[rooms_are_accessible(seats)])

    assert [(each.rule.value, each.severity.value, str(each.text)) for each in found] == [
        (
            case["rule"],
            case["severity"],
            "1 guest in T3, 16:50–17:35, needs a way without steps, but only stairs lead to "
            "Werkstatt.",
        )
    ]


def test_nobody_s_need_is_told_with_the_name():
    seats = [Seat("A-0007", "Alma Wieland", "T3", needs_step_free=True)]

    [found] = conflicts(demo_timetable(), more=[rooms_are_accessible(seats)])

    assert "Wieland" not in f"{found.text} {found.marker} {found.persons} {found.facts}"


def test_a_guest_who_is_needed_elsewhere_at_that_time_is_a_hard_conflict():
    seats = [Seat("A-1", "Frau Öhm", "B", person="Öhm")]
    programme = timetable(
        session("A", 0, 45, "Öhm", room="R1"),
        session("B", 30, 60, room="R2"),
        session("C", 60, 90, room="R2"),
    )

    found = conflicts(programme, more=[attends_while_contributing(seats)])

    assert [(each.rule, each.severity, str(each.text)) for each in found] == [
        (
            Rule.GUEST_OVERLAP,
            Severity.HARD,
            "At 15:30–15:45, Frau Öhm has a place as a guest in B (Raum R2) but contributes to "
            "A (Raum R1).",
        )
    ]


@pytest.mark.parametrize("session_key", ["A", "C"])
def test_a_guest_s_place_in_the_own_session_or_at_another_time_is_no_conflict(session_key):
    seats = [Seat("A-1", "Frau Öhm", session_key, person="Öhm")]
    programme = timetable(session("A", 0, 45, "Öhm"), session("C", 45, 90))

    assert conflicts(programme, more=[attends_while_contributing(seats)]) == []


def test_the_same_content_twice_is_a_hint_for_who_listens():
    programme = timetable(session("T1", 0, 45, "Öhm"), session("T4", 60, 105, "Öhm", repeats="T1"))
    seats = [Seat("A-1", "Udo Ahl", "T1"), Seat("A-1", "Udo Ahl", "T4"), Seat("A-2", "Ina", "T4")]
    speaker = [Seat("A-3", "Frau Öhm", "T4", person="Öhm")]

    found = conflicts(programme, more=[hears_twice(seats)])

    assert said(found, Rule.SAME_CONTENT_TWICE) == [
        (
            Severity.SOFT,
            "Udo Ahl meets the same content twice: in T1 at 15:00–15:45 and in T4 at 16:00–16:45.",
        )
    ]
    assert len(conflicts(programme, more=[hears_twice(speaker)])) == 1
    assert conflicts(programme, more=[hears_twice([])]) == []  # who speaks twice means to
