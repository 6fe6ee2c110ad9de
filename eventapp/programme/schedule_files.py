"""Writes a planned programme as schedule.xml and schedule.json, as frab and pretalx do. Pure."""

import json
import re
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from eventapp.programme.schedule_plan import Plan, PlannedDay, PlannedEvent

GENERATOR = "eventapp"
STEP = "00:05"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_schedule_xml(plan: Plan) -> bytes:
    """The programme by days and rooms, valid against the c3voc schema."""
    root = Element("schedule")
    SubElement(root, "generator", name=GENERATOR)
    _texts(root, {"version": plan.version})
    conference = SubElement(root, "conference")
    _texts(
        conference,
        {
            "title": plan.title,
            "acronym": plan.acronym,
            "start": plan.days[0].day.isoformat(),
            "end": plan.days[-1].day.isoformat(),
            "days": str(len(plan.days)),
            "timeslot_duration": STEP,
            "base_url": plan.url,
            "time_zone_name": plan.zone,
        },
    )
    for day in plan.days:
        _day_element(root, day)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _day_element(root: Element, day: PlannedDay) -> None:
    element = SubElement(
        root,
        "day",
        index=str(day.index),
        date=day.day.isoformat(),
        start=day.starts_at.isoformat(),
        end=day.ends_at.isoformat(),
    )
    for name, events in day.rooms.items():
        room = SubElement(element, "room", name=_sound(name))
        for event in events:
            _event_element(room, event)


def _event_element(room: Element, event: PlannedEvent) -> None:
    element = SubElement(room, "event", id=str(event.id), guid=event.guid)
    _texts(
        element,
        {
            "room": event.room,
            "title": event.title,
            "subtitle": "",
            "type": event.kind,
            "date": _moment(event.starts_at),
            "start": f"{event.starts_at:%H:%M}",
            "duration": event.duration,
            "abstract": event.teaser,
            "track": event.track,
            "language": event.language,
            "description": "",
        },
    )
    people = SubElement(element, "persons")
    for person in event.people:
        SubElement(people, "person", id=str(person.id)).text = _sound(person.name)


def _texts(element: Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        SubElement(element, name).text = _sound(text)


def _sound(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def to_schedule_json(plan: Plan) -> bytes:
    """The same programme in JSON."""
    rooms = dict.fromkeys(name for day in plan.days for name in day.rooms)
    schedule = {
        "version": plan.version,
        "base_url": plan.url,
        "conference": {
            "acronym": plan.acronym,
            "title": plan.title,
            "start": plan.days[0].day.isoformat(),
            "end": plan.days[-1].day.isoformat(),
            "daysCount": len(plan.days),
            "timeslot_duration": STEP,
            "time_zone_name": plan.zone,
            "rooms": [{"name": name} for name in rooms],
            "days": [_day_object(day) for day in plan.days],
        },
    }
    whole = {"generator": {"name": GENERATOR}, "schedule": schedule}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _day_object(day: PlannedDay) -> dict[str, Any]:
    return {
        "index": day.index,
        "date": day.day.isoformat(),
        "day_start": day.starts_at.isoformat(),
        "day_end": day.ends_at.isoformat(),
        "rooms": {name: [_event_object(event) for event in events]
                  for name, events in day.rooms.items()},
    }  # fmt: skip


def _event_object(event: PlannedEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "guid": event.guid,
        "date": _moment(event.starts_at),
        "start": f"{event.starts_at:%H:%M}",
        "duration": event.duration,
        "room": event.room,
        "title": event.title,
        "subtitle": "",
        "track": event.track,
        "type": event.kind,
        "language": event.language,
        "abstract": event.teaser,
        "description": "",
        "persons": [{"id": person.id, "public_name": person.name} for person in event.people],
        "links": [],
        "attachments": [],
    }
