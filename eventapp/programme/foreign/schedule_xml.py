"""schedule.xml as frab, pretalx and others write it. Pure.

A file with a document type or entities of its own is refused (XXE, billion laughs): no schedule
needs them. Days, rooms and sessions are read where they belong and nowhere else, so that none is
read twice, however deep a file is nested.
"""

from xml.etree.ElementTree import Element, ParseError
from zoneinfo import ZoneInfo

from eventapp.foundation.message import message
from eventapp.programme.exchange import refuse
from eventapp.programme.foreign.raw import RawPerson, RawProgramme, RawSession, Target
from eventapp.programme.foreign.remarks import Notes, Topic
from eventapp.programme.foreign.schedule_times import Clock, ProgrammeDay, read_day
from eventapp.programme.foreign.schedules import named, read_zone

MOST_ELEMENTS = 400_000


def read_schedule_xml(content: bytes, target: Target, notes: Notes) -> RawProgramme:
    """All sessions of the file. Raises BadProgramme for what is no schedule."""
    root = _tree(content)
    if root.tag != "schedule":
        raise refuse(message("The file is XML, but no schedule.xml."))
    conference = root.find("conference")
    zone = read_zone(_text(conference, "time_zone_name"), target, notes)
    sessions = [
        _session(event, room, day, zone, notes)
        for day_element in root.findall("day")
        for day in [_day(day_element, zone)]
        for room in day_element.findall("room")
        for event in room.findall("event")
    ]
    return RawProgramme(_text(conference, "title"), sessions)


def _tree(content: bytes) -> Element:
    # imported here: only who uploads a schedule needs it
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415

    if content.count(b"<") > 2 * MOST_ELEMENTS:
        raise refuse(message("The file holds more than a programme can."))
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as problem:
        raise refuse(
            message("The file holds definitions of its own, which no schedule needs.")
        ) from problem
    except ParseError as problem:
        line = problem.position[0]
        raise refuse(
            message("The file is no sound XML: fault in line %(line)s.", line=line)
        ) from problem
    except (ValueError, LookupError, RecursionError) as problem:
        raise refuse(message("The file is no sound XML.")) from problem
    return root


def _day(element: Element, zone: ZoneInfo) -> ProgrammeDay:
    start, end = element.get("start", ""), element.get("end", "")
    return read_day(element.get("date", ""), start, end, zone)


def _session(
    element: Element, room: Element, day: ProgrammeDay, zone: ZoneInfo, notes: Notes
) -> RawSession:
    number = element.get("id", "") or element.get("code", "")
    entry = named(_text(element, "title"), number)
    own, above = _text(element, "room"), room.get("name", "")
    if own and above and own != above:
        notes.tell(
            entry,
            Topic.ROOM,
            f"{above} / {own}",
            message("The file names two rooms; the session's own counts."),
        )
    starts_at, ends_at = Clock(zone, notes, entry).span(
        day, _text(element, "date"), _text(element, "start"), _text(element, "duration")
    )
    return RawSession(
        entry=entry,
        guid=element.get("guid", ""),
        number=number,
        title=_text(element, "title"),
        subtitle=_text(element, "subtitle"),
        abstract=_text(element, "abstract"),
        description=_text(element, "description"),
        language=_text(element, "language"),
        kind=_text(element, "type"),
        room=own or above,
        starts_at=starts_at,
        ends_at=ends_at,
        people=tuple(_person(each) for each in element.findall("persons/person")),
    )


def _person(element: Element) -> RawPerson:
    number = element.get("id") or element.get("code") or element.get("guid") or ""
    return RawPerson("".join(element.itertext()), number)


def _text(element: Element | None, name: str) -> str:
    """All text of a child; some programs put HTML there without quoting it."""
    found = element.find(name) if element is not None else None
    return "".join(found.itertext()).strip() if found is not None else ""
