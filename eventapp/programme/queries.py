"""Named reads of sessions, slots and contributors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.events.models import Event, Room
from eventapp.events.queries import rooms_of
from eventapp.foundation.database import db
from eventapp.foundation.pages import LARGEST_PAGE_SIZE, Page
from eventapp.foundation.text import sort_key
from eventapp.programme.models import (
    AcknowledgedConflict,
    Contribution,
    Contributor,
    ProgrammeFile,
    Session,
    Slot,
)
from eventapp.programme.states import OUT, SessionState

LATEST_FILES = 10
NEVER = "9999"  # sorts sessions without a time after all others


@dataclass(frozen=True)
class Programme:
    """All of an event's programme as colleagues see it, each list in its order.

    Sessions come with room, slot and people; by time, those without a time last.
    """

    event: Event
    sessions: Sequence[Session]
    slots: Sequence[Slot]
    rooms: Sequence[Room]
    contributors: Sequence[Contributor]

    @property
    def planned(self) -> list[Session]:
        """Sessions that take place and have a time."""
        return [each for each in self.sessions if each.starts_at and not self.is_off(each)]

    @property
    def unplanned(self) -> list[Session]:
        """Sessions without a time."""
        return [each for each in self.sessions if not each.starts_at and not self.is_off(each)]

    @property
    def waiting(self) -> list[Session]:
        """Planned sessions that nobody outside has seen yet."""
        return [each for each in self.planned if each.may_be_deleted]

    @property
    def unreleased(self) -> list[Session]:
        """Planned sessions that everybody sees otherwise or not yet."""
        return [
            each
            for each in self.planned
            if each.may_be_deleted or each.state is SessionState.CHANGED
        ]

    @property
    def kept(self) -> list[Session]:
        """Sessions that are to take place, with a time or without."""
        return [each for each in self.sessions if not self.is_off(each)]

    @property
    def taking_part(self) -> list[Contributor]:
        """Who is in such a session and has neither declined nor dropped out."""
        parts = [each for one in self.kept for each in one.contributions]
        wanted = {each.contributor_id for each in parts if each.state not in OUT}
        return [person for person in self.contributors if person.id in wanted]

    @staticmethod
    def is_off(session: Session) -> bool:
        """Whether it will not take place."""
        return session.state is SessionState.CANCELLED


def programme_of(event: Event) -> Programme:
    """The whole programme with people and rooms. Five statements, however long it is."""
    return Programme(
        event=event,
        sessions=sessions_of(event),
        slots=slots_of(event),
        rooms=rooms_of(event),
        contributors=contributors_of(event),
    )


def sessions_of(event: Event) -> list[Session]:
    """The event's sessions with room, slot and people by time. Two statements."""
    return sorted(db.session.scalars(_with_people(event)).unique(), key=_by_time)


def _with_people(event: Event) -> Select[Session]:
    return (
        select(Session)
        .options(
            joinedload(Session.room),
            joinedload(Session.slot),
            selectinload(Session.contributions).joinedload(Contribution.contributor),
        )
        .where(Session.event_id == event.id)
        .execution_options(populate_existing=True)
    )


def _by_time(session: Session) -> tuple[str, int, str]:
    return str(session.starts_at or NEVER), len(session.key), session.key


def session_ids_of(event: Event) -> set[int]:
    """The numbers of the event's sessions."""
    return set(db.session.scalars(select(Session.id).where(Session.event_id == event.id)))


def session_of(event: Event, session_id: int) -> Session | None:
    """A session of this event with its people."""
    return db.session.scalars(_with_people(event).where(Session.id == session_id)).first()


def sessions_among(event: Event, numbers: Sequence[int]) -> Sequence[Session]:
    """Those of this event that have one of these ids, read afresh. Two statements."""
    return db.session.scalars(_with_people(event).where(Session.id.in_(numbers))).unique().all()


def session_by_uid(uid: str) -> Session | None:
    """The session with this calendar UID, which no two sessions ever share."""
    return db.session.scalar(select(Session).where(Session.uid == uid))


def slots_of(event: Event) -> Sequence[Slot]:
    """The event's slots by time."""
    return db.session.scalars(
        select(Slot).where(Slot.event_id == event.id).order_by(Slot.starts_at, Slot.id)
    ).all()


def slot_of(event: Event, slot_id: int) -> Slot | None:
    """A slot of this event."""
    return db.session.scalar(select(Slot).where(Slot.id == slot_id, Slot.event_id == event.id))


def sessions_in_slot(slot: Slot) -> Sequence[Session]:
    """The rounds of a slot."""
    return db.session.scalars(
        select(Session).where(Session.slot_id == slot.id).order_by(Session.id)
    ).all()


def rounds_for_update(slot: Slot) -> Sequence[Session]:
    """The rounds of a slot, to be changed."""
    return _for_update(Session.slot_id == slot.id)


