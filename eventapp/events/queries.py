"""Named reads of events, venues, rooms, series and partners."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import FromClause, Join, Row, bindparam, or_, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.accounts.models import HostOrganisation
from eventapp.events.models import Event, Partner, Room, Series, Venue
from eventapp.events.states import PUBLIC, EventState
from eventapp.foundation import clock
from eventapp.foundation.database import connection_after_flush, db
from eventapp.foundation.side_by_side import SideBySide, belongs

PUBLIC_LIMIT = 50
HOST_LIMIT = 100  # the events of ten years


SURROUNDED = (Event, HostOrganisation, Venue, Series)
"""An event and what it is always read with, for `SideBySide`; `surrounded` joins the tables."""
_BESIDE = SideBySide(*SURROUNDED)
_events, _hosts, _venues, _series = _BESIDE.tables


def surrounded(events: FromClause) -> Join:
    """Tables with the events among them, and with the host, the venue and the series of each."""
    return (
        events.join(_hosts, _hosts.c.id == _events.c.host_id)
        .outerjoin(_venues, _venues.c.id == _events.c.venue_id)
        .outerjoin(_series, _series.c.id == _events.c.series_id)
    )


# built once: every page of an event needs it
_SURROUNDED = select(*_BESIDE.columns).select_from(surrounded(_events))
_BY_SLUG = _SURROUNDED.where(_events.c.slug == bindparam("slug"))
_BY_ID = _SURROUNDED.where(_events.c.id == bindparam("id"))


def event_by_slug(slug: str) -> Event | None:
    """The event with its host, series and venue. One statement."""
    return _event_of(connection_after_flush().execute(_BY_SLUG, {"slug": slug}).first())


def event_with_place(event_id: int) -> Event | None:
    """The same by its id. One statement."""
    return _event_of(connection_after_flush().execute(_BY_ID, {"id": event_id}).first())


def _event_of(row: Row[Any] | None) -> Event | None:
    if row is None:
        return None
    event: Event
    event, host, venue, series = _BESIDE.entities(row)
    belongs(event, host=host, venue=venue, series=series)
    return event


def event_by_uid(host_id: int, uid: str) -> Event | None:
    """The host's event with this calendar UID."""
    return db.session.scalar(select(Event).where(Event.uid == uid, Event.host_id == host_id))


def slug_is_taken(slug: str) -> bool:
    """Whether any event, of any host, has this address."""
    return db.session.scalar(select(Event.id).where(Event.slug == slug)) is not None


def events_of_host(host_id: int) -> Sequence[Event]:
    """The events of a host with their venues, latest first. One statement."""
    return db.session.scalars(
        select(Event)
        .options(joinedload(Event.venue), joinedload(Event.series))
        .where(Event.host_id == host_id)
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(HOST_LIMIT)
    ).all()


def public_events() -> Sequence[Event]:
    """Published events of all hosts that are not over, next first. One statement.

    Those that are postponed stay among them, though their old date may be over.
    """
    return db.session.scalars(
        select(Event)
        .options(joinedload(Event.host), joinedload(Event.venue), joinedload(Event.series))
        .where(
            Event.state.in_(PUBLIC),
            or_(Event.ends_at >= clock.now(), Event.state == EventState.POSTPONED),
        )
        .order_by(Event.starts_at, Event.id)
        .limit(PUBLIC_LIMIT)
    ).all()


def past_public_events() -> Sequence[Event]:
    """Published events of all hosts that are over, latest first, at most ten. One statement."""
    return db.session.scalars(
        select(Event)
        .options(joinedload(Event.host), joinedload(Event.venue), joinedload(Event.series))
        .where(
            Event.state.in_(PUBLIC - {EventState.POSTPONED}),
            Event.ends_at < clock.now(),
        )
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(10)
    ).all()


def series_of_host(host_id: int) -> Sequence[Series]:
    """The host's series by name."""
    return db.session.scalars(
        select(Series).where(Series.host_id == host_id).order_by(Series.name_de, Series.id)
    ).all()


def series_by_name(host_id: int, name: str) -> Series | None:
    """The host's series of this German name."""
    return db.session.scalar(
        select(Series).where(Series.host_id == host_id, Series.name_de == name)
    )


def series_slugs(host_id: int) -> set[str]:
    """The short names that the host's series have."""
    return set(db.session.scalars(select(Series.slug).where(Series.host_id == host_id)))


def venues_of_host(host_id: int) -> Sequence[Venue]:
    """The host's venues with their rooms, by name. Two statements."""
    return db.session.scalars(
        select(Venue)
        .options(selectinload(Venue.rooms))
        .where(Venue.host_id == host_id)
        .order_by(Venue.name, Venue.id)
    ).all()


def venue_by_id(host_id: int, venue_id: int) -> Venue | None:
    """A venue of this host."""
    return db.session.scalar(select(Venue).where(Venue.id == venue_id, Venue.host_id == host_id))


def series_by_id(host_id: int, series_id: int) -> Series | None:
    """A series of this host."""
    return db.session.scalar(
        select(Series).where(Series.id == series_id, Series.host_id == host_id)
    )


def rooms_of(event: Event) -> Sequence[Room]:
    """The rooms of the event's venue in their order; none without a venue."""
    return db.session.scalars(
        select(Room).where(Room.venue_id == event.venue_id).order_by(Room.position, Room.id)
    ).all()


def room_of(event: Event, room_id: int) -> Room | None:
    """A room of the event's venue."""
    return db.session.scalar(
        select(Room).where(Room.id == room_id, Room.venue_id == event.venue_id)
    )


def room_by_name(venue_id: int, name: str) -> Room | None:
    """The room of the venue that has this name."""
    return db.session.scalar(select(Room).where(Room.venue_id == venue_id, Room.name == name))


def events_at(venue_id: int) -> Sequence[Event]:
    """All events at a venue, in the order of their numbers."""
    return db.session.scalars(
        select(Event).where(Event.venue_id == venue_id).order_by(Event.id)
    ).all()


def events_at_for_update(venue_id: int) -> Sequence[Event]:
    """The same, locked in this order and read afresh, so that nobody meets an older version."""
    return db.session.scalars(
        select(Event)
        .where(Event.venue_id == venue_id)
        .order_by(Event.id)
        .with_for_update(of=Event)
        .execution_options(populate_existing=True)
    ).all()


def partner_of(event: Event, partner_id: int) -> Partner | None:
    """A partner of the event."""
    return db.session.scalar(
        select(Partner).where(Partner.id == partner_id, Partner.event_id == event.id)
    )
