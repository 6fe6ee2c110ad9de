"""Plans: lines that follow the programme, delays as one step, and the link of the crew."""

from datetime import timedelta

import pytest
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_session,
    make_show_line,
    moment,
)

from eventapp.accounts.models import AuditEntry
from eventapp.events.queries import rooms_of
from eventapp.foundation.database import db, transaction
from eventapp.foundation.errors import Invalid, NotFound, Overtaken, Stale
from eventapp.programme.actions import SessionMove, delete_draft_session, move_sessions
from eventapp.programme.run_of_show.actions import (
    LineChange,
    add_line,
    back_to_plan,
    change_line,
    close_link,
    delay_from,
    delete_line,
    import_lines,
    open_link,
    renew_link,
    restore_delays,
    restore_line,
    take_lines_back,
    take_over_sessions,
)
from eventapp.programme.run_of_show.errors import LinkClosed, NothingToShift, PlanMoved
from eventapp.programme.run_of_show.permissions import line_for_organiser, plan_for_crew
from eventapp.programme.run_of_show.queries import plan_of, run_of_show
from eventapp.programme.states import ContributorState, SessionState
from eventapp.programme.timetable.places import Place

MINUTE = timedelta(minutes=1)


@pytest.fixture
def event(app):
    return make_event()


def last_step():
    return db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()


def begins(event):
    """By title, the minutes after the event's begin."""
    return {
        cue.what: int((cue.begins_at - event.starts_at).total_seconds() // 60)
        for cue in run_of_show(event).cues
        if cue.begins_at
    }


def at(event, minutes):
    return event.starts_at + minutes * MINUTE


def shift(event, line, minutes):
    delay_from(event, line.id, minutes, mark=run_of_show(event).mark, by="test")


def test_a_line_is_as_its_session_and_moves_with_it(event):
    rooms = rooms_of(event)
    session = make_session(event, room=rooms[0])
    make_contribution(session, make_contributor(event, first_name="Ada", last_name="Ohm"))
    line = make_show_line(event, session_id=session.id, what="", offset_minutes=-5, sound="Hand 1")

    place = Place(at(event, 60), at(event, 90), rooms[1].id, None)
    move_sessions(event, [SessionMove(session.id, session.version, place)], by="test")

    [cue] = run_of_show(event).cues
    assert (cue.id, cue.what, cue.where) == (line.id, "Fabrik ohne Inseln", rooms[1].name)
    assert (cue.begins_at, cue.minutes) == (at(event, 55), 0)
    assert "Ada Ohm" in cue.who


def test_what_is_entered_by_hand_no_longer_follows(event):
    session = make_session(event, room=rooms_of(event)[0])
    line = make_show_line(event, session_id=session.id, what="")
    change = LineChange(session_id=session.id, starts_at=at(event, 3), minutes=4, where="Tor 3")

    change_line(line, change, seen=line.version, by="test")

    [cue] = run_of_show(event).cues
    assert (cue.what, cue.where, cue.minutes) == ("Fabrik ohne Inseln", "Tor 3", 4)
    assert cue.begins_at == at(event, 3)


def test_who_has_not_agreed_is_not_named(event):
    session = make_session(event)
    make_contribution(session, make_contributor(event, last_name="Ohm"))
    unsure = make_contributor(event, last_name="Zauder")
    make_contribution(session, unsure, state=ContributorState.ASKED)
    make_show_line(event, session_id=session.id)

    [cue] = run_of_show(event).cues
    assert ("Ohm" in cue.who, "Zauder" in cue.who) == (True, False)


def test_the_cues_of_a_deleted_draft_stay_as_lines_of_their_own(event):
    session = make_session(event, state=SessionState.DRAFT, room=rooms_of(event)[0])
    make_show_line(event, session_id=session.id, what="", sound="Headset 1")

    delete_draft_session(session, by="test")

    [cue] = run_of_show(event).cues
    assert (cue.line.session_id, cue.what, cue.minutes) == (None, "Fabrik ohne Inseln", 20)
    assert (cue.begins_at, cue.line.sound) == (event.starts_at, "Headset 1")


def test_a_cancelled_session_takes_no_part_in_a_delay(event):
    session = make_session(event, state=SessionState.CANCELLED)
    off = make_show_line(event, session_id=session.id)
    make_show_line(event, what="Gong", starts_at=at(event, 30))

    with pytest.raises(NothingToShift):
        shift(event, off, 10)

    assert [cue.is_off for cue in run_of_show(event).cues] == [True, False]


def test_sessions_without_a_line_are_taken_over_once(event):
    there = make_session(event)
    make_show_line(event, session_id=there.id)
    make_session(event, title_de="Podium", starts_at=at(event, 60), ends_at=at(event, 90))
    make_session(event, title_de="Idee", starts_at=None, ends_at=None, state=SessionState.DRAFT)

    assert take_over_sessions(event, by="test") == 1
    assert take_over_sessions(event, by="test") == 0

    assert begins(event) == {"Begrüßung": 0, "Podium": 60}


def test_lines_taken_over_by_mistake_go_in_one_step(event):
    make_session(event)
    take_over_sessions(event, by="test")

    take_lines_back(plan_of(event), last_step(), by="test")

    assert run_of_show(event).cues == []


def test_lines_that_somebody_has_changed_since_stay(event):
    import_lines(event, [LineChange(what="Gong", starts_at=event.starts_at)], by="test")
    step = last_step()
    [line] = [cue.line for cue in run_of_show(event).cues]
    change = LineChange(what="Großer Gong", starts_at=event.starts_at)
    change_line(line, change, seen=line.version, by="test")

    with pytest.raises(Overtaken):
        take_lines_back(plan_of(event), step, by="test")


def test_a_delay_is_one_step_and_goes_back_as_one(event):
    first = make_show_line(event, what="A", minutes=20)
    make_show_line(event, what="B", starts_at=at(event, 20), minutes=10)
    make_show_line(event, what="F", starts_at=at(event, 35), fixed=True)
    make_show_line(event, what="C", starts_at=at(event, 40))

    shift(event, first, 15)

    assert begins(event) == {"A": 15, "B": 35, "F": 35, "C": 50}
    [squeeze] = run_of_show(event).squeezes
    assert (squeeze.fixed.minutes, squeeze.minutes) == (10, 10)
    restore_delays(plan_of(event), last_step(), by="test")
    assert begins(event) == {"A": 0, "B": 20, "F": 35, "C": 40}


def test_a_delay_never_reaches_the_programme(event):
    session = make_session(event)
    line = make_show_line(event, session_id=session.id)
    before = (session.version, session.starts_at, event.revision)

    shift(event, line, 10)

    db.session.refresh(session)
    assert (session.version, session.starts_at, event.revision) == before
    [cue] = run_of_show(event).cues
    assert (cue.begins_at, cue.late) == (at(event, 10), 10)


def test_a_plan_that_changed_since_the_preview_is_not_shifted(event):
    line = make_show_line(event)
    mark = run_of_show(event).mark
    make_show_line(event, what="Gong", starts_at=at(event, 5))

    with pytest.raises(PlanMoved):
        delay_from(event, line.id, 10, mark=mark, by="test")

    assert not run_of_show(event).is_late


def test_a_delay_that_was_built_upon_is_not_undone(event):
    line = make_show_line(event)
    shift(event, line, 10)
    step = last_step()
    shift(event, line, 5)

    with pytest.raises(Overtaken):
        restore_delays(plan_of(event), step, by="test")


def test_everything_is_on_time_again_in_one_step(event):
    line = make_show_line(event)
    shift(event, line, 10)
    shift(event, line, -25)

    back_to_plan(event, by="test")

    assert not run_of_show(event).is_late


def test_nothing_is_more_than_a_day_late(event):
    line = make_show_line(event)
    shift(event, line, 24 * 60)

    with pytest.raises(Invalid):
        shift(event, line, 1)


def test_two_people_change_one_line_and_the_second_sees_both_versions(event):
    line = make_show_line(event)
    seen = line.version
    given = {"starts_at": line.starts_at, "minutes": 10}
    change_line(line, LineChange(what="Gong", **given), seen=seen, by="test")

    with pytest.raises(Stale) as problem:
        change_line(line, LineChange(what="Glocke", **given), seen=seen, by="test")

    assert problem.value.differences == {"what": ("Gong", "Glocke")}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (LineChange(starts_at=moment("2027-06-24T12:00")), "what"),
        (LineChange(what="Gong"), "starts"),
        (LineChange(session_id=999), "session"),
    ],
)
def test_a_line_that_says_too_little_is_refused_at_its_field(event, change, field):
    with pytest.raises(Invalid) as problem:
        add_line(event, change, by="test")

    assert problem.value.field == field


