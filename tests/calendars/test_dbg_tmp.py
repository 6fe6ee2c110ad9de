"""What organisers change reaches subscribers at their next poll, through the real actions."""

from dataclasses import replace
from datetime import timedelta

import pytest
import vobject
from factories import make_contribution, make_contributor, make_event, make_session

from eventapp.events import actions as event_actions
from eventapp.events.actions import RoomChange, VenueChange, cancel_event, change_room, change_venue
from eventapp.events.actions.changes import mark_of, stored
from eventapp.foundation import clock
from eventapp.programme.actions import cancel_session, set_contribution_state
from eventapp.programme.states import ContributorState


class Subscriber:
    """Polls a feed as calendar programs do, and keeps what it got."""

    def __init__(self, client, event):
        self.client, self.path, self.etag, self.entries = (
            client,
            f"/e/{event.slug}/calendar.ics",
            "",
            {},
        )

    def poll(self) -> int:
        answer = self.client.get(self.path, headers={"If-None-Match": self.etag})
        if answer.status_code == 200:
            self.etag = answer.headers["ETag"]
            entries = vobject.readOne(answer.text).vevent_list
            self.entries = {entry.uid.value: entry for entry in entries}
        return answer.status_code


@pytest.fixture
def event(app):
    with clock.held(clock.now() - timedelta(hours=1)):
        return make_event()


@pytest.fixture
def session(event):
    with clock.held(clock.now() - timedelta(hours=1)):
        return make_session(event, room=event.venue.rooms[0])


@pytest.fixture
def subscriber(client, event, session):
    person = Subscriber(client, event)
    person.poll()
    return person


def test_nothing_new_is_304(subscriber):
    assert subscriber.poll() == 304


def test_a_cancelled_session_stays_under_its_uid_as_cancelled(subscriber, session):
    before = subscriber.entries[session.uid]

    cancel_session(session, by="test")

    assert subscriber.poll() == 200
    after = subscriber.entries[session.uid]
    assert after.status.value == "CANCELLED"
    assert after.summary.value == f"Abgesagt: {before.summary.value}"
    assert int(after.sequence.value) == int(before.sequence.value) + 1
    assert after.dtstamp.value > before.dtstamp.value


def test_a_cancelled_event_cancels_what_people_have_in_their_calendars(subscriber, event, session):
    before = subscriber.entries[session.uid]

    cancel_event(event, by="test")

    assert subscriber.poll() == 200
    after = subscriber.entries[session.uid]
    assert after.status.value == "CANCELLED"
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstamp.value > before.dtstamp.value


def test_a_person_is_named_from_the_moment_they_agree(subscriber, event, session):
    person = make_contributor(event, last_name="Möhn")
    part = make_contribution(session, person, state=ContributorState.ASKED)

    set_contribution_state(part, ContributorState.AGREED, by="test")

    subscriber.poll()
    print("DBG", session.version, event.revision, part.state, subscriber.client.get(subscriber.path).text[-700:])
    assert "Möhn" in subscriber.entries[session.uid].description.value


def test_a_room_that_gets_another_name_is_called_so_in_calendars(subscriber, session):
    room = session.room
    change = RoomChange(**stored(room, RoomChange) | {"name": "Großer Saal"})

    change_room(room, change, seen=mark_of(room, RoomChange), by="test")

    subscriber.poll()
    assert subscriber.entries[session.uid].location.value.startswith("Großer Saal, ")


def test_a_venue_that_gets_another_address_is_found_there(subscriber, event, session):
    venue = event.venue
    change = VenueChange(**stored(venue, VenueChange) | {"street": "Neuer Weg 2"})

    change_venue(venue, change, seen=mark_of(venue, VenueChange), by="test")

    subscriber.poll()
    assert "Neuer Weg 2" in subscriber.entries[session.uid].location.value


def test_another_title_of_the_event_renames_the_calendar_and_no_entry(subscriber, event, session):
    before = subscriber.entries[session.uid].serialize()
    change = event_actions.BasicsChange(**stored(event, event_actions.BasicsChange))

    event_actions.change_basics(
        event, replace(change, title_de="Fachimpuls Neu"), new_series="",
        seen=mark_of(event, event_actions.BasicsChange), by="test",
    )  # fmt: skip

    assert subscriber.poll() == 200
    assert subscriber.entries[session.uid].serialize() == before
    assert "X-WR-CALNAME:Fachimpuls Neu" in subscriber.client.get(subscriber.path).text
