"""What differs between two versions of a programme: two releases, or the draft and a release.

Pure: no Flask, no SQL. A version is the sessions that everybody sees, by their number.

    >>> [change.kinds for change in compare(before, after)]
    [(ChangeKind.TIME, ChangeKind.PEOPLE)]
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import Appearance


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """Somebody as a version names them, in one role."""

    contributor_id: int
    name: str
    role: Role
    organisation: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSession:
    """A session as one version shows it; people in their order."""

    session_id: int
    key: str
    kind: SessionKind
    title_de: str
    starts_at: datetime
    ends_at: datetime
    title_en: str = ""
    teaser_de: str = ""
    teaser_en: str = ""
    room_id: int | None = None
    room_name: str = ""
    slot_id: int | None = None
    slot_de: str = ""
    slot_en: str = ""
    capacity: int | None = None
    appearance: Appearance = Appearance.TAKES_PLACE
    people: tuple[ShownPerson, ...] = ()

    @property
    def code(self) -> str:
        """What people call a talk round: "T1". Other sessions go by their title."""
        return self.key if self.kind is SessionKind.TALK_ROUND else ""


Version = Mapping[int, ShownSession]


class ChangeKind(StrEnum):
    """How a session differs, in the order in which it is told."""

    ADDED = "added"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    REINSTATED = "reinstated"
    TIME = "time"
    ROOM = "room"
    TITLE = "title"
    PEOPLE = "people"
    WORDS = "words"


class PartKind(StrEnum):
    """How a person's part in a session differs."""

    JOINED = "joined"
    LEFT = "left"
    NAMED = "named"


GOES = frozenset({ChangeKind.CANCELLED, ChangeKind.WITHDRAWN})
"""The session does not take place for everybody any more."""
COMES = frozenset({ChangeKind.ADDED, ChangeKind.REINSTATED})
"""The session takes place for everybody now."""
MOVES = GOES | {ChangeKind.REINSTATED, ChangeKind.TIME, ChangeKind.ROOM}
"""What makes a newer calendar entry (SEQUENCE); all others only change its words."""
_OFF = {Appearance.CANCELLED: ChangeKind.CANCELLED, Appearance.WITHDRAWN: ChangeKind.WITHDRAWN}
_TIMES = ("starts_at", "ends_at")
_ROOM = ("room_id", "room_name")
_TITLES = ("title_de", "title_en")
_WORDS = ("key", "kind", "teaser_de", "teaser_en", "slot_id", "slot_de", "slot_en", "capacity")
_LOOKED_AT = {
    ChangeKind.TIME: _TIMES,
    ChangeKind.ROOM: _ROOM,
    ChangeKind.TITLE: _TITLES,
    ChangeKind.PEOPLE: ("people",),
    ChangeKind.WORDS: _WORDS,
}


@dataclass(frozen=True, slots=True)
class PartChange:
    """A person who joins a session in a role, leaves it, or is named otherwise."""

    kind: PartKind
    person: ShownPerson
    before: ShownPerson | None = None


@dataclass(frozen=True, slots=True)
class SessionDifference:
    """A session in two versions, of which one may not have it; never equal in both."""

    before: ShownSession | None
    after: ShownSession | None

    @property
    def session_id(self) -> int:
        """Which session it is."""
        return self.shown.session_id

    @property
    def shown(self) -> ShownSession:
        """The newer of the two, or the only one."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a difference between nothing and nothing")
        return found

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """All ways in which it differs; of what comes or goes nothing else is told."""
        before, after = self.before, self.after
        if after is None:
            return (ChangeKind.WITHDRAWN,)
        if before is None:
            return (_OFF.get(after.appearance, ChangeKind.ADDED),)
        if before.appearance is not after.appearance:
            return (_OFF.get(after.appearance, ChangeKind.REINSTATED),)
        return tuple(
            kind
            for kind, names in _LOOKED_AT.items()
            if any(getattr(before, name) != getattr(after, name) for name in names)
        )

    @property
    def moves(self) -> bool:
        """Whether calendars need a newer entry, not only newer words."""
        return not MOVES.isdisjoint(self.kinds)

    @property
    def parts(self) -> tuple[PartChange, ...]:
        """Who joins, leaves or is named otherwise while the session stays."""
        if self.before is None or self.after is None or ChangeKind.PEOPLE not in self.kinds:
            return ()
        return tuple(_parts(_cast(self.before), _cast(self.after)))

    @property
    def everybody(self) -> frozenset[int]:
        """The numbers of all who stand in one of the two."""
        return frozenset(
            person.contributor_id
            for each in (self.before, self.after)
            if each is not None
            for person in each.people
        )


Cast = dict[tuple[int, Role], ShownPerson]


def _cast(session: ShownSession) -> Cast:
    return {(person.contributor_id, person.role): person for person in session.people}


def _parts(before: Cast, after: Cast) -> Iterator[PartChange]:
    for place, person in after.items():
        if place not in before:
            yield PartChange(PartKind.JOINED, person)
        elif before[place] != person:
            yield PartChange(PartKind.NAMED, person, before[place])
    for place, person in before.items():
        if place not in after:
            yield PartChange(PartKind.LEFT, person)


def compare(before: Version, after: Version) -> list[SessionDifference]:
    """Every session that differs, by time; the order of the versions' sessions is of no matter."""
    found = [
        SessionDifference(before.get(number), after.get(number))
        for number in before.keys() | after.keys()
        if before.get(number) != after.get(number)
    ]
    return sorted(found, key=_by_time)


def _by_time(difference: SessionDifference) -> tuple[datetime, int, str, int]:
    shown = difference.shown
    return shown.starts_at, len(shown.key), shown.key, shown.session_id
