"""Makes a programme document of what a file holds: tolerant, and every guess is told. Pure."""

import re
from collections import Counter

from eventapp.foundation.message import message
from eventapp.foundation.text import clean, spellings
from eventapp.programme.exchange_entries import (
    PartEntry,
    ProgrammeDocument,
    RoomEntry,
    SessionEntry,
)
from eventapp.programme.exchange_fields import LINE, PARAGRAPHS
from eventapp.programme.foreign.completing import event_of, tell_days, with_ends
from eventapp.programme.foreign.kind_words import kind_in_title, kind_of
from eventapp.programme.foreign.people import Register
from eventapp.programme.foreign.plain_text import has_markup, without_markup
from eventapp.programme.foreign.raw import RawProgramme, RawSession, Target
from eventapp.programme.foreign.remarks import WHOLE_FILE, Notes, Topic
from eventapp.programme.kinds import SessionKind, usual_role

LONGEST_KEY = 12
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def assemble(raw: RawProgramme, target: Target, notes: Notes) -> ProgrammeDocument:
    """The programme in our own words."""
    assembly = _Assembly(target, notes)
    if not any(each.room.strip() for each in raw.sessions):
        notes.tell(WHOLE_FILE, Topic.ROOM, "", message("The file names no rooms."))
        assembly.no_rooms = True
    sessions = [assembly.session(each) for each in with_ends(raw.sessions, notes)]
    tell_days(sessions, raw, target, notes)
    return ProgrammeDocument(
        series_key="",
        series_name="",
        event=event_of(raw, sessions, target),
        foreign=True,
        rooms=tuple(assembly.rooms.values()),
        speakers=assembly.register.everybody(),
        slots=(),
        sessions=tuple(sessions),
        min_room_change_minutes=10,
    )


class _Assembly:
    """What has been met so far in the file."""

    def __init__(self, target: Target, notes: Notes) -> None:
        self.notes = notes
        self.register = Register(notes)
        self.rooms: dict[tuple[str, str], RoomEntry] = {}
        self.no_rooms = False
        self._known_rooms = {spellings(name): name for name in target.rooms}
        self._guids: Counter[str] = Counter()
        self._keys: set[str] = set()
        self._unknown_kinds: set[str] = set()

    def session(self, raw: RawSession) -> SessionEntry:
        title, teaser = self._title(raw), self._teaser(raw)
        kind = self._kind(raw, title)
        roles: list[PartEntry] = []
        for key in self.register.keys(raw.people, raw.entry):
            roles.append(PartEntry(key, usual_role(kind, [part.role for part in roles])))
        return SessionEntry(
            key=self._short_name(raw),
            kind=kind,
            title=title,
            teaser=teaser,
            starts_at=raw.starts_at,
            ends_at=raw.ends_at,
            room=self._room(raw),
            slot=None,
            capacity=None,
            public=kind is not SessionKind.INTERNAL,
            parts=tuple(roles),
            guid=self._guid(raw, title),
            language=self._language(raw),
        )

    def _title(self, raw: RawSession) -> str:
        title = clean(without_markup(raw.title) if has_markup(raw.title) else raw.title)
        if not title:
            title = clean(raw.subtitle) or clean(raw.number) or "–"
            self.notes.tell(
                raw.entry,
                Topic.TITLE,
                raw.title,
                message("No title; “%(title)s” is taken.", title=title[:LINE]),
            )
        if len(title) > LINE:
            self.notes.tell(
                raw.entry,
                Topic.TITLE,
                title,
                message("Longer than %(limit)s characters; the rest is left out.", limit=LINE),
            )
        return title[:LINE]

    def _teaser(self, raw: RawSession) -> str:
        parts = [raw.subtitle if raw.title else "", raw.abstract, raw.description]
        if any(map(has_markup, parts)):
            self.notes.tell(
                raw.entry,
                Topic.TEXT,
                next(filter(has_markup, parts)),
                message("HTML; turned into plain text."),
            )
            parts = [without_markup(part) if has_markup(part) else part for part in parts]
        paragraphs = dict.fromkeys(filter(None, (clean(part, multiline=True) for part in parts)))
        teaser = "\n\n".join(paragraphs)
        if len(teaser) > PARAGRAPHS:
            self.notes.tell(
                raw.entry,
                Topic.TEXT,
                f"{teaser[:60]} …",
                message(
                    "Longer than %(limit)s characters; the rest is left out.", limit=PARAGRAPHS
                ),
            )
        return teaser[:PARAGRAPHS]

    def _kind(self, raw: RawSession, title: str) -> SessionKind:
        word = clean(raw.kind)
        said = kind_of(word) if word else None
        if word and said is None and word not in self._unknown_kinds:
            self._unknown_kinds.add(word)
            self.notes.tell(
                WHOLE_FILE,
                Topic.KIND,
                word,
                message(
                    "A kind of session nobody knows here; taken as a lecture, unless the title "
                    "tells otherwise."
                ),
            )
        if said in (None, SessionKind.LECTURE):
            return (kind_in_title(title) if not word else None) or SessionKind.LECTURE
        return said or SessionKind.LECTURE

    def _room(self, raw: RawSession) -> str | None:
        name = clean(raw.room)[:100]
        if not name:
            if not self.no_rooms:
                self.notes.tell(raw.entry, Topic.ROOM, raw.room, message("No room."))
            return None
        spelled = spellings(name)
        if spelled not in self.rooms:
            self.rooms[spelled] = self._new_room(name, self._known_rooms.get(spelled))
        room = self.rooms[spelled]
        if room.name != name:
            self.notes.tell(
                WHOLE_FILE,
                Topic.ROOM,
                name,
                message("Spelled “%(name)s” elsewhere; taken as one room.", name=room.name),
            )
        return room.key

    def _new_room(self, name: str, known: str | None) -> RoomEntry:
        if known is None:
            self.notes.tell(
                WHOLE_FILE,
                Topic.ROOM,
                name,
                message(
                    "The event's place has no such room; it is added. Seats and access without "
                    "steps are not in the file: please enter them."
                ),
            )
        own = known or name
        return RoomEntry(own, own, 0, step_free=False, hearing_loop=False, seating="", note="")

    def _language(self, raw: RawSession) -> str:
        word = clean(raw.language).casefold()
        if word.startswith(("en", "englisch")):
            return "en"
        if word and not word.startswith("de"):
            self.notes.tell(
                raw.entry,
                Topic.LANGUAGE,
                word,
                message("Neither German nor English; the texts are kept as the German ones."),
            )
        return "de"

    def _guid(self, raw: RawSession, title: str) -> str:
        """By what the session is known again: guid, else number, else title; never twice."""
        guid = clean(raw.guid)[:LINE]
        if guid and not _UUID.fullmatch(guid):
            self.notes.tell(
                raw.entry,
                Topic.IDENTITY,
                guid,
                message("No valid guid, but good enough to know the session again."),
            )
        number = clean(raw.number)
        guid = guid.casefold() or (f"id {number}" if number else f"title {spellings(title)[0]}")
        self._guids[guid] += 1
        times = self._guids[guid]
        if times == 1:
            return guid
        if raw.guid or raw.number:
            self.notes.tell(
                raw.entry,
                Topic.IDENTITY,
                raw.guid or raw.number,
                message("Stands here more than once; taken as a session of its own."),
            )
        return f"{guid} #{times}"

    def _short_name(self, raw: RawSession) -> str:
        key = clean(raw.number)
        if len(key) > LONGEST_KEY or key in self._keys:
            return ""
        self._keys.add(key)
        return key
