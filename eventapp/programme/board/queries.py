"""Named reads of the board: lean rows, what happened since, and one's own steps."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import func, or_, select

from eventapp.accounts.models import Account, AuditEntry
from eventapp.contacts.models import person_name
from eventapp.events.models import Event, Room
from eventapp.foundation.database import connection_after_flush, db
from eventapp.programme.board.lean import Board, BoardSession, BoardSlot, board_from
from eventapp.programme.models import Contribution, Contributor, Session, Slot
from eventapp.programme.states import SessionState
from eventapp.programme.timetable.checks import Assignment, TimetablePerson, TimetableRoom

MOVED, MOVED_BACK = "sessions.moved", "sessions.moved_back"
ABOUT_PROGRAMMES = (
    "session", "slot", "contributor", "contribution", "acknowledged_conflict", "event",
)  # fmt: skip
MOST_STEPS, MOST_NEWS = 60, 30


def board_of(event: Event) -> Board:
    """The whole programme of an event, without what does not take place. Five statements."""
    rooms = _rooms(event)
    return board_from(
        event,
        board_sessions(event),
        tuple(room for room, own in rooms if own),
        _slots(event),
        _persons(event),
        [room for room, own in rooms if not own],
    )


def board_sessions(event: Event, numbers: Collection[int] | None = None) -> dict[int, BoardSession]:
    """Sessions that take place, or those of them with these ids, by id. Two statements."""
    columns = (
        Session.id, Session.version, Session.key, Session.kind, Session.state,
        Session.title_de, Session.title_en, Session.starts_at, Session.ends_at,
        Session.room_id, Session.slot_id, Session.repeats_id, Session.capacity, Session.public,
    )  # fmt: skip
    parts: dict[int, list[tuple[int, Assignment]]] = {}
    for number, session, person, role, state in _read(_among(_parts(), event, numbers)):
        parts.setdefault(session, []).append((number, Assignment(person, role, state)))
    rows = _read(_among(select(*columns), event, numbers).order_by(Session.id))
    return {row.id: BoardSession(*[*row, tuple(parts.get(row.id, ()))]) for row in rows}


def _parts() -> Any:
    columns = (
        Contribution.id, Contribution.session_id, Contribution.contributor_id,
        Contribution.role, Contribution.state,
    )  # fmt: skip
    return (
        select(*columns)
        .join(Session, Session.id == Contribution.session_id)
        .order_by(Contribution.session_id, Contribution.position, Contribution.id)
    )


def _among(rows: Any, event: Event, numbers: Collection[int] | None) -> Any:
    rows = rows.where(Session.event_id == event.id, Session.state != SessionState.CANCELLED)
    return rows if numbers is None else rows.where(Session.id.in_(numbers))


def _read(statement: Any) -> Sequence[Any]:
    return connection_after_flush().execute(statement).all()


def _rooms(event: Event) -> list[tuple[TimetableRoom, bool]]:
    """The venue's rooms in their order, and others that sessions still stand in."""
    used = select(Session.room_id).where(Session.event_id == event.id)
    rows = _read(
        select(Room.id, Room.name, Room.capacity, Room.step_free, Room.venue_id)
        .where(or_(Room.venue_id == event.venue_id, Room.id.in_(used)))
        .order_by(Room.position, Room.id)
    )
    return [(TimetableRoom(*row[:4]), row.venue_id == event.venue_id) for row in rows]


def _slots(event: Event) -> tuple[BoardSlot, ...]:
    rows = _read(
        select(Slot.id, Slot.name_de, Slot.name_en, Slot.starts_at, Slot.ends_at)
        .where(Slot.event_id == event.id)
        .order_by(Slot.starts_at, Slot.id)
    )
    return tuple(BoardSlot(*row) for row in rows)


def _persons(event: Event) -> tuple[TimetablePerson, ...]:
    rows = _read(
        select(
            Contributor.id,
            Contributor.first_name,
            Contributor.last_name,
            Contributor.organisation_name,
            Contributor.available_from,
            Contributor.available_until,
            Contributor.availability_fixed,
        ).where(Contributor.event_id == event.id)
    )
    return tuple(_person(row) for row in rows)


def _person(row: Any) -> TimetablePerson:
    number, first, last, organisation, since, until, fixed = row
    name = person_name(first, last, organisation)
    return TimetablePerson(number, name, last or name, since, until, fixed, organisation)


def mark_of(event: Event) -> int:
    """The number of the last step of the trail that is about the programme. One statement."""
    found = db.session.scalar(select(func.max(AuditEntry.id)).where(*_about(event)))
    return found or 0


def news_since(event: Event, mark: int, account: Account) -> Sequence[Any]:
    """Who else did what to the programme after a step, oldest first; the latest few."""
    rows = db.session.execute(
        select(
            AuditEntry.id,
            AuditEntry.actor,
            AuditEntry.action,
            AuditEntry.subject_kind,
            AuditEntry.subject_id,
            AuditEntry.after,
        )
        .where(*_about(event), AuditEntry.id > mark)
        .where(or_(AuditEntry.account_id.is_(None), AuditEntry.account_id != account.id))
        .order_by(AuditEntry.id.desc())
        .limit(MOST_NEWS)
    )
    return rows.all()[::-1]


def _about(event: Event) -> tuple[Any, ...]:
    return AuditEntry.scope == event.scope, AuditEntry.subject_kind.in_(ABOUT_PROGRAMMES)


def steps_of(event: Event, account: Account) -> list[AuditEntry]:
    """The last times this person moved sessions or put them back, oldest first. One statement."""
    rows = db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.scope == event.scope,
            AuditEntry.account_id == account.id,
            AuditEntry.action.in_((MOVED, MOVED_BACK)),
        )
        .order_by(AuditEntry.id.desc())
        .limit(MOST_STEPS)
    )
    return list(rows)[::-1]


def titles_among(event: Event, numbers: Iterable[int]) -> dict[int, Any]:
    """What sessions are called, also those that do not take place, by id. One statement."""
    rows = db.session.execute(
        select(Session.id, Session.key, Session.kind, Session.title_de, Session.title_en).where(
            Session.event_id == event.id, Session.id.in_(set(numbers))
        )
    )
    return {row.id: row for row in rows}