def sessions_in_rooms(event: Event) -> Sequence[Session]:
    """The event's sessions that have a room, to be changed."""
    return _for_update(Session.event_id == event.id, Session.room_id.is_not(None))


def sessions_with_time(event: Event) -> Sequence[Session]:
    """The event's sessions that are to take place at some time, to be changed."""
    return _for_update(
        Session.event_id == event.id,
        Session.starts_at.is_not(None),
        Session.state != SessionState.CANCELLED,
    )


def _for_update(*which: ColumnElement[bool]) -> Sequence[Session]:
    """Sessions locked in the order of their numbers and read afresh."""
    return db.session.scalars(
        select(Session)
        .where(*which)
        .order_by(Session.id)
        .with_for_update(of=Session)
        .execution_options(populate_existing=True)
    ).all()


def contributors_of(event: Event) -> Sequence[Contributor]:
    """The event's contributors as they were entered. One statement."""
    return db.session.scalars(
        select(Contributor).where(Contributor.event_id == event.id).order_by(Contributor.id)
    ).all()


def contributors_with_sessions(event: Event) -> Sequence[Contributor]:
    """The event's contributors with what they do where. Two statements."""
    return db.session.scalars(
        _with_sessions().where(Contributor.event_id == event.id).order_by(Contributor.id)
    ).all()


def contributors_page(event: Event, number: int) -> Page[Contributor]:
    """A page of the event's contributors as Germans sort names. Three statements."""
    order = _ids_by_name(event)
    number = min(max(1, number), max(1, ceil(len(order) / LARGEST_PAGE_SIZE)))
    shown = order[(number - 1) * LARGEST_PAGE_SIZE : number * LARGEST_PAGE_SIZE]
    people = {
        person.id: person
        for person in db.session.scalars(_with_sessions().where(Contributor.id.in_(shown)))
    }
    return Page([people[each] for each in shown], number, len(order), LARGEST_PAGE_SIZE)


def contributors_by_name(event: Event) -> Iterator[Contributor]:
    """All of the event's contributors with what they do, as Germans sort names. Three statements.

    Nobody has thousands of them, so they may all be in memory.
    """
    people = {person.id: person for person in contributors_with_sessions(event)}
    return (people[each] for each in _ids_by_name(event))


def _ids_by_name(event: Event) -> list[int]:
    names = db.session.execute(
        select(Contributor.id, Contributor.last_name, Contributor.first_name).where(
            Contributor.event_id == event.id
        )
    )
    return [row.id for row in sorted(names, key=lambda row: sort_key(*row[1:]))]


def _with_sessions() -> Select[Contributor]:
    return (
        select(Contributor)
        .options(selectinload(Contributor.contributions).joinedload(Contribution.session))
        .execution_options(populate_existing=True)
    )


def contributor_of(event: Event, contributor_id: int) -> Contributor | None:
    """A contributor of this event with what the person does where."""
    return db.session.scalar(
        _with_sessions().where(Contributor.id == contributor_id, Contributor.event_id == event.id)
    )


def contribution_of(event: Event, contribution_id: int) -> Contribution | None:
    """What one person does in one session of this event."""
    return db.session.scalar(
        select(Contribution)
        .join(Contribution.session)
        .where(Contribution.id == contribution_id, Session.event_id == event.id)
    )


def acknowledged_in(event: Event) -> dict[str, AcknowledgedConflict]:
    """The hints of the event of which somebody has taken note, by fingerprint. One statement."""
    rows = db.session.scalars(
        select(AcknowledgedConflict).where(AcknowledgedConflict.event_id == event.id)
    )
    return {row.fingerprint: row for row in rows}


def acknowledged_of(event: Event, number: int) -> AcknowledgedConflict | None:
    """One hint of this event of which somebody has taken note."""
    return db.session.scalar(
        select(AcknowledgedConflict).where(
            AcknowledgedConflict.id == number, AcknowledgedConflict.event_id == event.id
        )
    )


def keys_of(event: Event, kind: type[Session] | type[Slot] | type[Contributor]) -> set[str]:
    """The short names that rows of this kind have in the event."""
    return set(db.session.scalars(select(kind.key).where(kind.event_id == event.id)))


def file_of(event: Event, file_id: int) -> ProgrammeFile | None:
    """A programme file of this event."""
    return db.session.scalar(
        select(ProgrammeFile).where(ProgrammeFile.id == file_id, ProgrammeFile.event_id == event.id)
    )


def files_of(event: Event) -> Sequence[ProgrammeFile]:
    """The latest programme files of the event, without what is in them."""
    return db.session.scalars(
        select(ProgrammeFile)
        .where(ProgrammeFile.event_id == event.id)
        .order_by(ProgrammeFile.id.desc())
        .limit(LATEST_FILES)
    ).all()
