"""Venues and their rooms.

Who changes a place locks the venue first, then its events by number, then rooms: always in this
order, so that two people wait for each other in turn and never crosswise.
"""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy.exc import IntegrityError

from eventapp.accounts.audit import Actor
from eventapp.events import queries
from eventapp.events.actions.changes import RoomChange, VenueChange, apply
from eventapp.events.actions.revision import touch_event, touch_event_time
from eventapp.events.actions.trail import note_change, note_row
from eventapp.events.errors import NameTaken, StillUsed
from eventapp.events.models import Event, Room, Venue
from eventapp.events.signals import room_renamed, venue_left
from eventapp.foundation.database import db, lock, transaction

_WHERE = frozenset({"name", "street", "postcode", "city"})
"""What calendars say of a venue: a change of it moves the events there."""


def choose_venue(event: Event, venue: Venue, *, by: Actor) -> None:
    """Move the event to another venue of the host; calendars move with it.

    Its sessions lose the rooms that they had at the old one (`venue_left`).
    """
    with transaction():
        lock(venue)
        lock(event)
        if event.venue_id != venue.id:
            before = {"venue_id": event.venue_id}
            event.venue = venue
            db.session.flush()  # the trail names the new one by its number
            venue_left.send(event, by=by)
            touch_event_time(event)
            note_change(by, "event.moved", event, before, below=event)


def add_venue(event: Event, change: VenueChange, *, by: Actor) -> Venue:
    """Found a venue and move the event there; its sessions lose the rooms that they had."""
    with transaction():
        lock(event)
        venue = Venue(host_id=event.host_id, **asdict(change))
        db.session.add(venue)
        event.venue = venue
        venue_left.send(event, by=by)
        touch_event_time(event)
        note_row(by, "venue.added", venue, venue.name, below=event)
    return venue


def change_venue(venue: Venue, change: VenueChange, *, seen: str, by: Actor) -> None:
    """Change address and directions, for all events at the venue."""
    with transaction():
        events = _lock_place(venue)
        before = apply(venue, change, seen=seen)
        if not before:
            return
        touch = touch_event_time if _WHERE & before.keys() else touch_event
        for event in events:
            touch(event)
        note_change(by, "venue.changed", venue, before, below=venue)


def add_room(venue: Venue, change: RoomChange, *, by: Actor) -> Room:
    """Add a room after the others."""
    with transaction():
        events = _lock_place(venue)
        _check_name(venue, change.name, other_than=None)
        position = max((room.position for room in venue.rooms), default=0) + 1
        room = Room(position=position, **asdict(change))
        venue.rooms.append(room)
        _touch_all(events)
        note_row(by, "room.added", room, room.name, below=venue)
    return room


def change_room(room: Room, change: RoomChange, *, seen: str, by: Actor) -> None:
    """Change what a room is called and offers, for all events at its venue."""
    with transaction():
        events = _lock_place(room.venue)
        lock(room)
        _check_name(room.venue, change.name, other_than=room)
        before = apply(room, change, seen=seen)
        if not before:
            return
        if "name" in before:
            room_renamed.send(room)
        _touch_all(events)
        note_change(by, "room.changed", room, before, below=room.venue)


def remove_room(room: Room, *, by: Actor) -> None:
    """Take a room away. Raises StillUsed while sessions take place in it."""
    venue = room.venue
    try:
        with transaction():
            events = _lock_place(venue)
            note_row(by, "room.removed", room, room.name, below=venue)
            venue.rooms.remove(room)
            db.session.flush()
            _touch_all(events)
    except IntegrityError as problem:
        raise StillUsed from problem


def _check_name(venue: Venue, name: str, *, other_than: Room | None) -> None:
    if queries.room_by_name(venue.id, name) not in (None, other_than):
        raise NameTaken


def _lock_place(venue: Venue) -> Sequence[Event]:
    lock(venue)
    return queries.events_at_for_update(venue.id)


def _touch_all(events: Sequence[Event]) -> None:
    for event in events:
        touch_event(event)
