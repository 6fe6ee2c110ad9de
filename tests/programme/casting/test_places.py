"""Who gets which place: pencilled in, replaced, put on the list, moved on the podium."""

from datetime import timedelta

import pytest
from factories import make_contribution, make_contributor, make_event, make_session

from eventapp.accounts.audit import SYSTEM
from eventapp.contacts.states import FormOfAddress
from eventapp.foundation import clock
from eventapp.programme.casting.actions import (
    Stranger,
    add_candidate,
    add_to_cast,
    arrange_podium,
    decline,
    move_candidate,
    move_on_podium,
    next_on_the_list,
    remove_candidate,
    replace_by,
)
from eventapp.programme.casting.board import casting_board, filtered
from eventapp.programme.casting.errors import NobodyOnTheList, OthersByNow, ThereAlready
from eventapp.programme.casting.queries import candidates_for, candidates_in
from eventapp.programme.casting.states import Direction, Stage
from eventapp.programme.errors import NotNow
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.queries import programme_of, session_of
from eventapp.programme.states import ContributorState as C
from eventapp.programme.states import SessionState


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def panel(event):
    return make_session(event, kind=SessionKind.PANEL, title_de="Podium")


def seat(session, last_name, state=C.PENCILLED, role=Role.PANEL, **given):
    person = make_contributor(session.event, last_name=last_name)
    return make_contribution(session, person, role, state=state, **given)


def stranger(last_name, **given):
    return Stranger(
        **{
            "form_of_address": FormOfAddress.MS,
            "title": "Dr.",
            "first_name": "Ada",
            "last_name": last_name,
            "organisation_name": "Werk",
            "email": "ada@werk.example",
        }
        | given
    )


def board(event):
    return casting_board(programme_of(event), candidates_in(event), clock.now().date())


def names(session):
    return [
        one.contributor.last_name for one in session_of(session.event, session.id).contributions
    ]


def waiting(part):
    return [one.contributor.last_name for one in candidates_for(part)]


def test_an_empty_panel_lacks_a_moderator_and_two_people(event, panel):
    [cast] = board(event).casts

    assert cast.lacking == ((Role.MODERATION, 1), (Role.PANEL, 2))
    assert cast.open_places == 3


def test_panels_stand_first(event):
    early = make_session(event)
    late = make_session(
        event, kind=SessionKind.PANEL, starts_at=event.starts_at + timedelta(hours=2),
        ends_at=event.starts_at + timedelta(hours=3),
    )  # fmt: skip

    assert [cast.session.id for cast in board(event).casts] == [late.id, early.id]


def test_somebody_new_is_entered_with_address_and_pencilled_in_last(event, panel):
    seat(panel, "Öhm")

    part = add_to_cast(panel, stranger("Bärwald"), Role.PANEL, by=SYSTEM)

    assert (part.state, part.contributor.email) == (C.PENCILLED, "ada@werk.example")
    assert names(panel) == ["Öhm", "Bärwald"]


def test_nobody_has_the_same_part_twice(event, panel):
    one = seat(panel, "Öhm")

    with pytest.raises(ThereAlready):
        add_to_cast(panel, one.contributor_id, Role.PANEL, by=SYSTEM)
    assert add_to_cast(panel, one.contributor_id, Role.MODERATION, by=SYSTEM)


def test_a_person_of_another_event_gets_no_place(event, panel):
    """T-01."""
    other = make_contributor(make_event())

    with pytest.raises(NotNow):
        add_to_cast(panel, other.id, Role.PANEL, by=SYSTEM)


def test_a_cancelled_session_is_not_cast(event):
    off = make_session(event, kind=SessionKind.PANEL, state=SessionState.CANCELLED)

    with pytest.raises(NotNow):
        add_to_cast(off, stranger("Öhm"), Role.PANEL, by=SYSTEM)
    assert board(event).casts == ()


def test_who_replaces_somebody_takes_place_position_and_list(event, panel):
    seat(panel, "Erste", position=0)
    gone = seat(panel, "Absage", C.ASKED, position=1)
    seat(panel, "Letzte", position=2)
    for name in ("Eins", "Zwei"):
        add_candidate(gone, stranger(name), by=SYSTEM)
    decline(gone, "keine Zeit", by=SYSTEM)

    new = replace_by(gone, stranger("Neu"), by=SYSTEM)

    assert names(panel) == ["Erste", "Neu", "Absage", "Letzte"]
    assert (new.replaces_id, new.state, waiting(new)) == (gone.id, C.PENCILLED, ["Eins", "Zwei"])
    [cast] = board(event).casts
    shown = [one.person.last_name for one in cast.seats]
    assert (shown, cast.followed) == (["Erste", "Neu", "Letzte"], (gone,))
    assert cast.seats[1].instead_of == gone


