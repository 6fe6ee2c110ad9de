"""Takes the entries of a programme file over, one after the other, within one transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from eventapp.accounts.audit import Actor
from eventapp.events.actions import add_room, add_venue
from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.foundation.i18n import localised
from eventapp.foundation.message import Message, message
from eventapp.foundation.text import spellings
from eventapp.programme import queries
from eventapp.programme.actions.changes import (
    ContributorChange,
    Part,
    SessionChange,
    SlotChange,
    differences,
    parts_of,
)
from eventapp.programme.actions.import_values import (
    kept,
    room_change,
    session_values,
    slot_values,
    speaker_values,
    venue_change,
)
from eventapp.programme.actions.people import add_contributors, change_contributor
from eventapp.programme.actions.sessions import NewSession, add_sessions, change_session
from eventapp.programme.actions.slots import add_slot, change_slot
from eventapp.programme.actions.surroundings import Surroundings, locked_surroundings
from eventapp.programme.exchange_entries import ProgrammeDocument, SessionEntry, SpeakerEntry
from eventapp.programme.foreign.remarks import Notes, Topic
from eventapp.programme.identity import came_from_a_file, guid_of, uid_for
from eventapp.programme.import_report import ImportReport, ImportRow, Verdict
from eventapp.programme.models import Contribution, Contributor, Session, Slot
from eventapp.programme.states import CONTRIBUTOR_ARROWS, ContributorState, SessionState
from eventapp.programme.timetable.checks import Conflict


class Importer:
    """The state of one import: what the keys of the file stand for in the database.

    Call it with the event locked.
    """

    def __init__(self, event: Event, by: Actor, advance: Callable[[], None]) -> None:
        """`advance` is called after each entry."""
        self.event = event
        self.by = by
        self.advance = advance
        self.notes = Notes()
        self.rows: list[ImportRow] = []
        self.missing: list[str] = []
        self.room_ids: dict[str, int] = {}
        self.slot_ids: dict[str, int] = {}
        self.speakers: dict[str, tuple[int, ContributorState]] = {}

    def take(self, document: ProgrammeDocument) -> None:
        """All of the file, in the order in which its parts refer to each other."""
        self._take_rooms(document)
        self._take_slots(document)
        around = locked_surroundings(self.event)
        self._take_speakers(document, around)
        self._take_sessions(document, around)

    def report(self, conflicts: Sequence[Conflict]) -> ImportReport:
        """What became of it all."""
        return ImportReport(
            tuple(self.rows), tuple(conflicts), self.notes.told(), tuple(self.missing)
        )

    def _took(self, entry: str, verdict: Verdict, name: str) -> None:
        self.rows.append(ImportRow(entry, verdict, name))
        self.advance()

    def _take_rooms(self, document: ProgrammeDocument) -> None:
        """Rooms are known by their name at the venue."""
        if not document.rooms:
            return
        venue = self.event.venue or add_venue(self.event, venue_change(document), by=self.by)
        known = {room.name: room for room in rooms_of(self.event)}
        for entry in document.rooms:
            room = known.get(entry.name)
            verdict = Verdict.UNCHANGED
            if room is None:
                room, verdict = add_room(venue, room_change(entry), by=self.by), Verdict.ADDED
            self.room_ids[entry.key] = room.id
            self._took(f"rooms {entry.key}", verdict, entry.name)

    def _take_slots(self, document: ProgrammeDocument) -> None:
        """Slots are known by their key."""
        known = {row.key: row for row in queries.slots_of(self.event)}
        for entry in document.slots:
            row = known.get(entry.key)
            change = SlotChange(**kept(row, SlotChange) | slot_values(entry))
            if row is None:
                row, verdict = add_slot(self.event, change, by=self.by), Verdict.ADDED
            else:
                before = row.version
                change_slot(row, change, seen=before, by=self.by)
                verdict = _verdict(row, before)
            self.slot_ids[entry.key] = row.id
            self._took(f"slots {entry.key}", verdict, entry.name)

    def _take_speakers(self, document: ProgrammeDocument, around: Surroundings) -> None:
        """Contributors are known by their key, those of a foreign file by their name as well."""
        known = _KnownPeople(around.contributors.values(), by_name=document.foreign)
        taken = set(around.contributor_keys)
        new: dict[str, ContributorChange] = {}
        for entry in document.speakers:
            row = known.person(entry)
            values = speaker_values(entry, row, foreign=document.foreign)
            change = ContributorChange(**kept(row, ContributorChange) | values)
            verdict = Verdict.ADDED
            if row is None:
                key = "" if change.key in taken else change.key  # it may be somebody else's
                new[entry.key] = replace(change, key=key)
            else:
                verdict = self._change_person(row, change, around)
                self.speakers[entry.key] = row.id, entry.state
            self._took(f"speakers {entry.key}", verdict, entry.name)
        rows = add_contributors(around, list(new.values()), by=self.by)
        added = {key: row.id for key, row in zip(new, rows, strict=True)}
        for entry in document.speakers:
            if entry.key in added:
                self.speakers[entry.key] = added[entry.key], entry.state

    def _change_person(
        self, row: Contributor, change: ContributorChange, around: Surroundings
    ) -> Verdict:
        if not differences(row, change):
            return Verdict.UNCHANGED
        before = row.version
        change_contributor(row, change, seen=before, by=self.by, around=around)
        return _verdict(row, before)

    def _take_sessions(self, document: ProgrammeDocument, around: Surroundings) -> None:
        """Sessions are known by their key or guid; those that are cancelled stay as they are."""
        known = _KnownSessions(self.event, queries.sessions_of(self.event))
        new = []
        for entry in document.sessions:
            row = known.session(entry)
            if row is None:
                new.append(self._new(entry, around))
                verdict = Verdict.ADDED
            elif row.state is SessionState.CANCELLED:
                self._tell(entry, Topic.FILE, message("Cancelled here; stays so."))
                verdict = Verdict.UNCHANGED
            else:
                verdict = self._change(row, entry, around)
            self._took(f"sessions {entry.key or entry.title}", verdict, entry.title)
        add_sessions(around, new, by=self.by)
        if document.foreign:
            self.missing = [localised(row, "title") for row in known.missing()]

    def _new(self, entry: SessionEntry, around: Surroundings) -> NewSession:
        values = session_values(entry, None, self.room_ids, self.slot_ids)
        if entry.guid and entry.key in around.session_keys:  # it may be another session's
            values["key"] = ""
        change = SessionChange(**kept(None, SessionChange) | values)
        uid = uid_for(self.event.uid, entry.guid) if entry.guid else None
        return NewSession(change, self._parts(entry, None), uid)

    def _change(self, row: Session, entry: SessionEntry, around: Surroundings) -> Verdict:
        values = session_values(entry, row, self.room_ids, self.slot_ids)
        if entry.guid and entry.starts_at is None and row.starts_at is not None:
            self._tell(entry, Topic.START, message("No time in the file; the one here stays."))
            del values["starts_at"], values["ends_at"]
        change = SessionChange(**kept(row, SessionChange) | values)
        parts = self._parts(entry, row)
        if not differences(row, change) and parts_of(row) == tuple(parts):
            return Verdict.UNCHANGED
        before = row.version
        change_session(row, change, parts, seen=before, by=self.by, around=around)
        return _verdict(row, before)

    def _parts(self, entry: SessionEntry, row: Session | None) -> list[Part]:
        stored = list(row.contributions) if row is not None else []
        if entry.guid and row is not None:
            return self._parts_of_foreign(entry, stored)
        before = {(each.contributor_id, each.role): each for each in stored}
        parts = []
        for part in entry.parts:
            person, state = self.speakers[part.speaker]
            parts.append(Part(person, part.role, _forward(before.get((person, part.role)), state)))
        return parts

    def _parts_of_foreign(self, entry: SessionEntry, stored: list[Contribution]) -> list[Part]:
        """Who is in it already keeps role and promise, who is not in the file stays too."""
        parts = [Part(each.contributor_id, each.role, each.state) for each in stored]
        there = {part.contributor_id for part in parts}
        named = {self.speakers[part.speaker][0]: part for part in entry.parts}
        parts += [
            Part(person, part.role, self.speakers[part.speaker][1])
            for person, part in named.items()
            if person not in there
        ]
        for each in stored:
            if each.contributor_id not in named:
                self._tell(
                    entry,
                    Topic.PERSON,
                    message("%(name)s is not in the file and stays.", name=each.contributor.name),
                )
        return parts

    def _tell(self, entry: SessionEntry, topic: Topic, made: Message) -> None:
        self.notes.tell(message("“%(title)s”", title=entry.title), topic, "", made)


class _KnownSessions:
    """The event's sessions, to be found by what a file calls them."""

    def __init__(self, event: Event, sessions: Sequence[Session]) -> None:
        self._event_uid = event.uid
        self._sessions = sessions
        self._by_key = {row.key: row for row in sessions}
        self._by_uid = {row.uid: row for row in sessions}
        self._by_guid = {guid_of(row.uid): row for row in sessions}
        self._met: set[int] = set()

    def session(self, entry: SessionEntry) -> Session | None:
        """By the guid if there is one, also by that of our own export; else by the key."""
        if entry.guid:
            uid = uid_for(self._event_uid, entry.guid)
            row = self._by_uid.get(uid) or self._by_guid.get(entry.guid)
        else:
            row = self._by_key.get(entry.key)
        if row is not None:
            self._met.add(row.id)
        return row

    def missing(self) -> list[Session]:
        """Those that came from a file once and were not asked for."""
        return [
            row
            for row in self._sessions
            if row.id not in self._met
            and row.state is not SessionState.CANCELLED
            and came_from_a_file(row.uid)
        ]


