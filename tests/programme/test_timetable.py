"""The rules of a timetable. Pure: no application, no database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programme.programmes import (
    CASES,
    OPENS,
    demo_timetable,
    patched,
    session,
    some_sessions,
    timetable,
)

from eventapp.foundation.message import message
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import ContributorState
from eventapp.programme.timetable.checks import (
    MOST_OF_A_RULE,
    Assignment,
    Conflict,
    Rule,
    Severity,
    Timetable,
    TimetableRoom,
    conflicts,
    hard_conflicts,
)
from eventapp.programme.timetable.rules import overlapping

OWN_CASES = [case for case in CASES if case["rule"] != "room_inaccessible"]  # that needs seats


def rules(found: Sequence[Conflict]) -> list[str]:
    return [conflict.rule.value for conflict in found]


def test_the_demo_programme_breaks_no_rule():
    assert conflicts(demo_timetable()) == []


def test_all_cases_but_the_one_with_seats_are_looked_at():
    assert len(OWN_CASES) == 12


@pytest.mark.parametrize("case", OWN_CASES, ids=lambda case: case["id"])
def test_each_case_fires_its_rule_with_its_severity_and_no_other_hard_one(case):
    found = conflicts(patched(demo_timetable(), case["patch"]))

    named = [each for each in found if each.rule == case["rule"]]
    assert [each.severity.value for each in named] == [case["severity"]]
    assert [each for each in hard_conflicts(found) if each.rule != case["rule"]] == []


SENTENCES = {
    "C1": "At 16:50–17:35, Friedlinde Kappelströd is in T2 (Akademie 2) and in T3 (Werkstatt), "
    "both times with an input.",
    "C2": "Mechthild Überwasser-Kröger is there only from 15:00 to 18:00, but “Digitales Forum "
    "Arnsberg (Podium)” (Lichtforum (Plenum)) is at 18:45–19:30.",
    "C3": "Frerk Ummelmannsen is there only from 18:15 to 21:00, but T5 (Akademie 2) "
    "is at 17:45–18:30.",
    "C4": "T4 (Akademie 1), 17:45–18:30, has no moderator.",
    "C5": "Akademie 1 is booked twice at 17:45–18:30: T4 and T5.",
    "C6": "T2, 16:50–17:35, has 60 places, but Akademie 2 holds 42.",
    "C7": "From 17:40 on, Jördis Kampschulte-Öhm has only 5 minutes to get from T1 (Akademie 1) "
    "to T5 (Akademie 2); it should be 10.",
    "C8": "“Ausblick und Dank” (Lichtforum (Plenum)) begins at 19:40 and ends at 19:30: "
    "the end must come later.",
    "C9": "“Netzwerken und Imbiss” (Foyer) ends at 22:30, but the event ends at 21:00.",
    "C10": "At 16:50–17:35, Levke Notizheimer is in T1 (Akademie 1) and in T3 (Werkstatt), "
    "both times for the minutes.",
    "C12": "Bertold Quastenrath-Sünkel is entered twice in T6 (Werkstatt), 17:45–18:30, "
    "with an input.",
    "C13": "Thea Düppelmann has not agreed yet; T4 (Akademie 1), 17:45–18:30, "
    "appears without the name.",
}


@pytest.mark.parametrize("case", OWN_CASES, ids=lambda case: case["id"])
def test_each_case_says_who_when_and_where(case):
    found = conflicts(patched(demo_timetable(), case["patch"]))

    sentences = [str(each.text) for each in found if each.rule == case["rule"]]
    assert sentences == [SENTENCES[case["id"]]]


def test_a_session_that_begins_when_another_ends_does_not_overlap_it():
    found = conflicts(
        timetable(session("A", 0, 45, "Öhm", room="R1"), session("B", 45, 90, "Öhm", room="R1"))
    )

    assert found == []


def test_a_person_in_two_sessions_without_a_room_is_found_too():
    found = conflicts(timetable(session("A", 0, 45, "Öhm"), session("B", 30, 60, "Öhm")))

    assert rules(found) == ["speaker_overlap"]
    assert str(found[0].text) == (
        "At 15:30–15:45, Frau Öhm is in A and in B, both times with an input."
    )


def test_different_parts_at_the_same_time_are_both_named():
    moderating = session("B", 0, 45, room="R2", assignments=(Assignment("Öhm", Role.MODERATION),))

    found = conflicts(timetable(session("A", 0, 45, "Öhm", room="R1"), moderating))

    assert [str(each.text) for each in found] == [
        "At 15:00–15:45, Frau Öhm is in A (Raum R1) with an input and in B (Raum R2) as moderator."
    ]


def test_whoever_speaks_in_one_and_takes_the_minutes_of_another_is_in_two_places():
    minutes = session("B", 0, 45, room="R2", assignments=(Assignment("Öhm", Role.PROTOCOL),))

    found = conflicts(timetable(session("A", 0, 45, "Öhm", room="R1"), minutes))

    assert rules(found) == ["protocol_overlap"]


def test_several_parts_in_one_session_are_no_conflict():
    both = (Assignment("Öhm", Role.MODERATION), Assignment("Öhm", Role.PROTOCOL))

    assert conflicts(timetable(session("A", 0, 45, assignments=both))) == []


@pytest.mark.parametrize("state", [ContributorState.DECLINED, ContributorState.DROPPED_OUT])
def test_who_will_not_come_is_in_no_two_places_but_should_be_replaced(state):
    gone = (Assignment("Öhm", Role.INPUT, state),)

    found = conflicts(timetable(session("A", 0, 45, assignments=gone), session("B", 0, 45, "Öhm")))

    assert [str(each.text) for each in found] == [
        "Frau Öhm will not come but is still entered in A, 15:00–15:45."
    ]


@pytest.mark.parametrize("kind", [SessionKind.TALK_ROUND, SessionKind.PANEL])
def test_a_moderator_who_has_only_been_asked_is_none_yet(kind):
    asked = (
        Assignment("Öhm", Role.MODERATION, ContributorState.ASKED),
        Assignment("Vaßholz", Role.PROTOCOL),
    )

    found = conflicts(timetable(session("T1", 0, 45, kind=kind, assignments=asked)))

    assert rules(found) == ["moderator_missing", "speaker_not_confirmed"]
    assert str(found[0].text) == (
        "T1, 15:00–15:45, has no moderator who has agreed; entered: Frau Öhm."
    )


def test_fixed_availability_is_hard_and_a_wish_is_soft():
    late = timetable(session("A", 0, 45, "Öhm"), available_from=OPENS + timedelta(minutes=15))
    fixed = timetable(
        session("A", 0, 45, "Öhm"),
        available_until=OPENS + timedelta(minutes=15),
        availability_fixed=True,
    )

    assert [(each.rule, each.severity, str(each.text)) for each in conflicts(late)] == [
        (
            Rule.SPEAKER_UNAVAILABLE,
            Severity.SOFT,
            "Frau Öhm is there only from 15:15, but A is at 15:00–15:45.",
        ),
    ]
    assert [(each.rule, each.severity, str(each.text)) for each in conflicts(fixed)] == [
        (
            Rule.SPEAKER_UNAVAILABLE,
            Severity.HARD,
            "Frau Öhm is there only until 15:15, but A is at 15:00–15:45.",
        ),
    ]


def test_changing_rooms_takes_time_and_staying_takes_none():
    moved = timetable(session("A", 0, 45, "Öhm", room="R1"), session("B", 50, 60, "Öhm", room="R2"))
    stayed = timetable(
        session("A", 0, 45, "Öhm", room="R1"), session("B", 50, 60, "Öhm", room="R1")
    )
    enough = timetable(
        session("A", 0, 45, "Öhm", room="R1"), session("B", 55, 60, "Öhm", room="R2")
    )

    assert rules(conflicts(moved)) == ["break_too_short"]
    assert conflicts(stayed) == []
    assert conflicts(enough) == []


def test_a_session_may_begin_with_the_doors_but_not_before():
    assert conflicts(timetable(session("A", 0, 30))) == []
    assert [str(each.text) for each in conflicts(timetable(session("A", -5, 30)))] == [
        "A begins at 14:55, but the event opens at 15:00."
    ]


def test_a_session_without_length_is_named_and_blocks_nobody():
    found = conflicts(
        timetable(session("A", 30, 30, "Öhm", room="R1"), session("B", 0, 60, "Öhm", room="R1"))
    )

    assert rules(found) == ["end_before_start"]


def test_after_midnight_the_day_is_said_too():
    late = timetable(
        session("A", 0, 60, room="R1"),
        session("B", 600, 660, room="R1"),
        session("C", 630, 700, room="R1"),
    )

    found = [str(each.text) for each in conflicts(late) if each.rule is Rule.ROOM_OVERLAP]

    assert found == ["Raum R1 is booked twice at 25.06., 01:30–02:00: B and C."]


def test_the_night_of_the_clock_change_has_its_real_length():
    """T-54: 02:30 comes twice on 31.10.2027; the rounds follow each other and do not overlap."""
    opens = OPENS.replace(month=10, day=30, hour=23)  # 01:00 in Berlin, summer time
    programme = timetable(
        session("A", 0, 0, "Öhm", room="R1", starts_at=opens, ends_at=opens + timedelta(hours=1)),
        session(
            "B",
            0,
            0,
            "Öhm",
            room="R1",
            starts_at=opens + timedelta(hours=1),
            ends_at=opens + timedelta(hours=2),
        ),
    )
    frame = replace(programme.event, opens_at=opens, ends_at=opens + timedelta(hours=5))

    assert conflicts(replace(programme, event=frame)) == []


class SeatRule(StrEnum):
    ROOM_INACCESSIBLE = "room_inaccessible"


def test_rules_of_higher_slices_are_handed_in():
    def everybody_gets_in(programme: Timetable) -> list[Conflict]:
        return [
            Conflict(
                SeatRule.ROOM_INACCESSIBLE,
                Severity.HARD,
                message("stairs"),
                message("stairs"),
                at=each.starts_at,
                sessions=(each.key,),
            )
            for each in programme.sessions
        ]

    found = conflicts(timetable(session("A", 0, 45)), more=[everybody_gets_in])

    assert rules(found) == ["room_inaccessible"]


@given(st.data(), some_sessions())
def test_the_order_of_the_input_does_not_matter(data, some):
    shuffled = data.draw(st.permutations(some))

    assert conflicts(timetable(*shuffled)) == conflicts(timetable(*some))


def cross(first, second):
    """Half open: a session that begins when the other ends does not overlap it."""
    return first.starts_at < second.ends_at and second.starts_at < first.ends_at


@given(some_sessions())
def test_the_sweep_finds_the_pairs_that_comparing_all_finds(some):
    lasting = [each for each in some if each.runs]

    found = {frozenset((first.key, second.key)) for first, second in overlapping(some)}

    assert found == {
        frozenset((first.key, second.key))
        for first, second in combinations(lasting, 2)
        if cross(first, second)
    }
    assert all(
        cross(first, second) == cross(second, first) for first, second in combinations(some, 2)
    )


@given(st.lists(st.integers(1, 12), min_size=1, max_size=10))
def test_sessions_that_only_touch_never_overlap(lengths):
    start, made = 0, []
    for number, length in enumerate(lengths):
        made.append(session(f"S{number}", start, start + length, "Öhm", room="R1"))
        start += length

    assert conflicts(timetable(*made)) == []


@given(some_sessions(), st.integers(-300, 300))
def test_moving_everything_by_weeks_changes_no_conflict(some, weeks):
    shift = timedelta(weeks=weeks)
    programme = timetable(*some)
    moved = replace(
        programme,
        event=replace(
            programme.event,
            opens_at=programme.event.opens_at + shift,
            ends_at=programme.event.ends_at + shift,
        ),
        sessions=[
            replace(each, starts_at=each.starts_at + shift, ends_at=each.ends_at + shift)
            for each in some
        ],
    )

    assert [(each.rule, each.severity, each.sessions) for each in conflicts(moved)] == [
        (each.rule, each.severity, each.sessions) for each in conflicts(programme)
    ]


@given(some_sessions())
def test_a_session_more_never_hides_a_conflict_between_others(some):
    fewer = {(each.rule, each.sessions, each.persons) for each in conflicts(timetable(*some[1:]))}

    all_found = {(each.rule, each.sessions, each.persons) for each in conflicts(timetable(*some))}

    assert fewer <= all_found


def large() -> Timetable:
    """Thirty hours with ten sessions at a time, each in its room with three people of its own."""
    programme = timetable(
        *(
            session(
                number,
                60 * (number // 10),
                60 * (number // 10) + 55,
                *(f"P{number * 3 + part}" for part in range(3)),
                room=f"R{number % 10}",
            )
            for number in range(300)
        )
    )
    return replace(
        programme,
        event=replace(programme.event, ends_at=OPENS + timedelta(hours=30)),
        rooms=[TimetableRoom(f"R{number}", f"Raum {number}", 50) for number in range(10)],
    )


def test_among_three_hundred_sessions_with_nine_hundred_people_the_one_conflict_is_found():
    programme = large()
    assert len(programme.persons) == 900
    assert conflicts(programme) == []
    sessions = list(programme.sessions)
    sessions[184] = replace(
        sessions[184], assignments=(*sessions[184].assignments, *sessions[181].assignments[:1])
    )

    [found] = conflicts(replace(programme, sessions=sessions))

    assert (found.rule, found.severity) == (Rule.SPEAKER_OVERLAP, Severity.HARD)
    assert (set(found.sessions), set(found.persons)) == ({181, 184}, {"P543"})


def test_t62_a_crowd_in_one_room_at_one_time_is_told_within_bounds():
    """T-62: 3,000 at once would be nine million pairs, and nobody could publish it anyway."""
    people = [session(f"K{each}", 0, 60, "Öhm", room="R1") for each in range(3000)]

    found = conflicts(timetable(*people))

    told = Counter(each.rule for each in found)
    assert told[Rule.ROOM_OVERLAP] == told[Rule.SPEAKER_OVERLAP] == MOST_OF_A_RULE
    assert hard_conflicts(found)
