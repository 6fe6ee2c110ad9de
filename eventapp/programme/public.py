"""What everybody may read of a programme: plain frozen things with the texts in one language.

Made of a release alone, so no draft can shine through: it holds no internal session, and only
people who have agreed, by name, office and organisation. Whoever takes the minutes is not named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from eventapp.events.states import Direction
from eventapp.foundation.i18n import localised, written_in
from eventapp.foundation.message import Message, message
from eventapp.programme.comparing import ShownPerson
from eventapp.programme.kinds import CALM, ROLE_WORDS, Role, SessionKind
from eventapp.programme.release_models import ReleasedSession
from eventapp.programme.snapshots import people_in
from eventapp.programme.states import Appearance

ON_THEIR_OWN = frozenset({Role.PANEL, Role.SIGNING, Role.PROTOCOL})


@dataclass(frozen=True, slots=True)
class PublicPerson:
    """A contributor as the public page names them: "Dr. Nilgün Bärwald"."""

    id: int
    name: str
    position: str
    organisation: str


@dataclass(frozen=True, slots=True)
class PublicPart:
    """Who has one role in a session; `label` is the role in words, "Moderation"."""

    role: Role
    label: Message
    people: tuple[PublicPerson, ...]


@dataclass(frozen=True, slots=True)
class SigningParty:
    """One organisation at a signing, with those who sign for it in their order."""

    organisation: str
    people: tuple[PublicPerson, ...]


@dataclass(frozen=True, slots=True)
class PublicRoom:
    """Where a session is, which way that is, and whether it is reached without steps."""

    id: int
    name: str
    step_free: bool
    floor: str = ""
    direction: Direction = Direction.UNKNOWN


@dataclass(frozen=True, slots=True)
class PublicSession:
    """A session as everybody sees it.

    `code` is "T1" for a talk round, else ""; `calm` tells admission, breaks and networking from
    what people come for. `language` is the title's. `parts` names everybody but the people on the
    panel (`panel`) and those who sign (`signing`, by organisation).
    """

    id: int
    uid: str
    code: str
    kind: SessionKind
    title: str
    teaser: str
    language: str
    starts_at: datetime
    ends_at: datetime
    room: PublicRoom | None
    capacity: int | None
    parts: tuple[PublicPart, ...]
    panel: tuple[PublicPerson, ...]
    signing: tuple[SigningParty, ...]

    @property
    def calm(self) -> bool:
        """Whether it needs no more than a quiet line."""
        return self.kind in CALM


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """One line of the programme: one session, or several that run side by side.

    `title` is the slot's name where the sessions share a slot, else "".
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    sessions: tuple[PublicSession, ...]

    @property
    def parallel(self) -> bool:
        """Whether guests choose between several."""
        return bool(self.title) or len(self.sessions) > 1

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class PublicProgramme:
    """All entries by time; `cancelled` are sessions that were announced and do not take place.

    `stand` is when it last changed, once it has.
    """

    entries: tuple[PublicEntry, ...]
    cancelled: tuple[PublicSession, ...] = ()
    stand: datetime | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.entries)


@dataclass(frozen=True, slots=True)
class Shown:
    """A released session, and how its room is reached, as far as is known."""

    row: ReleasedSession
    step_free: bool
    floor: str = ""
    direction: Direction = Direction.UNKNOWN


def programme_shown(sessions: Sequence[Shown]) -> PublicProgramme:
    """What a release shows, in the language of the page; its sessions come in any order."""
    ordered = sorted(sessions, key=_by_time)
    release = ordered[0].row.release if ordered else None
    return PublicProgramme(
        entries=entries_of([one for one in ordered if _is(one, Appearance.TAKES_PLACE)]),
        cancelled=tuple(public_session(one) for one in ordered if _is(one, Appearance.CANCELLED)),
        stand=release.released_at if release and release.number > 1 else None,
    )


def _is(shown: Shown, appearance: Appearance) -> bool:
    return shown.row.appearance is appearance


def _by_time(shown: Shown) -> tuple[datetime, int, str]:
    return shown.row.starts_at, len(shown.row.key), shown.row.key


def public_session(shown: Shown) -> PublicSession:
    """A session in the language of the page."""
    row, people = shown.row, people_in(shown.row)
    return PublicSession(
        id=row.session_id,
        uid=row.session.uid,
        code=row.key if row.kind is SessionKind.TALK_ROUND else "",
        kind=row.kind,
        title=localised(row, "title"),
        teaser=localised(row, "teaser"),
        language=written_in(row, "title"),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        room=_room(shown),
        capacity=row.capacity,
        parts=_parts(people),
        panel=_people(each for each in people if each.role is Role.PANEL),
        signing=_parties(_people(each for each in people if each.role is Role.SIGNING)),
    )


def _room(shown: Shown) -> PublicRoom | None:
    row = shown.row
    if not row.room_id:
        return None
    return PublicRoom(row.room_id, row.room_name, shown.step_free, shown.floor, shown.direction)


def _parts(people: Sequence[ShownPerson]) -> tuple[PublicPart, ...]:
    roles = dict.fromkeys(each.role for each in people if each.role not in ON_THEIR_OWN)
    return tuple(
        PublicPart(
            role, message(ROLE_WORDS[role]), _people(each for each in people if each.role is role)
        )
        for role in roles
    )


def _people(people: Iterable[ShownPerson]) -> tuple[PublicPerson, ...]:
    return tuple(
        PublicPerson(one.contributor_id, one.name, one.position, one.organisation) for one in people
    )


def _parties(people: Sequence[PublicPerson]) -> tuple[SigningParty, ...]:
    organisations = dict.fromkeys(person.organisation for person in people)
    return tuple(
        SigningParty(name, tuple(person for person in people if person.organisation == name))
        for name in organisations
    )


def entries_of(sessions: Sequence[Shown]) -> tuple[PublicEntry, ...]:
    """Sessions that take place, sorted by time, as lines: what shares a slot or its times stands
    together.

    A slot's rounds are one line even if one of them begins a little later.
    """
    first_start: dict[int, datetime] = {}
    for each in sessions:
        if each.row.slot_id is not None:
            first_start.setdefault(each.row.slot_id, each.row.starts_at)

    def line(shown: Shown) -> tuple[object, ...]:
        row = shown.row
        if row.slot_id is not None:
            return (first_start[row.slot_id], row.slot_id)
        return (row.starts_at, 0, row.ends_at)

    def order(shown: Shown) -> tuple[object, ...]:
        key = shown.row.key
        return (*map(str, line(shown)), len(key), key)  # T2 before T10

    ordered = sorted(sessions, key=order)
    return tuple(_entry(list(group)) for _line, group in groupby(ordered, key=line))


def _entry(sessions: Sequence[Shown]) -> PublicEntry:
    shown = tuple(public_session(session) for session in sessions)
    return PublicEntry(
        title=localised(sessions[0].row, "slot"),
        starts_at=min(session.starts_at for session in shown),
        ends_at=max(session.ends_at for session in shown),
        sessions=shown,
    )
