"""Reads of what guests need, for the few who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, func, literal, or_, select, update
from sqlalchemy.orm import joinedload

from eventapp.accounts.models import Account, AuditEntry
from eventapp.consents.models import Needs
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.registrations.models import Registration
from eventapp.registrations.states import LIVE

LOOKED = "needs.seen"
EXPORTED = "list.exported"
COLUMNS = ("diet", "access")
"""What lists call the columns that tell about needs; their entries in the trail name them."""


@dataclass(frozen=True, slots=True)
class Support:
    """One guest with the support they asked for."""

    guest: Registration
    access: str


def _asked(event: Event) -> Select[Registration, str]:
    return (
        select(Registration, Needs.access)
        .join(Needs, Needs.registration_id == Registration.id)
        .where(Registration.event_id == event.id, Registration.state.in_(LIVE), Needs.access != "")
    )


def support_asked_for(event: Event) -> list[Support]:
    """Who asked for support, by name as Germans sort. One statement."""
    asked = _asked(event).options(joinedload(Registration.contact))
    rows = db.session.execute(asked.order_by(Registration.sort_name, Registration.id)).all()
    return [Support(guest=row[0], access=row[1]) for row in rows]


def count_support(event: Event) -> int:
    """How many asked for support. One statement."""
    return db.session.scalar(select(func.count()).select_from(_asked(event).subquery())) or 0


def last_look(event: Event, account: Account, *, since: datetime) -> AuditEntry | None:
    """The latest look of this person since a moment, as the trail has it. One statement."""
    return db.session.scalar(
        select(AuditEntry)
        .where(
            AuditEntry.subject_kind == Event.__tablename__,
            AuditEntry.subject_id == str(event.id),
            AuditEntry.action == LOOKED,
            AuditEntry.account_id == account.id,
            AuditEntry.at > max(since, event.created_at),
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )


def looks(event: Event, *, most: int) -> Sequence[AuditEntry]:
    """Who looked at the list and when, or took needs along in a file, latest first. One
    statement."""
    taken = literal(", ") + AuditEntry.after["columns"].as_string() + ","
    with_needs = or_(*(taken.like(f"%, {column},%") for column in COLUMNS))
    return db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_kind == Event.__tablename__,
            AuditEntry.subject_id == str(event.id),
            or_(
                AuditEntry.action == LOOKED,
                and_(AuditEntry.action == EXPORTED, with_needs),
            ),
            AuditEntry.at >= event.created_at,
        )
        .order_by(AuditEntry.id.desc())
        .limit(most)
    ).all()


def keep_needs_until(event: Event, day: date) -> None:
    """All needs of the event's guests are deleted on this day."""
    guests = select(Registration.id).where(Registration.event_id == event.id)
    db.session.execute(
        update(Needs).where(Needs.registration_id.in_(guests)).values(delete_on=day),
        execution_options={"synchronize_session": False},
    )
