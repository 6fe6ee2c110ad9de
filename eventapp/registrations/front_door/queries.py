"""Reads about people who registered themselves: unconfirmed, and waiting to be approved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, CursorResult, Table, bindparam, delete, exists, func, select
from sqlalchemy.orm import selectinload

from eventapp.accounts.models import HostOrganisation
from eventapp.events.models import Event, Series, Venue
from eventapp.events.queries import public_events
from eventapp.events.states import PUBLIC
from eventapp.foundation.database import connection, db
from eventapp.foundation.pages import Page, paginate
from eventapp.questions.models import Question
from eventapp.questions.queries import form_marks
from eventapp.registrations.front_door.form_state import FormFacts
from eventapp.registrations.front_door.opening import Opening, opening_of
from eventapp.registrations.models import Registration
from eventapp.registrations.place_queries import WAITING_IN_TIME_OF_EVENT, kept_used
from eventapp.registrations.states import RegistrationState

_REGISTRATIONS = cast(Table, Registration.__table__)
_LINK_SENT_AT = func.coalesce(_REGISTRATIONS.c.link_sent_at, _REGISTRATIONS.c.registered_at)
NAMED_EVENTS = 5

# Tables instead of models, and a connection instead of the session: this is all that most visitors
# of the form cost, and the session alone would cost as much again.
_event, _host = Event.__table__.c, HostOrganisation.__table__.c
_series, _venue = Series.__table__.c, Venue.__table__.c
_FACTS = (
    select(
        _event.id, _event.uid, _event.version, _event.last_modified_at,
        _host.version, _series.version, _venue.version,
        _event.state, _event.zone, _event.starts_at, _event.ends_at, _event.registration_mode,
        _event.registration_opens_at, _event.reply_by_on, _event.waiting_list,
        _event.capacity - _event.places_taken, _event.reserved_places,
        WAITING_IN_TIME_OF_EVENT.scalar_subquery(),
        exists().where(Question.event_id == _event.id),
    )
    .select_from(Event.__table__)
    .join(HostOrganisation.__table__, _host.id == _event.host_id)
    .outerjoin(Series.__table__, _series.id == _event.series_id)
    .outerjoin(Venue.__table__, _venue.id == _event.venue_id)
    .where(_event.slug == bindparam("wanted"))
)  # fmt: skip


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


def form_facts(slug: str) -> FormFacts | None:
    """What the form's page depends on; None for drafts and strangers.

    One statement, one more each where places are kept and where the organisers ask questions.
    """
    with db.engine.connect() as connection:
        return _facts(connection, slug)


def form_facts_in_session(slug: str) -> FormFacts | None:
    """The same as what is read for a page sees it, by its own connection: no second one is held."""
    return _facts(connection(), slug)


def _facts(connection: Connection, slug: str) -> FormFacts | None:
    row = connection.execute(_FACTS, {"wanted": slug}).one_or_none()
    if row is None or row.state not in PUBLIC:
        return None
    *columns, asks = row
    used = kept_used(connection, row.id) if row.reserved_places else 0
    marks = form_marks(connection, row.id) if asks else ()
    return FormFacts._make((*columns, used, marks))
