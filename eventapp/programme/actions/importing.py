"""Taking a programme file over: whole or not at all, and the same file twice changes nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from eventapp.accounts.audit import Actor
from eventapp.events.actions import RoomChange, VenueChange, add_room, add_venue
from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.foundation.database import lock, transaction
from eventapp.programme import queries
from eventapp.programme.actions.changes import (
    ContributorChange,
    Part,
    SessionChange,
    SlotChange,
)
from eventapp.programme.actions.people import add_contributor, change_contributor
from eventapp.programme.actions.sessions import add_session, change_session
from eventapp.programme.actions.slots import add_slot, change_slot
from eventapp.programme.checking import conflicts_in
from eventapp.programme.exchange_entries import (
    ProgrammeDocument,
    RoomEntry,
    SessionEntry,
    SlotEntry,
    SpeakerEntry,
)
from eventapp.programme.models import Contribution, Contributor, Session, Slot
from eventapp.programme.states import CONTRIBUTOR_ARROWS, ContributorState, SessionState
from eventapp.programme.timetable import Conflict

Row = TypeVar("Row", Session, Slot, Contributor)


class Verdict(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One entry of the file, "sessions T1", and what became of it."""

    entry: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do, and which rules the programme then breaks."""

    rows: tuple[ImportRow, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many entries got which verdict."""
        counted = Counter(row.verdict for row in self.rows)
        return {verdict.value: counted[verdict] for verdict in Verdict}


class _OnlyLooking(Exception):
    """Ends a preview, so that its transaction is rolled back."""


def preview_programme(event: Event, document: ProgrammeDocument, *, by: Actor) -> ImportReport:
    """What `import_programme` would do; nothing is kept of it."""
    reports = []
    try:
        with transaction():
            reports.append(import_programme(event, document, by=by))
            raise _OnlyLooking
    except _OnlyLooking:
        return reports[0]


def import_programme(
    event: Event,
    document: ProgrammeDocument,
    *,
    by: Actor,
    advance: Callable[[], None] = lambda: None,
) -> ImportReport:
    """Take all entries over by their keys: new ones as drafts, known ones changed.

    What the file does not mention stays. Rooms that the venue has already keep what they say, and
    nobody falls back from a promise to a question. `advance` is called after each entry.
    """
    with transaction():
        if event.venue is not None:
            lock(event.venue)  # rooms may be added, and the venue is always locked first
        lock(event)
        importer = _Importer(event, by, advance)
        importer.take_rooms(document)
        importer.take_speakers(document)
        importer.take_slots(document)
        importer.take_sessions(document)
        found = conflicts_in(queries.programme_of(event))
        return ImportReport(tuple(importer.rows), tuple(found))


