"""The feed of an event, read as a subscriber's program reads it."""

from datetime import timedelta

import icalendar
import pytest
import recurring_ical_events
import vobject
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_session,
    make_venue,
    moment,
    show,
)
from statements import statement_count

from eventapp.calendars import feeds
from eventapp.events.actions import touch_event, touch_event_time
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import transaction
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import ContributorState, SessionState


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Each test begins as a new process does."""
    feeds.FEEDS.clear()


def entries(client, event, query="") -> dict[str, object]:
    """The entries of the feed by UID."""
    calendar = vobject.readOne(client.get(f"/e/{event.slug}/calendar.ics{query}").text)
    return {entry.uid.value: entry for entry in calendar.contents.get("vevent", [])}


def lines(client, path) -> list[str]:
    return client.get(path).text.replace("\r\n ", "").split("\r\n")


def test_a_session_is_an_entry_with_all_that_a_visitor_wants_to_know(client):
    event = make_event(slug="licht", starts_at=moment("2027-06-24T13:30"))
    venue = event.venue
    session = make_session(event, room=venue.rooms[0], teaser_de="Wie Werke Daten teilen.",
                           kind=SessionKind.PANEL)  # fmt: skip
    person = make_contributor(event, title="Dr.", first_name="Ute", last_name="Möhn",
                              organisation_name="Kontor", email="ute@demo.example")  # fmt: skip
    make_contribution(session, person, Role.PANEL)

    entry = entries(client, event)[session.uid]

    assert entry.summary.value == "Fabrik ohne Inseln"
    assert entry.dtstart.value == moment("2027-06-24T13:30")
    assert entry.dtend.value == moment("2027-06-24T13:50")
    assert entry.location.value == "Plenum, Lichtforum, Am Leuchtenwerk 1, 59821 Arnsberg"
    assert "Wie Werke Daten teilen." in entry.description.value
    assert "Dr. Ute Möhn (Kontor)" in entry.description.value
    assert entry.url.value == "http://localhost/e/licht/"
    assert entry.status.value == "CONFIRMED"
    assert "demo.example" not in client.get("/e/licht/calendar.ics").text


def test_sessions_stand_in_the_order_of_their_beginning_in_a_reader_of_another_make(client):
    event = make_event(starts_at=moment("2027-06-24T13:30"))
    for minutes in (60, 0, 30):
        make_session(event, title_de=str(minutes), public=True,
                     starts_at=event.starts_at + timedelta(minutes=minutes),
                     ends_at=event.starts_at + timedelta(minutes=minutes + 20))  # fmt: skip
    calendar = icalendar.Calendar.from_ical(client.get(f"/e/{event.slug}/calendar.ics").data)

    found = recurring_ical_events.of(calendar).between((2027, 6, 24), (2027, 6, 25))

    assert [str(entry["summary"]) for entry in calendar.walk("VEVENT")] == ["0", "30", "60"]
    assert len(found) == 3


@pytest.mark.parametrize("hidden", [
    {"state": SessionState.DRAFT}, {"state": SessionState.CHECKED}, {"public": False},
    {"kind": SessionKind.INTERNAL}, {"starts_at": None, "ends_at": None},
])  # fmt: skip
def test_t07_what_is_not_public_is_in_no_feed_and_no_file(client, hidden):
    event = make_event()
    session = make_session(event, title_de="Geheimwort", **hidden)

    assert "Geheimwort" not in client.get(f"/e/{event.slug}/calendar.ics").text
    assert client.get(f"/e/{event.slug}/sessions/{session.uid}.ics").status_code == 404


@pytest.mark.parametrize("path", ["calendar.ics", "event.ics", "sessions/{uid}.ics"])
def test_t07_a_draft_event_has_no_calendar(client, path):
    event = make_event(state=EventState.DRAFT)
    session = make_session(event)

    assert client.get(f"/e/{event.slug}/{path.format(uid=session.uid)}").status_code == 404


@pytest.mark.parametrize("state", ["pencilled", "asked", "declined", "dropped_out"])
def test_t07_only_people_who_agreed_are_named(client, state):
    event = make_event()
    session = make_session(event)
    make_contribution(session, make_contributor(event, last_name="Geheim"),
                      state=ContributorState(state))  # fmt: skip

    assert "Geheim" not in client.get(f"/e/{event.slug}/calendar.ics").text


def test_an_event_without_a_programme_has_an_empty_feed_with_its_zone(client):
    event = make_event(zone="America/New_York")

    text = client.get(f"/e/{event.slug}/calendar.ics").text

    assert "BEGIN:VEVENT" not in text
    assert "BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\n" in text


def test_the_feed_introduces_itself(client):
    event = make_event(slug="licht", subtitle_de="Wo stehen wir", title_de="Licht; nah, hell")

    head = lines(client, "/e/licht/calendar.ics")

    assert "X-WR-CALNAME:Licht\\; nah\\, hell" in head
    assert "X-WR-CALDESC:Wo stehen wir" in head
    assert "SOURCE;VALUE=URI:http://localhost/e/licht/calendar.ics" in head
    assert any(line.startswith("COLOR:") for line in head)
    assert not any(line.startswith(("METHOD", "ATTENDEE", "ORGANIZER")) for line in head)
    assert event.uid not in client.get("/e/licht/calendar.ics").text


def test_uid_and_entry_are_the_same_in_feed_and_file(client):
    event = make_event()
    session = make_session(event, room=event.venue.rooms[1])

    feed = client.get(f"/e/{event.slug}/calendar.ics").text
    file = client.get(f"/e/{event.slug}/sessions/{session.uid}.ics").text

    entry = file[file.index("BEGIN:VEVENT") :]
    assert entry in feed
    assert f"UID:{session.uid}" in entry


def test_a_session_that_moves_keeps_its_uid_and_counts_up(client):
    event = make_event()
    session = make_session(event)
    before = entries(client, event)[session.uid]

    with transaction():
        session.room = event.venue.rooms[1]
        session.note_move()
        touch_event(event)
    show(session)

    after = entries(client, event)[session.uid]
    assert int(after.sequence.value) == int(before.sequence.value) + 1
    assert after.dtstamp.value == after.contents["last-modified"][0].value
    assert after.location.value.startswith("Akademie 1")


def test_an_event_that_moves_to_another_place_moves_its_sessions(client):
    event = make_event()
    session = make_session(event)
    before = entries(client, event)[session.uid]

    with transaction():
        event.venue = make_venue(event.host, name="Alte Gießerei")
        touch_event_time(event)

    after = entries(client, event)[session.uid]
    assert int(after.sequence.value) == int(before.sequence.value) + 1
    assert after.location.value.startswith("Alte Gießerei")


def test_a_cancelled_session_stays_as_cancelled_for_thirty_days_and_then_leaves(client):
    event = make_event()
    session = make_session(event, state=SessionState.CANCELLED, title_en="Islands")
    path = f"/e/{event.slug}/calendar.ics"

    entry = entries(client, event, "?lang=en")[session.uid]
    with clock.held(event.ends_at + timedelta(days=29, hours=23)):
        held = client.get(path)
    with clock.held(event.ends_at + timedelta(days=30)):
        gone = client.get(path, headers={"If-None-Match": held.headers["ETag"]})

    assert entry.status.value == "CANCELLED"
    assert entry.summary.value == "Cancelled: Islands"
    assert entry.transp.value == "TRANSPARENT"
    assert session.uid in held.text
    assert gone.status_code == 200
    assert session.uid not in gone.text
    assert gone.last_modified == (event.ends_at + timedelta(days=30)).replace(microsecond=0)


def test_a_cancelled_event_cancels_all_its_sessions(client):
    event = make_event()
    session = make_session(event)
    entries(client, event)

    with transaction():
        event.state = EventState.CANCELLED
        touch_event_time(event)

    assert entries(client, event)[session.uid].status.value == "CANCELLED"
    assert entries(client, event)[session.uid].sequence.value == "1"
    file = vobject.readOne(client.get(f"/e/{event.slug}/event.ics").text).vevent
    assert file.status.value == "CANCELLED"


def test_a_postponed_event_is_tentative(client):
    event = make_event(state=EventState.POSTPONED)
    session = make_session(event)

    assert entries(client, event)[session.uid].status.value == "TENTATIVE"


def test_the_address_and_nothing_else_chooses_the_language(client):
    event = make_event()
    session = make_session(event)
    client.set_cookie("lang", "en")

    german = client.get(f"/e/{event.slug}/calendar.ics", headers={"Accept-Language": "en"})

    assert "Fabrik ohne Inseln" in german.text
    assert (
        entries(client, event, "?lang=en")[session.uid].summary.value == "Factory without islands"
    )
    assert entries(client, event, "?lang=xx")[session.uid].summary.value == "Fabrik ohne Inseln"


def test_t54_a_session_in_the_night_of_the_change_keeps_its_moments(client):
    start = moment("2026-10-25T00:30")
    event = make_event(starts_at=start, ends_at=start + timedelta(hours=6))
    session = make_session(event, starts_at=start, ends_at=start + timedelta(minutes=45))

    entry = entries(client, event)[session.uid]

    assert entry.dtstart.value == start
    assert entry.dtend.value == start + timedelta(minutes=45)


def test_t29_a_title_with_line_breaks_cannot_add_a_line(client):
    event = make_event()
    make_session(event, title_de="a\r\nATTENDEE:mailto:x@demo.example\x07")

    found = lines(client, f"/e/{event.slug}/calendar.ics")

    assert not any(line.startswith("ATTENDEE") for line in found)


def test_a_session_that_cannot_be_written_is_left_out_and_the_others_stay(client, caplog):
    event = make_event()
    good = make_session(event)
    bad = make_session(event, ends_at=event.starts_at - timedelta(hours=1))

    found = entries(client, event)

    assert set(found) == {good.uid}
    assert bad.uid in caplog.text


def test_the_unchanged_feed_costs_one_statement(client):
    event = make_event()
    make_session(event)
    client.get(f"/e/{event.slug}/calendar.ics")

    with statement_count() as sent:
        client.get(f"/e/{event.slug}/calendar.ics")

    assert len(selects(sent)) == 1


@pytest.mark.parametrize("count", [3, 30])
def test_the_number_of_statements_does_not_depend_on_the_number_of_sessions(client, count):
    event = make_event()
    for _ in range(count):
        make_contribution(make_session(event, room=event.venue.rooms[0]), make_contributor(event))

    with statement_count() as sent:
        client.get(f"/e/{event.slug}/calendar.ics")

    assert len(selects(sent)) == 4


def selects(sent: list[str]) -> list[str]:
    return [statement for statement in sent if statement.startswith("SELECT")]


def test_after_a_change_only_the_changed_session_is_rendered_again(client):
    event = make_event()
    sessions = [make_session(event, title_de=f"Nr. {number}") for number in range(3)]
    client.get(f"/e/{event.slug}/calendar.ics")
    [before] = [kept.entries for kept in feeds.FEEDS.contents()]

    with transaction():
        sessions[1].title_de = "Neu"
        sessions[1].note_change()
        touch_event(event)
    show(sessions[1])
    text = client.get(f"/e/{event.slug}/calendar.ics").text

    [after] = [kept.entries for kept in feeds.FEEDS.contents()]
    assert "SUMMARY:Neu" in text
    assert len(set(after) - set(before)) == 1
    assert all(after[mark] is before[mark] for mark in set(after) & set(before))
