"""The programme follows what happens below it: rooms renamed, venues left, days shifted."""

from datetime import timedelta

import pytest
from factories import make_event, make_session, make_slot, make_venue, moment
from sqlalchemy import text

from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.models import AuditEntry
from eventapp.events.actions import (
    DatesChange,
    RoomChange,
    VenueChange,
    add_venue,
    cancel_event,
    change_event,
    change_room,
    change_venue,
    choose_venue,
    mark_of,
)
from eventapp.events.actions.changes import stored
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.programme.models import Session
from eventapp.programme.states import SessionState

LATER = moment("2030-01-01T12:00")


@pytest.fixture
def event(app) -> Event:
    return make_event(starts_at=moment("2027-03-25T14:30"))  # a Thursday before summer time


def as_stored(row: object, kind: type, **given: object) -> object:
    return kind(**stored(row, kind) | given)


def rename(room, name: str) -> None:
    change_room(
        room, as_stored(room, RoomChange, name=name), seen=mark_of(room, RoomChange), by=SYSTEM
    )


def move(event: Event, days: int, **more: object) -> None:
    times = ("doors_at", "starts_at", "ends_at")
    given = {name: getattr(event, name) + timedelta(days=days, **more) for name in times}
    change_event(
        event, as_stored(event, DatesChange, **given), seen=mark_of(event, DatesChange), by=SYSTEM
    )


def fresh(session: Session) -> Session:
    db.session.refresh(session)
    return session


def test_a_new_name_of_a_room_moves_the_sessions_there_and_no_others(event):
    here, elsewhere = (make_session(event, room=room) for room in event.venue.rooms)

    with clock.held(LATER):
        rename(here.room, "Großer Saal")

    assert (fresh(here).sequence, here.last_modified_at) == (1, LATER)
    assert fresh(elsewhere).sequence == 0
    assert elsewhere.last_modified_at < LATER


def test_more_seats_in_a_room_are_nothing_to_a_calendar(event):
    session = make_session(event, room=event.venue.rooms[0])
    change = as_stored(session.room, RoomChange, capacity=12)

    change_room(session.room, change, seen=mark_of(session.room, RoomChange), by=SYSTEM)

    assert fresh(session).sequence == 0


def test_another_address_renews_the_entries_of_all_events_there(event):
    sessions = [make_session(each) for each in (event, make_event(event.host, venue=event.venue))]
    venue = event.venue
    change = as_stored(venue, VenueChange, street="Neuer Weg 2")

    with clock.held(LATER):
        change_venue(venue, change, seen=mark_of(venue, VenueChange), by=SYSTEM)

    assert [fresh(session).last_modified_at for session in sessions] == [LATER, LATER]


def test_a_form_that_is_open_meanwhile_is_not_out_of_date(event):
    session = make_session(event, room=event.venue.rooms[0])
    before = session.version

    rename(session.room, "Großer Saal")
    cancel_event(event, by=SYSTEM)

    assert fresh(session).version == before


def test_drafts_are_left_alone_for_nobody_has_them_in_a_calendar(event):
    draft = make_session(event, room=event.venue.rooms[0], state=SessionState.DRAFT)

    rename(draft.room, "Großer Saal")

    assert fresh(draft).sequence == 0


def test_at_another_venue_sessions_have_no_room_until_they_get_one_there(event):
    session, without = make_session(event, room=event.venue.rooms[0]), make_session(event)
    stays = make_session(make_event(event.host, venue=event.venue), room=event.venue.rooms[0])

    choose_venue(event, make_venue(event.host), by=SYSTEM)

    assert (fresh(session).room_id, session.state) == (None, SessionState.PUBLISHED)
    assert session.sequence == 1
    assert fresh(without).state is SessionState.PUBLISHED
    assert fresh(stays).room_id is not None


def test_the_trail_keeps_which_room_a_session_had(event):
    session = make_session(event, room=event.venue.rooms[0])
    room_id = session.room_id

    add_venue(event, as_stored(event.venue, VenueChange, name="Kulturbahnhof"), by=SYSTEM)

    entry = db.session.query(AuditEntry).filter_by(action="session.changed").one()
    assert (entry.before, entry.after) == ({"room_id": room_id}, {"room_id": None})


def test_on_another_day_the_programme_keeps_its_times_of_day(event):
    slot = make_slot(event)
    session = make_session(event, slot_id=slot.id)
    night = make_session(event, starts_at=moment("2027-03-25T22:30"),
                         ends_at=moment("2027-03-26T00:30"))  # fmt: skip

    move(event, 7, hours=-1)  # the clocks go forward in between

    assert event.starts_at == moment("2027-04-01T13:30")
    assert fresh(session).starts_at == moment("2027-04-01T13:30")
    assert (session.state, session.sequence) == (SessionState.PUBLISHED, 1)
    assert fresh(night).ends_at == moment("2027-04-01T23:30")
    db.session.refresh(slot)
    assert slot.starts_at == moment("2027-04-01T14:30")


def test_an_event_that_begins_an_hour_later_leaves_its_programme_where_it_is(event):
    session = make_session(event, starts_at=event.starts_at + timedelta(hours=2))
    before = session.starts_at

    move(event, 0, hours=1)

    assert (fresh(session).starts_at, session.state) == (before, SessionState.PUBLISHED)


def test_what_is_cancelled_or_has_no_time_does_not_move(event):
    off = make_session(event, state=SessionState.CANCELLED)
    parked = make_session(event, state=SessionState.DRAFT, starts_at=None, ends_at=None)
    before = off.starts_at

    move(event, 7)

    assert (fresh(off).starts_at, fresh(parked).starts_at) == (before, None)


def test_a_session_that_somebody_changed_meanwhile_follows_all_the_same(event):
    session = make_session(event, room=event.venue.rooms[0])
    with db.engine.begin() as connection:  # as another process would: this one's row is older now
        connection.execute(text("UPDATE session SET version = version + 1"))

    choose_venue(event, make_venue(event.host), by=SYSTEM)

    assert fresh(session).room_id is None
