"""What an entry of a programme file says, in the words of the actions. Pure.

A foreign file knows little: what colleagues have added to a row since stays, and only what the file
says counts.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from eventapp.contacts.states import FormOfAddress
from eventapp.events.actions import RoomChange, VenueChange
from eventapp.foundation.text import spellings
from eventapp.programme.exchange_entries import (
    ProgrammeDocument,
    RoomEntry,
    SessionEntry,
    SlotEntry,
    SpeakerEntry,
)
from eventapp.programme.models import Contributor, Session, Slot

Row = TypeVar("Row", Session, Slot, Contributor)


def kept(row: Row | None, kind: type[Any]) -> dict[str, Any]:
    """What a row says already, or what a new one says by default, for all the change is about."""
    if row is None:
        unsaid = (one for one in fields(kind) if one.type is str and one.default is MISSING)
        return {field.name: "" for field in unsaid}
    return {field.name: getattr(row, field.name) for field in fields(kind)}


def venue_change(document: ProgrammeDocument) -> VenueChange:
    """The place that the file names; one without a name is called like the event."""
    venue = document.event.venue
    return VenueChange(
        name=venue.name or document.event.title,
        street=venue.street,
        postcode=venue.postcode,
        city=venue.city,
        transit_de=venue.transit,
        transit_en="",
        parking_de=venue.parking,
        parking_en="",
        access_de="",
        access_en="",
    )


def room_change(entry: RoomEntry) -> RoomChange:
    """What the file says of a room."""
    return RoomChange(
        name=entry.name,
        capacity=entry.capacity,
        step_free=entry.step_free,
        hearing_loop=entry.hearing_loop,
        seating=entry.seating,
        note=entry.note,
    )


def speaker_values(
    entry: SpeakerEntry, row: Contributor | None, *, foreign: bool
) -> dict[str, Any]:
    """What the file says of a person."""
    values: dict[str, Any] = {
        "key": entry.key,
        "form_of_address": entry.form_of_address,
        "title": entry.title,
        "first_name": entry.first_name,
        "last_name": entry.last_name,
        "position": entry.position,
        "organisation_name": entry.organisation,
        "email": entry.email,
        "available_from": entry.available_from,
        "available_until": entry.available_until,
        "availability_fixed": entry.availability_fixed,
    }
    if not foreign or row is None:
        return values
    unsaid = {name for name, value in values.items() if value in ("", None, FormOfAddress.NONE)}
    same_name = spellings(entry.name) == spellings(row.name)
    names = {"first_name", "last_name"} if same_name else set()
    known = {"key", "availability_fixed"} | unsaid | names
    known |= {name for name in ("title", "position", "organisation_name") if getattr(row, name)}
    return {name: value for name, value in values.items() if name not in known}


def slot_values(entry: SlotEntry) -> dict[str, Any]:
    """What the file says of a slot."""
    return {
        "key": entry.key,
        "name_de": entry.name,
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
    }


def session_values(
    entry: SessionEntry,
    row: Session | None,
    rooms: Mapping[str, int],
    slots: Mapping[str, int],
) -> dict[str, Any]:
    """What the file says of a session; of one known already, a foreign file only says so much."""
    told = {
        f"title_{entry.language}": entry.title,
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
        "room_id": rooms[entry.room] if entry.room else None,
    } | ({f"teaser_{entry.language}": entry.teaser} if entry.teaser else {})
    if entry.guid and row is not None:
        return told
    return told | {
        "key": entry.key,
        "kind": entry.kind,
        "slot_id": slots[entry.slot] if entry.slot else None,
        "capacity": entry.capacity,
        "public": entry.public,
    }
