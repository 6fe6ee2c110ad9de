"""Reads a programme file (programme.json): everything checked, nothing stored. Pure.

A file is taken as a whole or not at all; all its faults are named at once, entry by entry.
"""

import json
from collections import Counter
from typing import TypeVar

from eventapp.contacts.names import read_form_of_address
from eventapp.contacts.states import FormOfAddress
from eventapp.foundation.message import Message, message
from eventapp.programme.exchange_entries import (
    EventEntry,
    Fault,
    PartEntry,
    ProgrammeDocument,
    RoomEntry,
    SessionEntry,
    SlotEntry,
    SpeakerEntry,
    VenueEntry,
)
from eventapp.programme.exchange_fields import PARAGRAPHS, EntryReader
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import ContributorState

__all__ = [
    "BadProgramme",
    "Fault",
    "ProgrammeDocument",
    "parse_json",
    "programme_in",
    "read_programme",
    "refuse",
    "too_large",
]

MOST_BYTES = 5_000_000
KINDS = {kind.value: kind for kind in SessionKind}
ROLES = {role.value: role for role in Role} | {
    "gesamtmoderation": Role.OVERALL_MODERATION,
    "moderation": Role.MODERATION,
    "begrüßung": Role.WELCOME,
    "grußwort": Role.GREETING,
    "keynote": Role.KEYNOTE,
    "impuls": Role.INPUT,
    "podium": Role.PANEL,
    "unterzeichnung": Role.SIGNING,
    "protokoll": Role.PROTOCOL,
}
STATES = {state.value: state for state in ContributorState} | {
    "vorgemerkt": ContributorState.PENCILLED,
    "angefragt": ContributorState.ASKED,
    "zugesagt": ContributorState.AGREED,
    "bestätigt": ContributorState.CONFIRMED,
    "abgesagt": ContributorState.DECLINED,
    "ausgefallen": ContributorState.DROPPED_OUT,
}
Keyed = TypeVar("Keyed", RoomEntry, SpeakerEntry, SlotEntry, SessionEntry)


class BadProgramme(ValueError):
    """A file that cannot be taken over; says all that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults in the order of the file."""
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def refuse(reason: Message) -> BadProgramme:
    """What is raised for a file that cannot be read at all."""
    return BadProgramme([Fault("programme", "", reason)])


def read_programme(content: bytes) -> ProgrammeDocument:
    """The programme in a file of JSON in UTF-8. Raises BadProgramme with all its faults."""
    return programme_in(parse_json(content))


def programme_in(parsed: object) -> ProgrammeDocument:
    """The programme in JSON that was parsed already. Raises BadProgramme with all its faults."""
    faults: list[Fault] = []
    document = _document(EntryReader(parsed, "programme", faults))
    if faults:
        raise BadProgramme(faults)
    return document


def parse_json(content: bytes) -> object:
    """What the JSON in a file says. Raises BadProgramme for what is none."""
    if len(content) > MOST_BYTES:
        raise too_large()
    try:
        parsed: object = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        reason = message("The file is not UTF-8 text.")
    except RecursionError:
        reason = message("The file is nested too deeply.")
    except json.JSONDecodeError as problem:
        reason = message("The file is not JSON: fault in line %(line)s.", line=problem.lineno)
    except ValueError:  # a number of thousands of digits
        reason = message("The file is not JSON.")
    else:
        return parsed
    raise refuse(reason)


def too_large() -> BadProgramme:
    """What is raised for a file larger than any programme."""
    return refuse(message("The file is larger than 5 MB."))


def _document(reader: EntryReader) -> ProgrammeDocument:
    series, event = reader.child("series"), _event(reader.child("event"))
    rooms = _keyed(reader, "rooms", [_room(row) for row in reader.children("rooms")])
    speakers = _keyed(reader, "speakers", [_speaker(row) for row in reader.children("speakers")])
    slots = _keyed(reader, "slots", [_slot(row) for row in reader.children("slots")])
    sessions = [_session(row, rooms, speakers, slots) for row in reader.children("sessions")]
    _keyed(reader, "sessions", sessions)
    return ProgrammeDocument(
        series_key=series.optional("id"),
        series_name=series.optional("name"),
        event=event,
        rooms=tuple(rooms.values()),
        speakers=tuple(speakers.values()),
        slots=tuple(slots.values()),
        sessions=tuple(sessions),
        min_room_change_minutes=reader.child("rules").number("min_room_change_minutes", fallback=10)
        or 0,
    )


