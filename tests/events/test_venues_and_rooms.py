"""Where events take place: venues shared by events, and their rooms."""

import pytest
from factories import make_event, make_host, make_session, make_venue
from sqlalchemy import text
from statements import statement_count

from eventapp.accounts.models import AuditEntry
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
from eventapp.events.actions.changes import stored
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


def test_the_trail_names_both_venues(app):
    event = make_event()
    before, venue = event.venue_id, make_venue(event.host)

    choose_venue(event, venue, by="system")

    entry = db.session.query(AuditEntry).filter_by(action="event.moved").one()
    assert (entry.before, entry.after) == ({"venue_id": before}, {"venue_id": venue.id})


def test_another_address_moves_the_events_there_and_other_directions_do_not(app):
    event = make_event()
    venue = event.venue
    before = event.sequence

    def change(**given):
        wanted = VenueChange(**stored(venue, VenueChange) | given)
        change_venue(venue, wanted, seen=mark_of(venue, VenueChange), by="system")

    change(parking_de="P2")
    assert event.sequence == before
    change(street="Neuer Weg 2")

    assert event.sequence == before + 1


def test_a_change_of_the_event_in_the_meantime_does_not_stand_in_the_way_of_the_room(app):
    event = make_event()
    room = event.venue.rooms[0]
    revision = event.revision
    somebody_else_changes(event)

    change_room(room, make_change(name="Saal"), seen=mark_of(room, RoomChange), by="system")

    assert event.revision == revision + 2


def test_whoever_changes_a_place_locks_the_venue_first_then_its_events_then_the_room(app):
    event = make_event()
    room = event.venue.rooms[0]

    with statement_count() as renaming:
        change_room(room, make_change(), seen=mark_of(room, RoomChange), by="system")
    with statement_count() as moving:
        choose_venue(event, make_venue(event.host), by="system")

    assert locked(renaming, "venue", "event", "room") == ["venue", "event", "room"]
    assert locked(moving, "venue", "event") == ["venue", "event"]


def locked(sent, *tables):
    """The tables in the order in which rows of them were read within the transaction."""
    read = [
        table for line in sent for table in tables if f"FROM {table} " in line.replace("\n", " ")
    ]
    return list(dict.fromkeys(read))


def somebody_else_changes(event):
    """As another process would: the rows in this one's memory are older from then on."""
    with db.engine.begin() as connection:
        connection.execute(
            text("UPDATE event SET version = version + 1, revision = revision + 1 WHERE id = :id"),
            {"id": event.id},
        )


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

    said = client.post(page, data={"name": "Werkstatt", "capacity": "36"}, follow_redirects=True)
    assert "Der Raum Werkstatt ist angelegt." in said.text
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


def test_moving_to_another_venue_says_what_becomes_of_the_rooms(client, organiser):
    event = make_event(organiser.memberships[0].host)
    first, other = event.venue_id, make_venue(event.host, name="Kulturbahnhof")
    page = f"/organise/{event.slug}/settings/place"

    told = client.get(f"{page}/new").text
    done = client.post(f"{page}/choose", data={"venue": str(other.id)}, follow_redirects=True).text

    assert "Programmpunkte in Räumen von Lichtforum" in told
    assert f'value="{other.id}"' in told
    assert f'value="{first}"' not in told
    assert "Programmpunkte, die einen Raum hatten, brauchen nun einen neuen." in done


def test_an_event_without_a_venue_is_led_to_one(client, organiser):
    event = make_event(organiser.memberships[0].host)
    event_id, event.venue = event.id, None
    db.session.commit()

    place = client.get(f"/organise/{event.slug}/settings/place")
    rooms = client.get(f"/organise/{event.slug}/settings/rooms")

    assert event_id
    assert place.headers["Location"].endswith("/settings/place/new")
    assert "Die Veranstaltung hat noch keinen Ort" in rooms.text


def test_nothing_is_said_of_steps_where_nobody_said_anything(client, organiser):
    event = make_event(organiser.memberships[0].host)
    with_tick, without = event.venue.rooms
    with_tick.step_free, without.step_free = True, False
    db.session.commit()

    page = client.get(f"/organise/{event.slug}/settings/rooms").text

    assert page.count("stufenlos") == 1
    assert "Treppe" not in page


def test_rooms_lead_on_to_the_programme_until_it_is_published(client, organiser):
    event = make_event(organiser.memberships[0].host)
    page = f"/organise/{event.slug}/settings/rooms"

    before = client.get(page).text
    event.programme_published_at = event.starts_at
    db.session.commit()
    after = client.get(page).text

    assert "Weiter zum Programm" in before
    assert "Weiter zum Programm" not in after


def test_a_room_is_asked_for_its_name_first(client, organiser):
    event = make_event(organiser.memberships[0].host)

    page = client.get(f"/organise/{event.slug}/settings/rooms").text

    assert page.index('id="name"') < page.index('id="capacity"')
