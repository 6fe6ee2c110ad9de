"""Where events take place: venues shared by events, and their rooms."""

import pytest
from factories import make_event, make_host, make_session, make_venue

from eventapp.events.actions import (
    RoomChange,
    VenueChange,
    add_room,
    add_venue,
    change_room,
    change_venue,
    choose_venue,
    mark_of,
    remove_room,
)
from eventapp.events.errors import NameTaken, StillUsed
from eventapp.events.models import Room
from eventapp.foundation.database import db
from eventapp.foundation.errors import Stale


def make_change(**given):
    return RoomChange(
        **{
            "name": "Werkstatt",
            "capacity": 36,
            "step_free": False,
            "hearing_loop": False,
            "seating": "Stehtische",
            "note": "",
        }
        | given
    )


def make_venue_change(**given):
    return VenueChange(
        **{
            "name": "Kulturbahnhof",
            "street": "Gleis 1",
            "postcode": "59909",
            "city": "Bestwig",
            "transit_de": "",
            "transit_en": "",
            "parking_de": "",
            "parking_en": "",
            "access_de": "",
            "access_en": "",
        }
        | given
    )


def test_a_new_room_stands_after_the_others(app):
    venue = make_venue(make_host())

    add_room(venue, make_change(), by="system")

    db.session.expire_all()
    assert [room.name for room in venue.rooms] == ["Plenum", "Akademie 1", "Werkstatt"]


def test_two_rooms_of_a_venue_have_two_names(app):
    venue = make_venue(make_host())

    with pytest.raises(NameTaken):
        add_room(venue, make_change(name="Plenum"), by="system")
    with pytest.raises(NameTaken):
        change_room(
            venue.rooms[1],
            make_change(name="Plenum"),
            by="system",
            seen=mark_of(venue.rooms[1], RoomChange),
        )


def test_a_changed_room_shows_on_the_pages_of_all_events_there(app):
    host = make_host()
    venue = make_venue(host)
    events = [make_event(host, venue=venue) for _ in range(2)]
    before = [event.revision for event in events]

    change_room(
        venue.rooms[0],
        make_change(name="Saal"),
        by="system",
        seen=mark_of(venue.rooms[0], RoomChange),
    )

    assert [event.revision for event in events] == [revision + 1 for revision in before]


def test_a_room_that_nobody_uses_can_go(app):
    venue = make_venue(make_host())

    remove_room(venue.rooms[1], by="system")

    assert [room.name for room in db.session.query(Room)] == ["Plenum"]


def test_a_room_stays_while_sessions_take_place_in_it(app):
    event = make_event()
    room = event.venue.rooms[0]
    make_session(event, room_id=room.id)

    with pytest.raises(StillUsed):
        remove_room(room, by="system")

    assert db.session.query(Room).count() == 2


def test_another_venue_moves_the_event_in_calendars(app):
    event = make_event()
    sequence = event.sequence

    choose_venue(event, make_venue(event.host, name="Kulturbahnhof"), by="system")

    assert (event.venue.name, event.sequence) == ("Kulturbahnhof", sequence + 1)


def test_choosing_the_same_venue_again_moves_nothing(app):
    event = make_event()
    before = event.sequence

    choose_venue(event, event.venue, by="system")

    assert event.sequence == before


def test_a_new_venue_belongs_to_the_host(app):
    event = make_event()

    venue = add_venue(event, make_venue_change(), by="system")

    assert (venue.host_id, event.venue_id) == (event.host_id, venue.id)


def test_whoever_changes_a_venue_second_overwrites_nothing(app):
    venue = make_venue(make_host())
    seen = mark_of(venue, VenueChange)
    change_venue(venue, make_venue_change(name="Deins"), seen=seen, by="system")

    with pytest.raises(Stale):
        change_venue(venue, make_venue_change(name="Meins"), seen=seen, by="system")

    assert venue.name == "Deins"


def test_rooms_are_added_and_removed_on_the_page(client, organiser):
    event = make_event(organiser.memberships[0].host)
    page = f"/organise/{event.slug}/settings/rooms"

    client.post(page, data={"name": "Werkstatt", "capacity": "36"})
    added = db.session.query(Room).filter_by(name="Werkstatt").one()
    client.post(f"{page}/{added.id}/remove")

    assert (added.capacity, added.step_free) == (36, False)
    assert "Werkstatt" not in client.get(page).text


def test_t02_a_room_of_another_venue_is_not_found_under_this_event(client, organiser):
    mine = make_event(organiser.memberships[0].host)
    foreign = make_venue(make_host()).rooms[0]
    page = f"/organise/{mine.slug}/settings/rooms/{foreign.id}"

    assert client.get(page).status_code == 404
    assert client.post(f"{page}/remove").status_code == 404


def test_t01_a_venue_of_another_host_cannot_be_chosen(client, organiser):
    mine = make_event(organiser.memberships[0].host)
    foreign = make_venue(make_host())

    answer = client.post(
        f"/organise/{mine.slug}/settings/place/choose", data={"venue": str(foreign.id)}
    )

    assert answer.status_code == 404


def test_an_event_without_a_venue_is_led_to_one(client, organiser):
    event = make_event(organiser.memberships[0].host)
    event_id, event.venue = event.id, None
    db.session.commit()

    place = client.get(f"/organise/{event.slug}/settings/place")
    rooms = client.get(f"/organise/{event.slug}/settings/rooms")

    assert event_id
    assert place.headers["Location"].endswith("/settings/place/new")
    assert "Die Veranstaltung hat noch keinen Ort" in rooms.text
