"""Ways out of hard conflicts, and rounds arranged without any. Pure."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programme.programmes import (
    afternoon,
    at,
    demo_timetable,
    parts,
    patched,
    session,
    some_sessions,
    timetable,
)

from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import ContributorState
from eventapp.programme.timetable.arranging import Waiting, arrange
from eventapp.programme.timetable.checks import (
    Assignment,
    Checked,
    Rule,
    TimetableRoom,
    TimetableSession,
    conflicts,
    hard_conflicts,
)
from eventapp.programme.timetable.seats import Seat, rooms_are_accessible
from eventapp.programme.timetable.suggestions import MOST, suggestions


def ways(programme, rule, more=()):
    checked = Checked.of(programme, more)
    conflict = next(each for each in checked.conflicts if each.rule is rule)
    return [str(each.text) for each in suggestions(checked, conflict)]


@settings(max_examples=60)
@given(some_sessions())
def test_a_suggested_move_solves_its_conflict_and_creates_no_hard_one(some):
    checked = Checked.of(afternoon(*some))
    for conflict in hard_conflicts(checked.conflicts):
        found = suggestions(checked, conflict)
        assert len(found) <= MOST
        for suggestion in found:
            after = checked.after(suggestion.change)
            hard = {each.identity for each in hard_conflicts(conflicts(after.timetable))}
            assert conflict.identity not in hard
            assert hard <= {each.identity for each in hard_conflicts(checked.conflicts)}


@st.composite
def crowded(draw: st.DrawFn) -> list[TimetableSession]:
    """So full an afternoon that most moves would harm somebody: two people, everywhere at once."""
    made = []
    for number in range(draw(st.integers(3, 8))):
        start = draw(st.integers(0, 18)) * 15
        who = draw(
            st.lists(st.sampled_from(["Öhm", "Vaßholz"]), min_size=1, max_size=2, unique=True)
        )
        room = draw(st.sampled_from(["R1", "R2", "R3"]))
        made.append(session(f"S{number}", start, start + 45, *who, room=room))
    return made


@settings(max_examples=40)
@given(crowded())
def test_where_most_moves_would_harm_no_suggested_one_does(some):
    """Sees a search that no longer asks what a move does to others; few programmes would."""
    checked = Checked.of(afternoon(*some))
    before = {each.identity for each in hard_conflicts(checked.conflicts)}
    for conflict in hard_conflicts(checked.conflicts):
        for suggestion in suggestions(checked, conflict):
            after = hard_conflicts(conflicts(checked.after(suggestion.change).timetable))
            assert {each.identity for each in after} <= before - {conflict.identity}


@settings(max_examples=30)
@given(st.data(), some_sessions(most=5))
def test_the_order_of_the_input_does_not_change_what_is_suggested(data, some):
    programme = afternoon(*some)
    shuffled = replace(programme, sessions=data.draw(st.permutations(some)))

    told = [
        [
            [str(each.text) for each in suggestions(checked, one)]
            for one in hard_conflicts(checked.conflicts)
        ]
        for checked in (Checked.of(programme), Checked.of(shuffled))
    ]
    assert told[0] == told[1]


def test_a_room_booked_twice_is_left_for_another_room_at_the_same_time_first():
    assert ways(patched(demo_timetable(), "T5.room = R2"), Rule.ROOM_OVERLAP) == [
        "T5 to Akademie 2, at the same time, 17:45–18:30",
        "T5 to Lichtforum (Plenum), at the same time, 17:45–18:30",
    ]


def test_too_many_places_go_into_a_room_that_holds_them():
    found = ways(patched(demo_timetable(), "T2.capacity = 60"), Rule.CAPACITY_EXCEEDS_ROOM)

    assert found[0] == "T2 to Lichtforum (Plenum), at the same time, 16:50–17:35"


def test_a_round_goes_into_another_slot_before_it_leaves_all_of_them():
    first = session("T1", 60, 105, "Öhm", room="R1", slot="A", kind=SessionKind.TALK_ROUND)
    second = replace(first, key="T2", label="T2", room="R2")

    found = ways(afternoon(first, second), Rule.SPEAKER_OVERLAP)

    assert found[0] == "T2 into the slot “Runde B”, 17:00–17:45, to Raum R2"
    assert not [each for each in found if "out of its slot" in each]


def test_what_is_in_no_slot_goes_to_the_nearest_time():
    found = ways(
        timetable(session("A", 0, 45, "Öhm", room="R1"), session("B", 30, 75, "Öhm", room="R2")),
        Rule.SPEAKER_OVERLAP,
    )

    assert found[0] == "B to 15:55–16:40, Raum R2"  # ten minutes to change rooms


def test_two_sessions_change_places_where_nothing_is_free():
    day = timetable(
        session("A", 0, 180, "Öhm", room="R1"),
        session("B", 0, 180, "Öhm", room="R2"),
        session("C", 180, 360, room="R2"),
        session("D", 180, 360, "Vaßholz", room="R1"),
    )
    busy = replace(day, rooms=[room for room in day.rooms if room.key != "R3"])

    found = ways(busy, Rule.SPEAKER_OVERLAP)

    assert found == [
        "B and D (Raum R1) change places: B to 18:00–21:00",
        "A and C (Raum R2) change places: A to 18:00–21:00",
    ]


def test_rules_from_above_are_kept_by_suggestions_as_well():
    seats = [Seat("A-7", "Alma", "T3", needs_step_free=True)]

    found = ways(demo_timetable(), Rule.ROOM_INACCESSIBLE, [rooms_are_accessible(seats)])

    assert found[0] == "T3 to Lichtforum (Plenum), at the same time, 16:50–17:35"


@pytest.mark.parametrize(
    "patch", ["T4.people -= S13", "P11.end = 19:30", "T6.people += S02/Impuls"]
)
def test_what_no_move_mends_has_no_suggestion(patch):
    checked = Checked.of(patched(demo_timetable(), patch))

    assert [suggestions(checked, each) for each in hard_conflicts(checked.conflicts)] == [[]]


def without_rounds() -> tuple[Checked, list[TimetableSession]]:
    """The demo with its talk rounds taken out."""
    whole = demo_timetable()
    rounds = [each for each in whole.sessions if each.kind is SessionKind.TALK_ROUND]
    rest = [each for each in whole.sessions if each not in rounds]
    return Checked.of(replace(whole, sessions=rest)), rounds


def waiting(*rounds: TimetableSession) -> list[Waiting]:
    return [Waiting(replace(each, room=None, slot=None)) for each in rounds]


def test_the_demo_s_rounds_find_their_slots_and_rooms_again_without_any_conflict():
    checked, rounds = without_rounds()

    found = arrange(checked, waiting(*rounds))

    assert (len(found.placed), found.left) == (6, ())
    assert checked.after(found.change).conflicts == []


def test_a_room_or_slot_that_is_decided_is_kept():
    checked, rounds = without_rounds()
    wanted = replace(rounds[0], room="R1", slot="B")

    found = arrange(checked, [Waiting(wanted), *waiting(*rounds[1:])])

    place = next(place for each, place in found.placed if each.key == wanted.key)
    assert (place.room, place.slot) == ("R1", "B")


def test_the_same_input_in_any_order_gives_the_same():
    checked, rounds = without_rounds()

    assert arrange(checked, waiting(*rounds)) == arrange(checked, waiting(*reversed(rounds)))


MODERATED = (Assignment("Öhm", Role.MODERATION),)
LEFT = {
    "no moderator": {"assignments": ()},
    "No room has 99 places.": {"capacity": 99, "assignments": MODERATED},
    "Frau Öhm is not free in any slot.": {"assignments": MODERATED},
}


@pytest.mark.parametrize("why", LEFT)
def test_what_finds_no_place_says_why(why):
    programme = afternoon(session("P1", 60, 230, "Öhm", room="R1"))

    found = arrange(
        Checked.of(programme),
        waiting(session("T1", 0, 45, kind=SessionKind.TALK_ROUND, **LEFT[why])),
    )

    assert (found.placed, [str(text) for _each, text in found.left]) == ((), [why])


def test_stairs_and_full_rooms_are_said_as_well():
    needs = (Assignment("Bärwald", Role.MODERATION),)
    one = session("T1", 0, 45, kind=SessionKind.TALK_ROUND, assignments=needs)
    programme = afternoon()
    stairs = replace(programme, rooms=[TimetableRoom("R3", "Raum R3", 30, step_free=False)])
    full = afternoon(*(session(key, 60, 230, room=key) for key in ("R1", "R2", "R3")))
    none = replace(programme, slots=[])

    assert [
        [str(text) for _each, text in arrange(Checked.of(each), waiting(one)).left]
        for each in (stairs, full, none)
    ] == [
        ["Only stairs lead to the rooms that are large enough."],
        ["In the slots in which its people are free, no room is."],
        ["There is no slot yet."],
    ]


@given(st.data(), some_sessions(most=5))
def test_arranging_creates_no_hard_conflict_and_leaves_nothing_out(data, some):
    rounds = [
        session(
            f"T{number}",
            0,
            45,
            kind=SessionKind.TALK_ROUND,
            capacity=data.draw(st.sampled_from([None, 40, 60])),
            assignments=(
                Assignment(data.draw(st.sampled_from(["Öhm", "Vaßholz"])), Role.MODERATION),
                *data.draw(st.lists(parts(), max_size=2)),
            ),
        )
        for number in range(data.draw(st.integers(0, 5)))
    ]
    checked = Checked.of(afternoon(*some))

    found = arrange(checked, waiting(*rounds))

    after = conflicts(checked.after(found.change).timetable)
    assert {each.identity for each in hard_conflicts(after)} <= checked.hard
    told = [each.key for each, _ in (*found.placed, *found.left)]
    assert sorted(told) == sorted(each.key for each in rounds)


def test_a_promise_that_is_outstanding_keeps_a_round_from_its_place():
    asked = (Assignment("Öhm", Role.MODERATION, ContributorState.ASKED),)
    found = arrange(
        Checked.of(afternoon()),
        waiting(session("T1", 0, 45, kind=SessionKind.TALK_ROUND, assignments=asked)),
    )

    assert [str(why) for _each, why in found.left] == ["no moderator"]


def test_people_who_are_only_there_later_get_the_later_slot():
    one = session("T1", 0, 45, kind=SessionKind.TALK_ROUND, assignments=MODERATED)
    programme = afternoon()
    late = [replace(each, available_from=at(115)) for each in programme.persons]

    found = arrange(Checked.of(replace(programme, persons=late)), waiting(one))

    assert [place.slot for _each, place in found.placed] == ["B"]
