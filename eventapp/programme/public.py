"""What everybody may read of a programme: plain frozen things with the texts in one language.

Only released sessions that are not internal, and only people who have agreed, by name, office and
organisation. Whoever takes the minutes is not named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from eventapp.events.models import Room
from eventapp.foundation.i18n import localised
from eventapp.foundation.message import Message, message
from eventapp.programme.kinds import CALM, ROLE_WORDS, Role, SessionKind
from eventapp.programme.models import Contribution, Session

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
    """Where a session is, and whether it is reached without steps."""

    id: int
    name: str
    step_free: bool


@dataclass(frozen=True, slots=True)
class PublicSession:
    """A session as everybody sees it.

    `code` is "T1" for a talk round, else ""; `calm` tells admission, breaks and networking from
    what people come for. `parts` names everybody but the people on the panel (`panel`) and those
    who sign (`signing`, by organisation).
    """

    id: int
    uid: str
    code: str
    kind: SessionKind
    title: str
    teaser: str
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
    """All entries by time; `cancelled` are sessions that were announced and do not take place."""

    entries: tuple[PublicEntry, ...]
    cancelled: tuple[PublicSession, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.entries)


def public_session(session: Session) -> PublicSession:
    """A session in the language of the page; needs its room, contributions and contributors."""
    if session.starts_at is None or session.ends_at is None:
        raise ValueError("a session without a time is not public")
    named = [each for each in session.contributions if each.named_in_public]
    return PublicSession(
        id=session.id,
        uid=session.uid,
        code=session.code,
        kind=session.kind,
        title=localised(session, "title"),
        teaser=localised(session, "teaser"),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        room=_room(session.room) if session.room else None,
        capacity=session.capacity,
        parts=_parts(named),
        panel=_people(each for each in named if each.role is Role.PANEL),
        signing=_parties(_people(each for each in named if each.role is Role.SIGNING)),
    )


def _room(room: Room) -> PublicRoom:
    return PublicRoom(room.id, room.name, room.step_free)


def _parts(named: Sequence[Contribution]) -> tuple[PublicPart, ...]:
    roles = dict.fromkeys(each.role for each in named if each.role not in ON_THEIR_OWN)
    return tuple(
        PublicPart(
            role, message(ROLE_WORDS[role]), _people(each for each in named if each.role is role)
        )
        for role in roles
    )


def _people(contributions: Iterable[Contribution]) -> tuple[PublicPerson, ...]:
    people = (each.contributor for each in contributions)
    return tuple(
        PublicPerson(person.id, person.full_name, person.position, person.organisation_name)
        for person in people
    )


def _parties(people: Sequence[PublicPerson]) -> tuple[SigningParty, ...]:
    organisations = dict.fromkeys(person.organisation for person in people)
    return tuple(
        SigningParty(name, tuple(person for person in people if person.organisation == name))
        for name in organisations
    )


def entries_of(sessions: Sequence[Session]) -> tuple[PublicEntry, ...]:
    """Released sessions, sorted by time, as lines: what shares a slot or its times stands together.

    A slot's rounds are one line even if one of them begins a little later.
    """
    first_start: dict[int | None, datetime | None] = {}
    for session in sessions:
        first_start.setdefault(session.slot_id, session.starts_at)

    def line(session: Session) -> tuple[object, ...]:
        if session.slot_id is not None:
            return (first_start[session.slot_id], session.slot_id)
        return (session.starts_at, 0, session.ends_at)

    def order(session: Session) -> tuple[object, ...]:
        return (*map(str, line(session)), len(session.key), session.key)  # T2 before T10

    ordered = sorted(sessions, key=order)
    return tuple(_entry(list(group)) for _line, group in groupby(ordered, key=line))


def _entry(sessions: Sequence[Session]) -> PublicEntry:
    shown = tuple(public_session(session) for session in sessions)
    slot = sessions[0].slot
    return PublicEntry(
        title=localised(slot, "name") if slot else "",
        starts_at=min(session.starts_at for session in shown),
        ends_at=max(session.ends_at for session in shown),
        sessions=shown,
    )