class _KnownPeople:
    """The event's contributors, to be found by what a file calls them; nobody is found twice.

    The number of a foreign file counts only together with a part of the name: in another file it
    may be somebody else's.
    """

    def __init__(self, people: Iterable[Contributor], *, by_name: bool) -> None:
        self._foreign = by_name
        self._by_key = {row.key: row for row in people}
        self._by_name: dict[tuple[str, str], Contributor] = {}
        for row in self._by_key.values():
            self._by_name.setdefault(spellings(row.name), row)
        self._met: set[int] = set()

    def person(self, entry: SpeakerEntry) -> Contributor | None:
        row = self._by_key.get(entry.key)
        if self._foreign:
            if row is None or not _words(entry.name) & _words(row.name):
                row = self._by_name.get(spellings(entry.name))
            row = None if row is None or row.id in self._met else row
        if row is not None:
            self._met.add(row.id)
        return row


def _words(name: str) -> set[str]:
    return set(spellings(name)[0].split())


def _forward(stored: Contribution | None, wanted: ContributorState) -> ContributorState:
    """What the file says, unless the promise has gone further than an arrow leads."""
    if stored is None or wanted in CONTRIBUTOR_ARROWS[stored.state]:
        return wanted
    return stored.state


def _verdict(row: Session | Slot | Contributor, version_before: int) -> Verdict:
    return Verdict.UNCHANGED if row.version == version_before else Verdict.CHANGED
