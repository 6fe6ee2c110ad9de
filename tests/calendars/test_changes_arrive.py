"""What organisers change reaches subscribers at their next poll, through the real actions."""

from dataclasses import replace
from datetime import timedelta

import pytest
import vobject
from factories import make_contribution, make_contributor, make_event, make_session, make_venue

from eventapp.events import actions as event_actions
from eventapp.events.actions import (
    DatesChange,
    RoomChange,
    VenueChange,
    cancel_event,
    change_event,
    change_room,
    change_venue,
    choose_venue,
    postpone_event,
    resume_event,
)
from eventapp.events.actions.changes import mark_of, stored
from eventapp.foundation import clock
from eventapp.programme.actions import (
    SessionChange,
    cancel_session,
    change_session,
    parts_of,
    pending_of,
    publish_programme,
    set_contribution_state,
)
from eventapp.programme.kinds import SessionKind
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
    assert subscriber.poll() == 304
    publish_programme(session.event, by="test")

    assert subscriber.poll() == 200
    after = subscriber.entries[session.uid]
    assert after.status.value == "CANCELLED"
    assert after.summary.value == f"Abgesagt: {before.summary.value}"
    assert int(after.sequence.value) == int(before.sequence.value) + 1
    assert after.dtstamp.value > before.dtstamp.value


def test_a_cancelled_event_cancels_what_people_have_in_their_calendars(subscriber, event, session):
    """T-58."""
    before = subscriber.entries[session.uid]

    cancel_event(event, by="test")

    assert subscriber.poll() == 200
    after = subscriber.entries[session.uid]
    assert after.status.value == "CANCELLED"
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstamp.value > before.dtstamp.value


def test_a_person_who_agrees_is_named_with_the_next_release(subscriber, event, session):
    person = make_contributor(event, last_name="Möhn")
    part = make_contribution(session, person, state=ContributorState.ASKED)

    set_contribution_state(part, ContributorState.AGREED, by="test")
    assert subscriber.poll() == 304
    publish_programme(event, by="test")

    subscriber.poll()
    assert "Möhn" in subscriber.entries[session.uid].description.value


def has_moved(before, after):
    """A newer version of an entry, by all three signs (requirements: calendar 9, 10)."""
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstamp.value > before.dtstamp.value
    assert after.dtstamp.value == after.contents["last-modified"][0].value


def event_entry(client, event):
    return vobject.readOne(client.get(f"/e/{event.slug}/event.ics").text).vevent


def test_a_room_that_gets_another_name_is_called_so_in_calendars(subscriber, session):
    room, before = session.room, subscriber.entries[session.uid]
    change = RoomChange(**stored(room, RoomChange) | {"name": "Großer Saal"})

    change_room(room, change, seen=mark_of(room, RoomChange), by="test")

    subscriber.poll()
    after = subscriber.entries[session.uid]
    assert after.location.value.startswith("Großer Saal, ")
    has_moved(before, after)


def test_a_venue_that_gets_another_address_is_found_there(subscriber, client, event, session):
    venue = event.venue
    before, whole_before = subscriber.entries[session.uid], event_entry(client, event)
    change = VenueChange(**stored(venue, VenueChange) | {"street": "Neuer Weg 2"})

    change_venue(venue, change, seen=mark_of(venue, VenueChange), by="test")

    subscriber.poll()
    after, whole_after = subscriber.entries[session.uid], event_entry(client, event)
    assert "Neuer Weg 2" in after.location.value
    assert "Neuer Weg 2" in whole_after.location.value
    has_moved(before, after)
    has_moved(whole_before, whole_after)


def test_an_event_at_another_venue_takes_its_sessions_there(subscriber, client, event, session):
    before, whole_before = subscriber.entries[session.uid], event_entry(client, event)

    choose_venue(event, make_venue(event.host, name="Alte Gießerei"), by="test")

    subscriber.poll()
    after = subscriber.entries[session.uid]
    assert after.location.value.startswith("Alte Gießerei, ")
    has_moved(before, after)
    has_moved(whole_before, event_entry(client, event))


def test_a_postponed_event_is_said_to_be_and_back_on_its_new_day(subscriber, event, session):
    """T-58."""
    before = subscriber.entries[session.uid]

    postpone_event(event, by="test")
    subscriber.poll()
    postponed = subscriber.entries[session.uid]
    with clock.held(clock.now() + timedelta(days=1)):
        change_event(event, days_later(event, 7), seen=mark_of(event, DatesChange), by="test")
        resume_event(event, by="test")
    subscriber.poll()
    after = subscriber.entries[session.uid]

    assert postponed.status.value == "TENTATIVE"
    assert postponed.summary.value == f"Verschoben: {before.summary.value}"
    has_moved(before, postponed)
    assert (after.status.value, after.summary.value) == ("CONFIRMED", before.summary.value)
    assert (after.dtstart.value.date() - before.dtstart.value.date()).days == 7
    has_moved(postponed, after)


def days_later(event, days):
    change = DatesChange(**stored(event, DatesChange))
    times = ("doors_at", "starts_at", "ends_at")
    return replace(change, **{name: getattr(change, name) + timedelta(days=days) for name in times})


@pytest.mark.parametrize("hiding", [{"public": False}, {"kind": SessionKind.INTERNAL}])
def test_a_session_that_becomes_internal_stays_as_cancelled_and_says_no_word(
    subscriber, session, hiding
):
    before = subscriber.entries[session.uid]
    hide(session, **hiding)
    hide(session, title_de="Geheimwort", teaser_de="Geheimwort")

    assert subscriber.poll() == 200
    after = subscriber.entries[session.uid]
    assert after.status.value == "CANCELLED"
    assert after.summary.value == "Abgesagt: Programmpunkt"
    assert "Geheimwort" not in after.serialize()
    assert not hasattr(after, "location")
    has_moved(before, after)
    with clock.held(session.event.ends_at + timedelta(days=30)):
        assert session.uid not in subscriber.client.get(subscriber.path).text


def test_a_session_that_is_public_again_is_back_in_calendars(subscriber, session):
    hide(session, public=False)
    subscriber.poll()
    off = subscriber.entries[session.uid]

    hide(session, public=True)

    subscriber.poll()
    assert subscriber.entries[session.uid].status.value == "CONFIRMED"
    has_moved(off, subscriber.entries[session.uid])


def test_t07_a_session_that_was_internal_all_along_is_in_no_calendar(client, event):
    hidden = make_session(event, public=False, title_de="Geheimwort")
    cancel_session(hidden, by="test")

    assert hidden.uid not in client.get(f"/e/{event.slug}/calendar.ics").text
    assert client.get(f"/e/{event.slug}/sessions/{hidden.uid}.ics").status_code == 404


def hide(session, **given):
    names = SessionChange.__dataclass_fields__
    change = SessionChange(**{name: getattr(session, name) for name in names} | given)
    with clock.held(clock.now() + timedelta(seconds=session.sequence)):
        change_session(session, change, parts_of(session), seen=session.version, by="test")
        if not pending_of(session.event).is_empty:
            publish_programme(session.event, by="test")


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