def _keyed(reader: EntryReader, section: str, entries: list[Keyed]) -> dict[str, Keyed]:
    """Entries by their key; a key that stands twice is a fault."""
    for key, times in Counter(entry.key for entry in entries).items():
        if times > 1 and key:
            reader.fault(
                section, message("“%(key)s” stands here %(times)s times.", key=key, times=times)
            )
    return {entry.key: entry for entry in entries}


def _event(reader: EntryReader) -> EventEntry:
    starts_at, ends_at = reader.span()
    return EventEntry(
        key=reader.optional("id"),
        title=reader.text("title"),
        subtitle=reader.optional("subtitle"),
        edition=reader.number("edition"),
        zone=reader.zone("tz"),
        doors_at=reader.moment("doors"),
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=reader.number("capacity") or 0,
        waiting_list=reader.flag("waiting_list", fallback=True),
        registration_opens_at=reader.moment("registration_opens"),
        reply_by_on=reader.day("reply_by"),
        wishes_close_at=reader.moment("wishes_close"),
        organiser=reader.optional("organiser"),
        host=reader.optional("host"),
        venue=_venue(reader.child("venue")),
        funding_notice=reader.optional("funding_notice"),
    )


def _venue(reader: EntryReader) -> VenueEntry:
    return VenueEntry(
        name=reader.optional("name"),
        street=reader.optional("street"),
        postcode=reader.optional("plz"),
        city=reader.optional("city"),
        parking=reader.optional("parking"),
        transit=reader.optional("transit"),
    )


def _room(reader: EntryReader) -> RoomEntry:
    return RoomEntry(
        key=reader.text("id"),
        name=reader.text("name"),
        capacity=reader.number("capacity") or 0,
        step_free=reader.flag("accessible", fallback=True),
        hearing_loop=reader.flag("hearing_loop", fallback=False),
        seating=reader.optional("seating"),
        note=reader.optional("note"),
    )


def _speaker(reader: EntryReader) -> SpeakerEntry:
    form, _title = read_form_of_address(reader.optional("anrede"))
    available = reader.child("available")
    return SpeakerEntry(
        key=reader.text("id"),
        form_of_address=FormOfAddress((form or FormOfAddress.NONE).value),
        title=reader.optional("titel"),
        first_name=reader.optional("vorname"),
        last_name=reader.text("nachname"),
        position=reader.optional("funktion"),
        organisation=reader.optional("organisation"),
        email=reader.optional("email"),
        available_from=available.moment("from"),
        available_until=available.moment("to"),
        availability_fixed=available.flag("fixed", fallback=False),
        state=reader.choice("status", STATES, ContributorState.PENCILLED),
    )


def _slot(reader: EntryReader) -> SlotEntry:
    starts_at, ends_at = reader.span()
    return SlotEntry(reader.text("id"), reader.text("name"), starts_at, ends_at)


def _session(
    reader: EntryReader,
    rooms: dict[str, RoomEntry],
    speakers: dict[str, SpeakerEntry],
    slots: dict[str, SlotEntry],
) -> SessionEntry:
    starts_at, ends_at = reader.span()
    return SessionEntry(
        key=reader.text("id"),
        kind=reader.choice("type", KINDS, SessionKind.INTERNAL),
        title=reader.text("title"),
        teaser=reader.optional("teaser", limit=PARAGRAPHS),
        starts_at=starts_at,
        ends_at=ends_at,
        room=reader.reference("room", rooms),
        slot=reader.reference("slot", slots),
        capacity=reader.number("capacity"),
        public=reader.flag("public", fallback=True),
        parts=_parts(reader, speakers),
    )


def _parts(reader: EntryReader, speakers: dict[str, SpeakerEntry]) -> tuple[PartEntry, ...]:
    """The people of a session in their order; who takes the minutes comes last."""
    parts = []
    for row in reader.children("people"):
        row.entry = f"{reader.entry}, {row.entry}"
        key = row.reference("speaker", speakers)
        role = row.choice("role", ROLES, Role.INPUT)
        if not row.optional("speaker") or not row.optional("role"):
            row.fault("", message("A person needs “speaker” and “role”."))
        parts += [PartEntry(key, role)] if key else []
    minutes = reader.reference("protocol", speakers)
    parts += [PartEntry(minutes, Role.PROTOCOL)] if minutes else []
    for part, times in Counter(parts).items():
        if times > 1:
            reader.fault(
                "people",
                message("“%(key)s” stands here twice with the same role.", key=part.speaker),
            )
    return tuple(parts)
