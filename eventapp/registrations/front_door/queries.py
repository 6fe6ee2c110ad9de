"""Reads about people who registered themselves: unconfirmed, and waiting to be approved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Table, delete, func, select
from sqlalchemy.orm import selectinload

from eventapp.events.models import Event
from eventapp.events.queries import public_events
from eventapp.foundation.database import db
from eventapp.foundation.pages import Page, paginate
from eventapp.registrations.front_door.opening import Opening, opening_of
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

_REGISTRATIONS = cast(Table, Registration.__table__)
_LINK_SENT_AT = func.coalesce(_REGISTRATIONS.c.link_sent_at, _REGISTRATIONS.c.registered_at)
NAMED_EVENTS = 5


def unconfirmed_since(before: datetime, *, most: int) -> Sequence[int]:
    """Ids of registrations whose latest link to confirm was sent before this moment."""
    return db.session.scalars(
        select(Registration.id)
        .where(
            Registration.state == RegistrationState.UNCONFIRMED,
            Registration.main_id.is_(None),  # companions go with them
            before >= _LINK_SENT_AT,
        )
        .order_by(Registration.id)
        .limit(most)
    ).all()


def delete_unconfirmed(ids: Sequence[int], *, before: datetime) -> int:
    """Delete those of them that are still unconfirmed; somebody may have been quicker."""
    done = db.session.execute(
        delete(_REGISTRATIONS).where(
            _REGISTRATIONS.c.id.in_(ids),
            _REGISTRATIONS.c.state == RegistrationState.UNCONFIRMED,
            before >= _LINK_SENT_AT,
        )
    )
    return cast("CursorResult[Any]", done).rowcount


def in_review(event: Event, number: int) -> Page[Registration]:
    """A page of those who wait to be approved, longest wait first, with whom they would bring.

    Three statements.
    """
    statement = (
        select(Registration)
        .options(selectinload(Registration.companions))
        .where(
            Registration.event_id == event.id,
            Registration.state == RegistrationState.IN_REVIEW,
            Registration.main_id.is_(None),
        )
    )
    return paginate(statement.order_by(Registration.registered_at, Registration.id), number)


def events_to_register_for() -> list[Event]:
    """The next events for which anybody can register now; at most five."""
    return [one for one in public_events() if opening_of(one) is Opening.OPEN][:NAMED_EVENTS]
