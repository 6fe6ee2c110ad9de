"""What a programme file says, entry by entry; frozen, and independent of how it is stored."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from eventapp.contacts.states import FormOfAddress
from eventapp.foundation.message import Message
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import ContributorState
from eventapp.programme.timetable.checks import (
    Assignment,
    Settings,
    Timetable,
    TimetableEvent,
    TimetablePerson,
    TimetableRoom,
    TimetableSession,
    TimetableSlot,
)
from eventapp.programme.timetable.entries import session_label


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one entry of a file: where it stands, which field, and why."""

    entry: str
    field: str
    reason: Message


@dataclass(frozen=True, slots=True)
class VenueEntry:
    """Where the event is, and how people get there."""

    name: str
    street: str
    postcode: str
    city: str
    parking: str
    transit: str


@dataclass(frozen=True, slots=True)
class EventEntry:
    """The event a programme is for."""

    key: str
    title: str
    subtitle: str
    edition: int | None
    zone: str
    doors_at: datetime | None
    starts_at: datetime
    ends_at: datetime
    capacity: int
    waiting_list: bool
    registration_opens_at: datetime | None
    reply_by_on: date | None
    wishes_close_at: datetime | None
    organiser: str
    host: str
    venue: VenueEntry
    funding_notice: str


@dataclass(frozen=True, slots=True)
class RoomEntry:
    """A room and what it offers."""

    key: str
    name: str
    capacity: int
    step_free: bool
    hearing_loop: bool
    seating: str
    note: str


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A contributor; the state holds for everything this person does."""

    key: str
    form_of_address: FormOfAddress
    title: str
    first_name: str
    last_name: str
    position: str
    organisation: str
    email: str
    available_from: datetime | None
    available_until: datetime | None
    availability_fixed: bool
    state: ContributorState

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class SlotEntry:
    """A time for talk rounds side by side."""

    key: str
    name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class PartEntry:
    """Who (by key) does what in a session."""

    speaker: str
    role: Role


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session; room, slot and people by their keys in the file.

    `guid` is by what a file of another program knows it again, "" in files of our own; title and
    teaser are in `language`.
    """

    key: str
    kind: SessionKind
    title: str
    teaser: str
    starts_at: datetime | None
    ends_at: datetime | None
    room: str | None
    slot: str | None
    capacity: int | None
    public: bool
    parts: tuple[PartEntry, ...]
    guid: str = ""
    language: str = "de"


@dataclass(frozen=True, slots=True)
class ProgrammeDocument:
    """A whole programme file; a foreign one was written by another program, or by hand."""

    series_key: str
    series_name: str
    event: EventEntry
    rooms: tuple[RoomEntry, ...]
    speakers: tuple[SpeakerEntry, ...]
    slots: tuple[SlotEntry, ...]
    sessions: tuple[SessionEntry, ...]
    min_room_change_minutes: int
    foreign: bool = False

    def moved(self, days: int) -> "ProgrammeDocument":
        """The same programme some days later, at the same times on the wall clock."""
        move = _Move(days, self.event.zone)
        return replace(
            self,
            event=move.event(self.event),
            speakers=tuple(move.speaker(speaker) for speaker in self.speakers),
            slots=tuple(move.slot(slot) for slot in self.slots),
            sessions=tuple(move.session(session) for session in self.sessions),
        )

    def timetable(self) -> Timetable:
        """What the rules of the timetable look at; keys are those of the file."""
        states = {speaker.key: speaker.state for speaker in self.speakers}
        event = self.event
        return Timetable(
            TimetableEvent(event.zone, event.doors_at or event.starts_at, event.ends_at),
            [
                TimetableRoom(room.key, room.name, room.capacity, room.step_free)
                for room in self.rooms
            ],
            [_timetable_person(speaker) for speaker in self.speakers],
            [
                _timetable_session(session, session.starts_at, session.ends_at, states)
                for session in self.sessions
                if session.starts_at is not None and session.ends_at is not None
            ],
            Settings(self.min_room_change_minutes),
            [
                TimetableSlot(slot.key, slot.name, slot.starts_at, slot.ends_at)
                for slot in self.slots
            ],
        )


def _timetable_person(speaker: SpeakerEntry) -> TimetablePerson:
    return TimetablePerson(
        speaker.key,
        speaker.name,
        speaker.last_name,
        speaker.available_from,
        speaker.available_until,
        speaker.availability_fixed,
        speaker.organisation,
    )


def _timetable_session(
    session: SessionEntry,
    starts_at: datetime,
    ends_at: datetime,
    states: dict[str, ContributorState],
) -> TimetableSession:
    return TimetableSession(
        key=session.key,
        label=session_label(session.kind, session.key, session.title),
        kind=session.kind,
        starts_at=starts_at,
        ends_at=ends_at,
        room=session.room,
        capacity=session.capacity,
        assignments=tuple(
            Assignment(part.speaker, part.role, states[part.speaker]) for part in session.parts
        ),
        slot=session.slot,
    )


@dataclass(frozen=True, slots=True)
class _Move:
    days: int
    zone: str

    def moment(self, moment: datetime) -> datetime:
        local = moment.astimezone(ZoneInfo(self.zone)) + timedelta(days=self.days)
        return local.astimezone(moment.tzinfo)

    def maybe(self, moment: datetime | None) -> datetime | None:
        return moment and self.moment(moment)

    def event(self, event: EventEntry) -> EventEntry:
        reply_by = event.reply_by_on and event.reply_by_on + timedelta(days=self.days)
        return replace(
            event,
            doors_at=self.maybe(event.doors_at),
            starts_at=self.moment(event.starts_at),
            ends_at=self.moment(event.ends_at),
            registration_opens_at=self.maybe(event.registration_opens_at),
            reply_by_on=reply_by,
            wishes_close_at=self.maybe(event.wishes_close_at),
        )

    def speaker(self, speaker: SpeakerEntry) -> SpeakerEntry:
        return replace(
            speaker,
            available_from=self.maybe(speaker.available_from),
            available_until=self.maybe(speaker.available_until),
        )

    def slot(self, slot: SlotEntry) -> SlotEntry:
        return replace(
            slot, starts_at=self.moment(slot.starts_at), ends_at=self.moment(slot.ends_at)
        )

    def session(self, session: SessionEntry) -> SessionEntry:
        return replace(
            session,
            starts_at=self.maybe(session.starts_at),
            ends_at=self.maybe(session.ends_at),
        )
