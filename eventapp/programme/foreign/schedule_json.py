"""schedule.json as frab and pretalx write it. Pure."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from eventapp.foundation.message import message
from eventapp.programme.exchange import refuse
from eventapp.programme.foreign.raw import RawPerson, RawProgramme, RawSession, Target
from eventapp.programme.foreign.remarks import WHOLE_FILE, Notes, Topic
from eventapp.programme.foreign.schedule_times import Clock, ProgrammeDay, read_day
from eventapp.programme.foreign.schedules import named, read_zone

PERSON_NAMES = ("public_name", "full_public_name", "name")
PERSON_NUMBERS = ("id", "code", "guid")


def read_schedule_json(parsed: Any, target: Target, notes: Notes) -> RawProgramme:
    """All sessions of a file that was parsed already. Raises BadProgramme for what is no schedule.

    pretalx leaves out much that frab gives; what is of another kind than usual is passed over.
    """
    schedule = parsed.get("schedule") if isinstance(parsed, dict) else None
    if not isinstance(schedule, dict):
        raise refuse(message("The file is JSON, but no schedule.json."))
    conference = _object(schedule.get("conference"))
    zone = read_zone(_text(conference, "time_zone_name"), target, notes)
    days = conference.get("days", schedule.get("days"))
    if not isinstance(days, list):
        notes.tell(WHOLE_FILE, Topic.FILE, "days", message("The file has no days."))
    sessions = [
        _session(event, room, day, zone, notes)
        for listed in _objects(days)
        for day in [_day(listed, zone)]
        for room, event in _events_of(listed.get("rooms"))
    ]
    return RawProgramme(_text(conference, "title"), sessions)


def _events_of(rooms: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """(room, session) of a day; rooms stand by name, or in a list with their name inside."""
    if isinstance(rooms, list):
        rooms = {_text(room, "name"): room.get("events") for room in _objects(rooms)}
    for name, events in _object(rooms).items():
        for event in _objects(events):
            yield name, event


def _day(listed: dict[str, Any], zone: ZoneInfo) -> ProgrammeDay:
    return read_day(
        _text(listed, "date"), _text(listed, "day_start"), _text(listed, "day_end"), zone
    )


def _session(
    fields: dict[str, Any], room: str, day: ProgrammeDay, zone: ZoneInfo, notes: Notes
) -> RawSession:
    title = _text(fields, "title")
    number = _text(fields, "id") or _text(fields, "code")
    entry = named(title, number)
    starts_at, ends_at = Clock(zone, notes, entry).span(
        day, _text(fields, "date"), _text(fields, "start"), _text(fields, "duration")
    )
    people = fields.get("persons") or fields.get("speakers")
    return RawSession(
        entry=entry,
        guid=_text(fields, "guid"),
        number=number,
        title=title,
        subtitle=_text(fields, "subtitle"),
        abstract=_text(fields, "abstract"),
        description=_text(fields, "description"),
        language=_text(fields, "language"),
        kind=_text(fields, "type"),
        room=_text(fields, "room") or room,
        starts_at=starts_at,
        ends_at=ends_at,
        people=tuple(_person(each) for each in people) if isinstance(people, list) else (),
    )


def _person(said: Any) -> RawPerson:
    if isinstance(said, str):
        return RawPerson(said)
    fields = _object(said)
    name = next(filter(None, (_text(fields, key) for key in PERSON_NAMES)), "")
    return RawPerson(name, next(filter(None, (_text(fields, key) for key in PERSON_NUMBERS)), ""))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    return (
        (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())
    )


def _text(fields: dict[str, Any], name: str) -> str:
    """A text; whole numbers count as text, and of texts in several languages the first."""
    value = fields.get(name)
    if isinstance(value, dict):
        value = next(iter(value.values()), "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return value.strip() if isinstance(value, str) else str(value)[:40]
