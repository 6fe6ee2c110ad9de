"""A public programme laid out as schedule.xml and schedule.json have it: days, rooms, events. Pure.

A session belongs to the day on which its night began: what starts before six is still yesterday,
unless nothing else happens then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from eventapp.programme.identity import guid_of
from eventapp.programme.public import PublicPerson, PublicProgramme, PublicSession

NIGHT = timedelta(hours=6)
LONGEST = timedelta(hours=99, minutes=59)
LEAST_ACRONYM = 4


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """One session in the words of these formats."""

    id: int
    guid: str
    starts_at: datetime
    duration: str
    room: str
    title: str
    teaser: str
    track: str
    kind: str
    language: str
    people: tuple[PublicPerson, ...]


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day with what happens in its rooms."""

    index: int
    day: date
    starts_at: datetime
    ends_at: datetime
    rooms: Mapping[str, Sequence[PlannedEvent]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole programme, and the few words about its event."""

    title: str
    acronym: str
    url: str
    zone: str
    version: str
    days: tuple[PlannedDay, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of the event; `first_day` stands for a programme without sessions."""

    title: str
    slug: str
    url: str
    zone: str
    version: str
    first_day: date


def plan_of(head: Head, programme: PublicProgramme) -> Plan:
    """The programme that everybody sees."""
    zone = ZoneInfo(head.zone)
    found = [
        (programme_day(session.starts_at, zone), _planned(session, entry.title, zone))
        for entry in programme.entries
        for session in entry.sessions
    ]
    ordered = sorted(found, key=lambda one: (one[0], one[1].starts_at, one[1].id))
    days = [
        _day(index, day, [event for _day, event in events], zone)
        for index, (day, events) in enumerate(groupby(ordered, key=lambda one: one[0]), start=1)
    ]
    return Plan(
        title=head.title,
        acronym=head.slug if len(head.slug) >= LEAST_ACRONYM else f"event-{head.slug}",
        url=head.url,
        zone=head.zone,
        version=head.version,
        days=tuple(days) or (_day(1, head.first_day, [], zone),),
    )


def programme_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day to which a moment belongs: until six in the morning it is still yesterday."""
    return (moment.astimezone(zone).replace(tzinfo=None) - NIGHT).date()


def _planned(session: PublicSession, track: str, zone: ZoneInfo) -> PlannedEvent:
    people = [
        *(person for part in session.parts for person in part.people),
        *session.panel,
        *(person for party in session.signing for person in party.people),
    ]
    return PlannedEvent(
        id=session.id,
        guid=guid_of(session.uid),
        starts_at=session.starts_at.astimezone(zone),
        duration=_duration(session.ends_at - session.starts_at),
        room=session.room.name if session.room else "",
        title=session.title,
        teaser=session.teaser,
        track=track,
        kind=session.kind.value,
        language=session.language,
        people=tuple({person.id: person for person in people}.values()),
    )


def _duration(length: timedelta) -> str:
    minutes = int(min(length, LONGEST).total_seconds()) // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _day(index: int, day: date, events: Sequence[PlannedEvent], zone: ZoneInfo) -> PlannedDay:
    rooms: dict[str, list[PlannedEvent]] = {}
    for event in events:
        rooms.setdefault(event.room, []).append(event)
    begins = datetime(day.year, day.month, day.day, NIGHT.seconds // 3600, tzinfo=zone)
    return PlannedDay(index, day, begins, begins + timedelta(days=1), rooms)