def test_a_deleted_line_comes_back_as_it_was(event):
    line = make_show_line(event, what="Gong", light="Saal 80 %", fixed=True)
    delete_line(line, by="test")
    assert run_of_show(event).cues == []

    restore_line(plan_of(event), last_step(), by="test")

    [cue] = run_of_show(event).cues
    assert (cue.what, cue.line.light, cue.line.fixed) == ("Gong", "Saal 80 %", True)
    assert (cue.begins_at, cue.minutes) == (event.starts_at, 10)


def test_a_plan_past_midnight_stands_under_two_days(event):
    make_show_line(event, what="Abbau", starts_at=at(event, 60))
    make_show_line(event, what="Tor zu", starts_at=at(event, 60 * 14))

    days = run_of_show(event).days()

    assert [len(cues) for _day, cues in days] == [1, 1]
    assert (days[1][0] - days[0][0]).days == 1


def test_a_line_of_another_event_is_absent(event):
    """T-02: a line belongs to its event."""
    line = make_show_line(make_event(event.host))

    with pytest.raises(NotFound):
        line_for_organiser(event, line.id)


def test_only_the_newest_link_of_the_crew_opens_the_plan(event):
    """T-12: who renews or closes the link has killed the one that was given out."""
    plan = open_link(event, by="test")
    first = plan.token
    assert plan_for_crew(first).id == plan.id

    renew_link(event, by="test")
    second = plan.token
    with pytest.raises(NotFound):
        plan_for_crew(first)
    assert plan_for_crew(second).id == plan.id

    close_link(event, by="test")
    for token in (first, second, plan.token, "nichts", f"{plan.public_id}.AAAAAAAAAAAAAAAAAAAAAA"):
        with pytest.raises(NotFound):
            plan_for_crew(token)
    with pytest.raises(LinkClosed):
        renew_link(event, by="test")


def test_lines_keep_their_time_of_day_when_the_event_moves(event):
    from eventapp.events.signals import days_shifted

    make_show_line(event, what="Gong")
    with transaction():
        days_shifted.send(event, days=7, by="test")

    assert begins(event) == {"Gong": 7 * 24 * 60}