def test_the_next_on_the_list_follows_and_the_others_move_up(event, panel):
    gone = seat(panel, "Absage", C.ASKED)
    for name in ("Eins", "Zwei"):
        add_candidate(gone, stranger(name), by=SYSTEM)
    decline(gone, "keine Zeit", by=SYSTEM)

    new = next_on_the_list(gone, by=SYSTEM)

    assert (new.contributor.last_name, waiting(new), waiting(gone)) == ("Eins", ["Zwei"], [])
    with pytest.raises(NotNow):
        replace_by(gone, stranger("Zu spät"), by=SYSTEM)


def test_nobody_is_replaced_who_may_still_come(event, panel):
    with pytest.raises(NotNow):
        replace_by(seat(panel, "Öhm", C.ASKED), stranger("Neu"), by=SYSTEM)


def test_an_empty_list_has_no_next(event, panel):
    gone = seat(panel, "Absage", C.DECLINED)

    with pytest.raises(NobodyOnTheList):
        next_on_the_list(gone, by=SYSTEM)


def test_the_list_for_a_place_has_an_order(event, panel):
    one = seat(panel, "Öhm")
    rows = [add_candidate(one, stranger(name), by=SYSTEM) for name in ("A", "B", "C")]

    move_candidate(rows[2], Direction.UP, by=SYSTEM)
    move_candidate(rows[0], Direction.UP, by=SYSTEM)
    assert waiting(one) == ["A", "C", "B"]
    remove_candidate(rows[0], by=SYSTEM)

    assert waiting(one) == ["C", "B"]
    with pytest.raises(ThereAlready):
        add_candidate(one, rows[1].contributor_id, by=SYSTEM)


def test_a_candidate_has_no_part_in_the_session(event, panel):
    add_candidate(seat(panel, "Öhm"), stranger("Nachrückerin"), by=SYSTEM)

    assert names(panel) == ["Öhm"]


def test_people_move_on_the_podium_past_those_who_will_not_come(event, panel):
    seat(panel, "A", position=0)
    seat(panel, "weg", C.DECLINED, position=1)
    last = seat(panel, "B", C.AGREED, position=2)

    move_on_podium(last, Direction.UP, by=SYSTEM)
    move_on_podium(last, Direction.UP, by=SYSTEM)

    assert names(panel) == ["B", "weg", "A"]
    assert panel.state is SessionState.PUBLISHED  # the public sees one name, as before


def test_the_order_of_those_who_are_named_changes_what_a_release_shows(event, panel):
    first, last = (
        seat(panel, name, C.AGREED, position=place) for place, name in enumerate(("A", "B"))
    )

    arrange_podium(panel, [last.id, first.id], by=SYSTEM)

    assert (names(panel), panel.state) == (["B", "A"], SessionState.CHANGED)


def test_an_order_without_somebody_who_came_meanwhile_is_refused(event, panel):
    """T-52."""
    one = seat(panel, "A")
    seat(panel, "B")

    with pytest.raises(OthersByNow):
        arrange_podium(panel, [one.id], by=SYSTEM)


def test_the_board_is_filtered_by_state_and_by_person(event, panel):
    asked = seat(panel, "Öhm", C.ASKED)
    open_place = seat(panel, "Absage", C.DECLINED)
    candidate = add_candidate(open_place, stranger("Eins"), by=SYSTEM)
    other = make_session(event)
    seat(other, "Kröger", C.AGREED, Role.KEYNOTE)
    whole = board(event)

    def shown(stage=None, person=None):
        return [
            [one.person.last_name for one in cast.seats]
            for cast in filtered(whole, stage, person).casts
        ]

    assert shown(Stage.WAITING) == [["Öhm"]]
    assert shown(Stage.OPEN) == [["Absage"]]
    assert shown(person=asked.contributor_id) == [["Öhm", "Absage"]]
    assert shown(person=candidate.contributor_id) == [["Öhm", "Absage"]]
    assert whole.counts[Stage.OPEN] == 2  # the refusal, and no moderator


@pytest.mark.parametrize(("state", "weeks", "late"), [
    (C.DROPPED_OUT, 8, True), (C.DECLINED, 2, True), (C.DECLINED, 8, False),
])  # fmt: skip
def test_a_refusal_is_late_after_a_promise_or_shortly_before(event, panel, state, weeks, late):
    seat(panel, "Öhm", state, answered_at=panel.starts_at - timedelta(weeks=weeks))

    [cast] = board(event).casts
    assert cast.late is late


def test_whoever_is_not_there_at_the_time_is_marked(event, panel):
    part = seat(panel, "Öhm")
    part.contributor.available_from = panel.starts_at + timedelta(minutes=5)

    [cast] = board(event).casts
    assert [one.away for one in cast.seats] == [True]
