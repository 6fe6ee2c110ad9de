"""Named reads of places: how many are free and for whom, and what the sweep has to look at."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from eventapp.events.models import Event
from eventapp.events.states import TAKES_PLACE, EventState, Promotion
from eventapp.foundation.database import UtcDateTime, db
from eventapp.invitations.models import Invitation, Wave
from eventapp.registrations import queries
from eventapp.registrations.models import Registration
from eventapp.registrations.queue import LATE_PRIORITY, Room, Share
from eventapp.registrations.states import HOLDS_PLACE, USES_PLACE, RegistrationState

S = RegistrationState


def room_of(event: Event) -> Room:
    """The free places of an event. One statement where places are kept, none elsewhere."""
    return Room.after(
        free=event.places_free, reserved=event.reserved_places, used=kept_places_used(event)
    )


def kept_places_used(event: Event) -> int:
    """How many places are promised to guests of declared waves and their companions."""
    return kept_places_used_in([event]).get(event.id, 0)


def kept_places_used_in(events: Iterable[Event]) -> dict[int, int]:
    """The same for each of these events (by id) that keeps places. One statement at most."""
    ids = [event.id for event in events if event.reserved_places]
    if not ids:
        return {}
    rows = db.session.execute(
        _kept_used(Registration.event_id.in_(ids))
        .add_columns(Registration.event_id)
        .group_by(Registration.event_id)
    )
    return {row[1]: row[0] for row in rows}


def _kept_used(*only: ColumnElement[bool]) -> Select[int]:
    main = aliased(Registration)
    return (
        select(func.count())
        .select_from(Registration)
        .outerjoin(main, Registration.main_id == main.id)
        .join(
            Invitation,
            Invitation.id == func.coalesce(main.invitation_id, Registration.invitation_id),
        )
        .join(Wave, Invitation.wave_id == Wave.id)
        .where(
            _is_one_of(Registration.state, HOLDS_PLACE),
            _is_one_of(Registration.kind, USES_PLACE),
            Wave.uses_reserved,
            *only,
        )
    )


def _is_one_of(
    column: InstrumentedAttribute[Any], values: Collection[StrEnum]
) -> ColumnElement[bool]:
    """As `in_`, but written out once: a list is expanded anew whenever somebody asks."""
    return or_(*(column == one for one in sorted(values)))


KEPT_USED_OF_EVENT = _kept_used(Registration.event_id == Event.id).correlate(Event)
"""The same as a part of a larger statement about an event."""
_KEPT_USED = _kept_used(Registration.event_id == bindparam("event", type_=Integer))
WAITING_IN_TIME_OF_EVENT = (
    select(func.count())
    .select_from(Registration)
    .where(Registration.event_id == Event.id, *queries.WAITS_IN_TIME)
    .correlate(Event)
)
"""How many parties wait in time, as a part of a larger statement about an event."""


def kept_used(connection: Connection, event_id: int) -> int:
    """How many places are promised to guests of declared waves, for who has no session open."""
    return connection.scalar(_KEPT_USED, {"event": event_id}) or 0


def share_of(event: Event, invitation: Invitation | None) -> Share:
    """Which places somebody may have; who was not invited, those that are open to all."""
    if not event.reserved_places or invitation is None or invitation.wave is None:
        return Share.OPEN
    return Share.KEPT if invitation.wave.uses_reserved else Share.OPEN


def chance_of(event: Event, invitation: Invitation | None, party: int = 1) -> tuple[int, int]:
    """(how many places are free for them, how many parties in time wait before them).

    For guests of declared waves that still have enough kept places, only their equals count.
    At most two statements; what an answer leads to is `queue.first_state` of the two.
    """
    return chance_with(event, share_of(event, invitation), party)


def chance_with(event: Event, share: Share, party: int = 1) -> tuple[int, int]:
    """The same for whoever may have these places."""
    room = room_of(event)
    if share is Share.KEPT and party <= room.kept:
        equals = [one for one in queries.line(event) if one.share is Share.KEPT]
        return room.kept, sum(1 for one in equals if one.is_in_time)
    return room.for_share(share), queries.waiting_in_time(event)


def events_with_something_due(now: datetime) -> Sequence[int]:
    """The ids of events in which an offer has ended, or a free place could be offered.

    One statement; an offer of an event that is postponed counts, it goes back into the line.
    """
    return db.session.scalars(_SOMETHING_DUE, {"now": now}).all()


def _some(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Registration.event_id == Event.id, *conditions)


_NOW = bindparam("now", type_=UtcDateTime())
_ENDED = and_(
    Event.state.in_(TAKES_PLACE),
    or_(
        _some(Registration.state == S.OFFERED, Registration.offer_expires_at <= _NOW),
        and_(Event.starts_at <= _NOW, _some(Registration.state == S.OFFERED)),
    ),
)
_PAUSED = and_(Event.state == EventState.POSTPONED, _some(Registration.state == S.OFFERED))
_FREE = and_(
    Event.promotion == Promotion.AUTOMATIC,
    Event.state.in_(TAKES_PLACE),
    Event.starts_at > _NOW,
    Event.places_taken < Event.capacity,
    _some(Registration.state == S.WAITING, Registration.priority > LATE_PRIORITY),
)
# built once: the worker asks whenever somebody rings
_SOMETHING_DUE = (
    select(Event.id).where(or_(_ENDED, _PAUSED, _FREE)).order_by(Event.starts_at, Event.id)
)


def offered_registrations(event: Event) -> Sequence[Registration]:
    """The main guests to whom a place is offered, earliest deadline first; read afresh."""
    ids = db.session.scalars(
        select(Registration.id)
        .where(
            Registration.event_id == event.id,
            Registration.state == S.OFFERED,
            Registration.main_id.is_(None),
        )
        .order_by(Registration.offer_expires_at, Registration.id)
    ).all()
    return queries.registrations_by_ids(ids)
