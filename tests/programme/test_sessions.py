"""Adding, changing, cancelling and deleting sessions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_session,
    make_slot,
)

from eventapp.accounts.audit import SYSTEM
from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.errors import Invalid, Stale
from eventapp.programme.actions import (
    Part,
    SessionChange,
    add_session,
    cancel_session,
    change_session,
    delete_draft_session,
    parts_of,
    pending_of,
    publish_programme,
)
from eventapp.programme.errors import EndBeforeStart, KeyTaken, NotNow, StillPublic
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Session
from eventapp.programme.queries import programme_of, session_of
from eventapp.programme.release_queries import newest_kept, public_programme
from eventapp.programme.states import Appearance, ContributorState, SessionState


@pytest.fixture
def event(app) -> Event:
    return make_event()


def change_for(event: Event, **given: Any) -> SessionChange:
    return SessionChange(
        **{
            "key": "",
            "kind": SessionKind.KEYNOTE,
            "title_de": "Fabrik ohne Inseln",
            "title_en": "Factory without islands",
            "teaser_de": "",
            "teaser_en": "",
            "questions": "",
            "starts_at": event.starts_at,
            "ends_at": event.starts_at + timedelta(minutes=20),
            "room_id": None,
            "slot_id": None,
            "capacity": None,
            "public": True,
        }
        | given
    )


def as_stored(session: Session, **given: Any) -> SessionChange:
    names = SessionChange.__dataclass_fields__
    return SessionChange(**{name: getattr(session, name) for name in names} | given)


def save(session: Session, **given: Any) -> None:
    change_session(
        session, as_stored(session, **given), parts_of(session), seen=session.version, by=SYSTEM
    )


def test_a_new_session_is_a_draft_with_a_uid_for_ever(event):
    session = add_session(event, change_for(event), [], by=SYSTEM)

    assert (session.state, session.sequence, session.key) == (SessionState.DRAFT, 0, "P1")
    assert session.uid.endswith("@eventapp")


def test_rounds_are_numbered_by_themselves(event):
    keys = [
        add_session(event, change_for(event, kind=SessionKind.TALK_ROUND), [], by=SYSTEM).key
        for _each in range(2)
    ]

    assert keys == ["T1", "T2"]


def test_people_stand_in_the_order_in_which_they_were_given(event):
    first, second = make_contributor(event), make_contributor(event)
    parts = [Part(second.id, Role.PANEL), Part(first.id, Role.PANEL, ContributorState.AGREED)]

    session = add_session(event, change_for(event, kind=SessionKind.PANEL), parts, by=SYSTEM)

    assert list(parts_of(session_of(event, session.id))) == parts


def test_reordering_people_keeps_their_rows(event):
    session = make_session(event)
    one = make_contribution(session, make_contributor(event), position=0)
    two = make_contribution(session, make_contributor(event), position=1)
    session = session_of(event, session.id)

    change_session(
        session, as_stored(session), parts_of(session)[::-1], seen=session.version, by=SYSTEM
    )

    assert [each.id for each in session_of(event, session.id).contributions] == [two.id, one.id]


def test_who_is_left_out_is_out(event):
    session = make_session(event)
    make_contribution(session, make_contributor(event))
    session = session_of(event, session.id)

    change_session(session, as_stored(session), [], seen=session.version, by=SYSTEM)

    assert session_of(event, session.id).contributions == []


MOVES: dict[str, Callable[[Session], dict[str, Any]]] = {
    "start": lambda session: {"starts_at": session.starts_at - timedelta(minutes=5)},
    "end": lambda session: {"ends_at": session.ends_at + timedelta(minutes=5)},
    "room": lambda session: {"room_id": rooms_of(session.event)[0].id},
}


@pytest.mark.parametrize("move", MOVES)
def test_a_new_start_end_or_room_raises_the_sequence_once_it_is_released(event, move):
    session = make_session(event)
    before = session.last_modified_at

    with clock.held(clock.now() + timedelta(hours=1)):
        save(session, **MOVES[move](session))
        drafted = session.state, session.sequence, session.last_modified_at
        publish_programme(event, by=SYSTEM)

        assert drafted == (SessionState.CHANGED, 0, before)
        assert (session.state, session.sequence) == (SessionState.PUBLISHED, 1)
        assert session.last_modified_at == clock.now()


@pytest.mark.parametrize(
    "words",
    [
        {"title_de": "Fabrik mit Brücken"},
        {"teaser_en": "Data"},
        {"capacity": 12},
    ],
)
def test_new_words_move_only_the_time_of_the_change(event, words):
    session = make_session(event)

    with clock.held(clock.now() + timedelta(hours=1)):
        save(session, **words)
        publish_programme(event, by=SYSTEM)

        assert session.last_modified_at == clock.now()
    assert session.sequence == 0


def test_saving_without_a_change_changes_nothing(event):
    session = make_session(event)
    before = session.version, session.last_modified_at, event.revision

    save(session)

    assert (session.version, session.last_modified_at, event.revision) == before


def test_the_events_page_is_renewed_by_a_release_and_by_nothing_before_it(event):
    draft, public = make_session(event, state=SessionState.DRAFT), make_session(event)
    before = event.revision

    save(draft, title_de="Noch geheim")
    save(public, title_de="Schon bekannt")
    cancel_session(public, by=SYSTEM)
    assert event.revision == before

    publish_programme(event, by=SYSTEM)
    assert event.revision == before + 1


def test_the_second_of_two_people_sees_the_difference_and_nothing_is_overwritten(event):
    session = make_session(event, title_de="Alt")
    seen = session.version
    mine = as_stored(session, title_de="Von mir", capacity=40)
    save(session, title_de="Von der Kollegin")

    with pytest.raises(Stale) as refused:
        change_session(session, mine, [], seen=seen, by=SYSTEM)

    assert refused.value.differences == {
        "title_de": ("Von der Kollegin", "Von mir"),
        "capacity": (None, 40),
    }
    assert session_of(event, session.id).title_de == "Von der Kollegin"


def test_wanting_what_a_colleague_stored_already_is_fine(event):
    session = make_session(event, title_de="Alt")
    seen = session.version
    save(session, title_de="Neu")

    change_session(session, as_stored(session, title_de="Neu"), [], seen=seen, by=SYSTEM)

    assert session.title_de == "Neu"


def test_a_session_ends_after_it_begins(event):
    with pytest.raises(EndBeforeStart):
        add_session(event, change_for(event, ends_at=event.starts_at), [], by=SYSTEM)


def test_a_session_has_both_times_or_none(event):
    with pytest.raises(Invalid):
        add_session(event, change_for(event, ends_at=None), [], by=SYSTEM)

    parked = add_session(event, change_for(event, starts_at=None, ends_at=None), [], by=SYSTEM)
    assert programme_of(event).unplanned == [parked]


def test_two_sessions_of_an_event_never_share_a_short_name(event):
    add_session(event, change_for(event, key="A"), [], by=SYSTEM)

    with pytest.raises(KeyTaken):
        add_session(event, change_for(event, key="A"), [], by=SYSTEM)


def test_rooms_slots_and_people_of_other_events_are_refused(event):
    """T-02: a child of event B under event A."""
    other = make_event()
    foreign = {"room_id": rooms_of(other)[0].id, "slot_id": make_slot(other).id}
    stranger = Part(make_contributor(other).id, Role.INPUT)

    for name, number in foreign.items():
        with pytest.raises(Invalid) as refused:
            add_session(event, change_for(event, **{name: number}), [], by=SYSTEM)
        assert refused.value.field == name.removesuffix("_id")
    with pytest.raises(Invalid):
        add_session(event, change_for(event), [stranger], by=SYSTEM)
    assert programme_of(event).sessions == []


def test_nobody_has_the_same_role_twice(event):
    person = make_contributor(event)

    with pytest.raises(Invalid):
        add_session(event, change_for(event), [Part(person.id, Role.INPUT)] * 2, by=SYSTEM)


def test_a_promise_goes_only_where_arrows_lead(event):
    session = make_session(event)
    make_contribution(session, make_contributor(event), state=ContributorState.CONFIRMED)
    session = session_of(event, session.id)
    back = replace(parts_of(session)[0], state=ContributorState.PENCILLED)

    with pytest.raises(NotNow):
        change_session(session, as_stored(session), [back], seen=session.version, by=SYSTEM)


def test_a_published_session_does_not_lose_its_time(event):
    session = make_session(event)

    with pytest.raises(Invalid) as without_time:
        save(session, starts_at=None, ends_at=None)

    assert without_time.value.field == "starts"


@pytest.mark.parametrize("hiding", [{"public": False}, {"kind": SessionKind.INTERNAL}])
def test_a_published_session_that_becomes_internal_is_off_for_everybody_else(event, hiding):
    session = make_session(event, title_de="Geheimnis", teaser_de="Geheimnis")

    save(session, **hiding)
    publish_programme(event, by=SYSTEM)

    shown = newest_kept(event).sessions[session.id]
    assert (session.public, session.sequence) == (False, 1)
    assert shown.appearance is Appearance.WITHDRAWN
    assert "Geheimnis" not in str(shown)
    assert not public_programme(event)


def test_a_session_that_is_public_again_takes_place_again(event):
    session = make_session(event)
    save(session, public=False)
    publish_programme(event, by=SYSTEM)

    save(session, public=True)
    publish_programme(event, by=SYSTEM)

    assert (len(public_programme(event).entries), session.sequence) == (1, 2)


def test_t07_an_internal_session_is_never_public_whatever_is_ticked(event):
    session = add_session(event, change_for(event, kind=SessionKind.INTERNAL), [], by=SYSTEM)

    publish_programme(event, by=SYSTEM)

    assert (session.public, session.released) == (False, True)
    assert not public_programme(event)


def test_a_session_that_nobody_knew_of_is_cancelled_for_nobody(event):
    session = make_session(event, public=False)

    cancel_session(session, by=SYSTEM)

    assert session.state is SessionState.CANCELLED
    assert pending_of(event).is_empty


def test_what_is_over_was_held_and_cannot_be_cancelled_any_more(event):
    session = make_session(event)

    with clock.held(session.ends_at):
        assert session.standing is SessionState.HELD
        with pytest.raises(NotNow):
            cancel_session(session, by=SYSTEM)
        save(session, title_de="So war es wirklich")

    assert session.title_de == "So war es wirklich"


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.POSTPONED])
def test_nothing_was_held_at_an_event_that_did_not_take_place(app, state):
    session = make_session(make_event(state=state))

    with clock.held(session.ends_at):
        assert session.standing is SessionState.PUBLISHED


def test_a_cancelled_session_is_not_changed_any_more(event):
    session = make_session(event)
    cancel_session(session, by=SYSTEM)

    with pytest.raises(NotNow):
        save(session, title_de="Doch")


def test_a_cancelled_session_stays_with_its_uid_and_a_higher_sequence(event):
    session = make_session(event)
    uid = session.uid

    cancel_session(session, by=SYSTEM)
    publish_programme(event, by=SYSTEM)

    kept = session_of(event, session.id)
    assert (kept.uid, kept.sequence, kept.state) == (uid, 1, SessionState.CANCELLED)
    assert event.revision == 2


def test_a_draft_cannot_be_cancelled_and_a_published_session_cannot_be_deleted(event):
    draft, public = make_session(event, state=SessionState.DRAFT), make_session(event)

    with pytest.raises(NotNow):
        cancel_session(draft, by=SYSTEM)
    with pytest.raises(StillPublic):
        delete_draft_session(public, by=SYSTEM)


def test_a_deleted_draft_takes_its_cast_with_it_but_not_the_people(event):
    draft = make_session(event, state=SessionState.DRAFT)
    person = make_contributor(event)
    make_contribution(draft, person)
    draft = session_of(event, draft.id)

    delete_draft_session(draft, by=SYSTEM)

    programme = programme_of(event)
    assert programme.sessions == []
    assert [each.id for each in programme.contributors] == [person.id]
