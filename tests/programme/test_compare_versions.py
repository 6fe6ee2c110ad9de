"""What differs between two versions of a programme."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eventapp.foundation.i18n import use_locale
from eventapp.programme.change_words import grouped, told
from eventapp.programme.comparing import (
    ChangeKind,
    PartKind,
    SessionDifference,
    ShownPerson,
    ShownSession,
    compare,
)
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import Appearance

START = datetime(2027, 6, 24, 14, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"

people = st.lists(
    st.builds(
        ShownPerson,
        contributor_id=st.integers(1, 4),
        name=st.sampled_from(["Ohm", "Kolb"]),
        role=st.sampled_from([Role.INPUT, Role.MODERATION]),
    ),
    max_size=3,
    unique_by=lambda one: (one.contributor_id, one.role),
).map(tuple)


def session(number: int, **given) -> ShownSession:
    return ShownSession(
        **{
            "session_id": number,
            "key": f"T{number}",
            "kind": SessionKind.TALK_ROUND,
            "title_de": f"Runde {number}",
            "starts_at": START,
            "ends_at": START + timedelta(minutes=45),
            "room_id": 1,
            "room_name": "Plenum",
        }
        | given
    )


@st.composite
def versions(draw) -> dict[int, ShownSession]:
    found = {}
    for number in draw(st.sets(st.integers(1, 5))):
        starts_at = START + timedelta(minutes=5 * draw(st.integers(0, 3)))
        found[number] = session(
            number,
            title_de=draw(st.sampled_from(["Licht", "Daten"])),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=45),
            room_name=draw(st.sampled_from(["Plenum", "Akademie"])),
            people=draw(people),
            appearance=draw(st.sampled_from(Appearance)),
            capacity=draw(st.sampled_from([None, 30])),
        )
    return found


def applied(
    before: dict[int, ShownSession], differences: Iterable[SessionDifference]
) -> dict[int, ShownSession]:
    """The version that comes of another by differences, in whatever order."""
    found = dict(before)
    for each in differences:
        if each.after is None:
            found.pop(each.session_id, None)
        else:
            found[each.session_id] = each.after
    return found


def mirrored(differences: Iterable[SessionDifference]) -> list[SessionDifference]:
    """The way back: what differs if the versions change places."""
    back = [SessionDifference(each.after, each.before) for each in differences]
    return sorted(back, key=lambda one: (one.shown.starts_at, len(one.shown.key), one.shown.key,
                                         one.session_id))  # fmt: skip


@given(versions())
def test_a_version_does_not_differ_from_itself(version):
    assert compare(version, dict(version)) == []


@given(versions(), versions(), st.randoms())
def test_differences_lead_from_one_version_to_the_other_in_whatever_order(before, after, chance):
    differences = compare(before, after)
    chance.shuffle(differences)

    reached = applied(before, differences)

    assert reached == after


@given(versions(), versions())
def test_the_way_back_is_the_mirror_of_the_way_there(before, after):
    assert compare(after, before) == mirrored(compare(before, after))


@given(versions(), versions(), st.randoms())
def test_the_order_of_the_sessions_changes_nothing(before, after, chance):
    items = list(after.items())
    chance.shuffle(items)

    assert compare(before, dict(items)) == compare(before, after)


@given(versions(), versions())
def test_every_difference_is_of_some_kind_and_nothing_else_is_told_of_what_comes_or_goes(
    before, after
):
    for each in compare(before, after):
        assert each.kinds
        come_and_gone = {ChangeKind.ADDED, ChangeKind.REINSTATED, ChangeKind.CANCELLED,
                         ChangeKind.WITHDRAWN}  # fmt: skip
        assert len(each.kinds) == 1 or come_and_gone.isdisjoint(each.kinds)


@given(versions(), versions())
def test_who_joins_on_the_way_there_leaves_on_the_way_back(before, after):
    there = [part for each in compare(before, after) for part in each.parts]
    back = [part for each in compare(after, before) for part in each.parts]

    def of(parts, kind):
        return sorted(part.person.contributor_id for part in parts if part.kind is kind)

    assert of(there, PartKind.JOINED) == of(back, PartKind.LEFT)
    assert of(there, PartKind.LEFT) == of(back, PartKind.JOINED)


def test_time_and_room_are_a_newer_entry_in_calendars_and_words_are_not():
    one = session(1)
    later = replace(one, starts_at=START + timedelta(minutes=5))

    assert SessionDifference(one, later).moves
    assert SessionDifference(one, replace(one, room_name="Akademie")).moves
    assert not SessionDifference(one, replace(one, title_de="Anders", people=())).moves
    assert not SessionDifference(None, one).moves


def lines(before: ShownSession | None, after: ShownSession | None, locale: str = "de") -> list[str]:
    with use_locale(locale):
        return list(told(SessionDifference(before, after), ZONE).lines)


def test_a_move_reads_as_the_new_time_instead_of_the_old(app):
    one = session(1)
    moved = replace(one, starts_at=START + timedelta(minutes=50),
                    ends_at=START + timedelta(minutes=95), room_name="Akademie")  # fmt: skip

    assert lines(one, moved) == ["16:50–17:35 Uhr statt 16:00–16:45 Uhr", "Akademie statt Plenum"]
    assert lines(one, moved, "en") == [
        "16:50–17:35 instead of 16:00–16:45",
        "Akademie instead of Plenum",
    ]


def test_on_another_day_the_day_is_said(app):
    one = session(1)
    moved = replace(one, starts_at=START + timedelta(days=1), ends_at=one.ends_at + timedelta(1))

    assert lines(one, moved) == [
        "Fr., 25.06.2027, 16:00–16:45 Uhr statt Do., 24.06.2027, 16:00–16:45 Uhr"
    ]


def test_people_who_take_each_others_place_are_said_in_one_line(app):
    ohm = ShownPerson(1, "Anna Ohm", Role.MODERATION)
    kolb = ShownPerson(2, "Jan Kolb", Role.MODERATION)
    more = ShownPerson(3, "Ute Möhn", Role.INPUT)

    assert lines(session(1, people=(kolb,)), session(1, people=(ohm, more))) == [
        "Anna Ohm statt Jan Kolb (Moderation)",
        "mit Ute Möhn (Impuls)",
    ]


def test_what_comes_and_goes_is_said_so(app):
    one = session(1)
    off = replace(one, appearance=Appearance.CANCELLED)
    hidden = replace(one, title_de="", appearance=Appearance.WITHDRAWN)

    assert lines(None, one) == ["Do., 24.06.2027, 16:00–16:45 Uhr, Plenum"]
    assert lines(one, off) == ["entfällt"]
    assert lines(off, one)[0] == "findet doch statt"
    with use_locale("de"):
        assert told(SessionDifference(one, hidden), ZONE).name == "T1 Runde 1"


def test_differences_stand_in_groups_what_falls_out_first(app):
    before = {1: session(1), 2: session(2), 3: session(3)}
    after = {
        1: replace(before[1], title_de="Neu"),
        2: replace(before[2], appearance=Appearance.CANCELLED),
        3: replace(before[3], room_name="Akademie", title_de="Neu"),
        4: session(4),
    }

    with use_locale("de"):
        groups = grouped(compare(before, after), ZONE)

        assert [(str(heading), [one.code for one in found]) for heading, found in groups] == [
            ("Entfällt", ["T2"]),
            ("Andere Zeit oder anderer Raum", ["T3"]),
            ("Neu", ["T4"]),
            ("Anderer Titel", ["T1"]),
        ]
