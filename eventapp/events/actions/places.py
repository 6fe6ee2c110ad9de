"""Venues and their rooms."""

from dataclasses import asdict

from sqlalchemy.exc import IntegrityError

from eventapp.accounts.audit import Actor
from eventapp.events import queries
from eventapp.events.actions.changes import RoomChange, VenueChange, apply
from eventapp.events.actions.revision import touch_event, touch_event_time
from eventapp.events.actions.trail import note_change, note_row
from eventapp.events.errors import NameTaken, StillUsed
from eventapp.events.models import Event, Room, Venue
from eventapp.foundation.database import db, lock, transaction


def choose_venue(event: Event, venue: Venue, *, by: Actor) -> None:
    """Move the event to another venue of the host; calendars move with it."""
    with transaction():
        lock(event)
        if event.venue_id != venue.id:
            before = {"venue_id": event.venue_id}
            event.venue = venue
            touch_event_time(event)
            note_change(by, "event.moved", event, before, below=event)


def add_venue(event: Event, change: VenueChange, *, by: Actor) -> Venue:
    """Found a venue and move the event there."""
    with transaction():
        lock(event)
        venue = Venue(host_id=event.host_id, **asdict(change))
        db.session.add(venue)
        event.venue = venue
        touch_event_time(event)
        note_row(by, "venue.added", venue, venue.name, below=event)
    return venue


def change_venue(venue: Venue, change: VenueChange, *, seen: str, by: Actor) -> None:
    """Change address and directions, for all events at the venue."""
    with transaction():
        lock(venue)
        before = apply(venue, change, seen=seen)
        if before:
            _touch_events_at(venue)
            note_change(by, "venue.changed", venue, before, below=venue)


def add_room(venue: Venue, change: RoomChange, *, by: Actor) -> Room:
    """Add a room after the others."""
    with transaction():
        lock(venue)
        _check_name(venue, change.name, other_than=None)
        position = max((room.position for room in venue.rooms), default=0) + 1
        room = Room(position=position, **asdict(change))
        venue.rooms.append(room)
        _touch_events_at(venue)
        note_row(by, "room.added", room, room.name, below=venue)
    return room


def change_room(room: Room, change: RoomChange, *, seen: str, by: Actor) -> None:
    """Change what a room is called and offers, for all events at its venue."""
    with transaction():
        lock(room.venue)
        lock(room)
        _check_name(room.venue, change.name, other_than=room)
        before = apply(room, change, seen=seen)
        if before:
            _touch_events_at(room.venue)
            note_change(by, "room.changed", room, before, below=room.venue)


def remove_room(room: Room, *, by: Actor) -> None:
    """Take a room away. Raises StillUsed while sessions take place in it."""
    venue = room.venue
    try:
        with transaction():
            lock(venue)
            note_row(by, "room.removed", room, room.name, below=venue)
            venue.rooms.remove(room)
            db.session.flush()
            _touch_events_at(venue)
    except IntegrityError as problem:
        raise StillUsed from problem


def _check_name(venue: Venue, name: str, *, other_than: Room | None) -> None:
    if queries.room_by_name(venue.id, name) not in (None, other_than):
        raise NameTaken


def _touch_events_at(venue: Venue) -> None:
    for event in queries.events_at(venue.id):
        touch_event(event)
