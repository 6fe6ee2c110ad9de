"""What the readers of all formats hand on: texts as they stand in the file, moments in UTC."""

from dataclasses import dataclass, field
from datetime import date, datetime

from eventapp.foundation.message import Message


@dataclass(frozen=True, slots=True)
class Target:
    """What a reader has to know of the event: its clock, its days, and the rooms it has."""

    zone: str
    first_day: date
    last_day: date
    rooms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawPerson:
    """Somebody in a session: the name as it stands there, and the file's number, if any."""

    name: str
    number: str = ""
    organisation: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSession:
    """A session as a file has it; `guid` and `number` are the file's own names for it."""

    entry: Message
    guid: str = ""
    number: str = ""
    title: str = ""
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    language: str = ""
    kind: str = ""
    room: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    people: tuple[RawPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class RawProgramme:
    """A whole file."""

    title: str = ""
    sessions: list[RawSession] = field(default_factory=list)