class _Importer:
    """The state of one import: what the keys of the file stand for in the database."""

    def __init__(self, event: Event, by: Actor, advance: Callable[[], None]) -> None:
        self.event = event
        self.by = by
        self.advance = advance
        self.rows: list[ImportRow] = []
        self.room_ids: dict[str, int] = {}
        self.slot_ids: dict[str, int] = {}
        self.speakers: dict[str, tuple[int, ContributorState]] = {}

    def _took(self, entry: str, verdict: Verdict) -> None:
        self.rows.append(ImportRow(entry, verdict))
        self.advance()

    def take_rooms(self, document: ProgrammeDocument) -> None:
        """Rooms are known by their name at the venue."""
        if not document.rooms:
            return
        venue = self.event.venue or add_venue(self.event, _venue_change(document), by=self.by)
        known = {room.name: room for room in rooms_of(self.event)}
        for entry in document.rooms:
            room = known.get(entry.name)
            verdict = Verdict.UNCHANGED
            if room is None:
                room, verdict = add_room(venue, _room_change(entry), by=self.by), Verdict.ADDED
            self.room_ids[entry.key] = room.id
            self._took(f"rooms {entry.key}", verdict)

    def take_speakers(self, document: ProgrammeDocument) -> None:
        """Contributors are known by their key."""
        known = {row.key: row for row in queries.contributors_with_sessions(self.event)}
        for entry in document.speakers:
            row = known.get(entry.key)
            change = ContributorChange(**_kept(row, ContributorChange) | _speaker_values(entry))
            if row is None:
                row, verdict = add_contributor(self.event, change, by=self.by), Verdict.ADDED
            else:
                before = row.version
                change_contributor(row, change, seen=before, by=self.by)
                verdict = _verdict(row, before)
            self.speakers[entry.key] = row.id, entry.state
            self._took(f"speakers {entry.key}", verdict)

    def take_slots(self, document: ProgrammeDocument) -> None:
        """Slots are known by their key."""
        known = {row.key: row for row in queries.slots_of(self.event)}
        for entry in document.slots:
            row = known.get(entry.key)
            change = SlotChange(**_kept(row, SlotChange) | _slot_values(entry))
            if row is None:
                row, verdict = add_slot(self.event, change, by=self.by), Verdict.ADDED
            else:
                before = row.version
                change_slot(row, change, seen=before, by=self.by)
                verdict = _verdict(row, before)
            self.slot_ids[entry.key] = row.id
            self._took(f"slots {entry.key}", verdict)

    def take_sessions(self, document: ProgrammeDocument) -> None:
        """Sessions are known by their key; those that are cancelled stay as they are."""
        known = {row.key: row for row in queries.programme_of(self.event).sessions}
        for entry in document.sessions:
            row = known.get(entry.key)
            change = SessionChange(**_kept(row, SessionChange) | self._session_values(entry))
            parts = self._parts(entry, row)
            verdict = Verdict.UNCHANGED
            if row is None:
                add_session(self.event, change, parts, by=self.by)
                verdict = Verdict.ADDED
            elif row.state is not SessionState.CANCELLED:
                before = row.version
                change_session(row, change, parts, seen=before, by=self.by)
                verdict = _verdict(row, before)
            self._took(f"sessions {entry.key}", verdict)

    def _session_values(self, entry: SessionEntry) -> dict[str, Any]:
        return {
            "key": entry.key,
            "kind": entry.kind,
            "title_de": entry.title,
            "starts_at": entry.starts_at,
            "ends_at": entry.ends_at,
            "room_id": self.room_ids[entry.room] if entry.room else None,
            "slot_id": self.slot_ids[entry.slot] if entry.slot else None,
            "capacity": entry.capacity,
            "public": entry.public,
        } | ({"teaser_de": entry.teaser} if entry.teaser else {})

    def _parts(self, entry: SessionEntry, row: Session | None) -> list[Part]:
        stored = row.contributions if row is not None else []
        before = {(each.contributor_id, each.role): each for each in stored}
        parts = []
        for part in entry.parts:
            person, state = self.speakers[part.speaker]
            parts.append(Part(person, part.role, _forward(before.get((person, part.role)), state)))
        return parts


def _forward(stored: Contribution | None, wanted: ContributorState) -> ContributorState:
    """What the file says, unless the promise has gone further than an arrow leads."""
    if stored is None or wanted in CONTRIBUTOR_ARROWS[stored.state]:
        return wanted
    return stored.state


def _verdict(row: Session | Slot | Contributor, version_before: int) -> Verdict:
    return Verdict.UNCHANGED if row.version == version_before else Verdict.CHANGED


def _kept(row: Row | None, kind: type[Any]) -> dict[str, Any]:
    """What a row says already, or what a new one says by default, for all the change is about."""
    empty: dict[str, Any] = {field.name: "" for field in fields(kind) if field.type is str}
    if row is None:
        return empty
    return {field.name: getattr(row, field.name) for field in fields(kind)}


def _venue_change(document: ProgrammeDocument) -> VenueChange:
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


def _room_change(entry: RoomEntry) -> RoomChange:
    return RoomChange(
        name=entry.name,
        capacity=entry.capacity,
        step_free=entry.step_free,
        hearing_loop=entry.hearing_loop,
        seating=entry.seating,
        note=entry.note,
    )


def _speaker_values(entry: SpeakerEntry) -> dict[str, Any]:
    return {
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


def _slot_values(entry: SlotEntry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "name_de": entry.name,
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
    }
