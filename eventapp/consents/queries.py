"""Named reads of consents and needs, by the registration that they belong to."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import cast

from sqlalchemy import Table, bindparam, delete, exists, or_, select

from eventapp.consents.models import Consent, Needs
from eventapp.consents.states import ConsentKind
from eventapp.foundation.database import connection_after_flush, db
from eventapp.foundation.tokens import seal


def consents_of(registration_id: int) -> Sequence[Consent]:
    """Every consent that was ever given, first to last. One statement."""
    return db.session.scalars(
        select(Consent).where(Consent.registration_id == registration_id).order_by(Consent.id)
    ).all()


def consents_in_force(registration_id: int, kind: ConsentKind) -> Sequence[Consent]:
    """Those of one kind that were not withdrawn; more than one only by accident."""
    return db.session.scalars(
        select(Consent).where(
            Consent.registration_id == registration_id,
            Consent.kind == kind,
            Consent.withdrawn_at.is_(None),
        )
    ).all()


# built once, the first of the table: most people have told nothing, and each personal page asks
_needs = cast(Table, Needs.__table__).c
_HAS_NEEDS = select(_needs.registration_id).where(
    _needs.registration_id == bindparam("registration")
)
_NEEDS_OF = select(Needs).where(Needs.registration_id == bindparam("registration"))


def needs_of(registration_id: int) -> Needs | None:
    """What the person said about diet and support. One statement where there is nothing, else
    two."""
    if connection_after_flush().scalar(_HAS_NEEDS, {"registration": registration_id}) is None:
        return None
    return db.session.scalar(_NEEDS_OF, {"registration": registration_id})


def needs_now(registration_id: int) -> Needs | None:
    """The same as it stands in the database, whatever was read before. For use under a lock."""
    return db.session.scalar(
        _NEEDS_OF,
        {"registration": registration_id},
        execution_options={"populate_existing": True},
    )


def mark_of(needs: Needs | None) -> str:
    """By which a form tells that what it showed still stands; says nothing about what it is."""
    if needs is None:
        return ""
    return seal(f"needs {needs.registration_id}\0{needs.diet}\0{needs.access}")


_SAID = select(
    or_(
        exists().where(Needs.registration_id == bindparam("registration")),
        exists().where(Consent.registration_id == bindparam("registration")),
    )
)


def has_said_anything(registration_id: int) -> bool:
    """Whether the person consented to anything or told needs. One statement."""
    return bool(connection_after_flush().scalar(_SAID, {"registration": registration_id}))


def delete_needs(registration_ids: Collection[int]) -> None:
    """Erase what these people said about diet and support."""
    db.session.execute(
        delete(Needs).where(Needs.registration_id.in_(registration_ids)),
        execution_options={"synchronize_session": "fetch"},
    )


def delete_consents(registration_ids: Collection[int]) -> None:
    """Erase to what these people consented, and when."""
    db.session.execute(
        delete(Consent).where(Consent.registration_id.in_(registration_ids)),
        execution_options={"synchronize_session": "fetch"},
    )


def needs_due(today: date, *, most: int) -> Sequence[Needs]:
    """Needs whose day has come, earliest first."""
    return db.session.scalars(
        select(Needs)
        .where(Needs.delete_on <= today)
        .order_by(Needs.delete_on, Needs.id)
        .limit(most)
    ).all()
