"""Creating an event and changing what it says."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.models import HostOrganisation
from eventapp.events import queries
from eventapp.events.actions.changes import (
    BasicsChange,
    DatesChange,
    EventChange,
    VenueChange,
    apply,
)
from eventapp.events.actions.revision import touch_event, touch_event_time
from eventapp.events.actions.trail import note_change, note_step
from eventapp.events.errors import (
    AddressTaken,
    MoreKeptThanThere,
    OutOfOrder,
)
from eventapp.events.models import Event, Series, Venue
from eventapp.events.signals import dates_changed, days_shifted, places_changed
from eventapp.events.states import EventState
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import Message, message
from eventapp.foundation.text import slugify

DOORS_BEFORE_START = timedelta(minutes=30)
LONGEST = timedelta(days=14)
RESERVED = frozenset(
    {
        "account",
        "accounts",
        "contacts",
        "events",
        "help",
        "host",
        "import",
        "imports",
        "lists",
        "mails",
        "new",
        "organisations",
        "outbox",
        "pages",
        "series",
        "settings",
        "signin",
        "signout",
        "venues",
    }
)
_IN_CALENDAR = frozenset({"starts_at", "ends_at", "zone"})
_DATES = _IN_CALENDAR | {"reply_by_on"}
_PLACES = frozenset({"target_capacity", "reserved_places", "promotion"})


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """What is asked of an organiser before an event exists; `venue` may be an existing one."""

    title_de: str
    title_en: str
    series_id: int | None
    new_series: str
    edition: int | None
    starts_at: datetime
    ends_at: datetime
    zone: str
    capacity: int
    venue_id: int | None
    new_venue: VenueChange | None


def create_event(host: HostOrganisation, request: NewEvent, *, by: Actor) -> Event:
    """A draft that only colleagues see; doors open half an hour before the start."""
    check_order(starts_at=request.starts_at, ends_at=request.ends_at, doors_at=None)
    with transaction():
        lock(host)  # so that a double click finds the first click's address taken
        event = Event(
            host=host,
            slug=free_slug(request.title_de),
            title_de=request.title_de,
            title_en=request.title_en,
            series=series_for(host, series_id=request.series_id, new_name=request.new_series),
            edition=request.edition,
            venue=_venue_for(host, request),
            starts_at=request.starts_at,
            ends_at=request.ends_at,
            doors_at=request.starts_at - DOORS_BEFORE_START,
            zone=request.zone,
            capacity=request.capacity,
        )
        db.session.add(event)
        db.session.flush()  # its number belongs to the trail
        note_step(by, "event.created", event)
    return event


def change_event(event: Event, change: EventChange, *, seen: str, by: Actor) -> list[Message]:
    """Change one section of an event. Raises Invalid, or Stale if a colleague was faster.

    An event that moves to another day takes its programme along (`days_shifted`). Returns what came
    of another number of places, in sentences.
    """
    with transaction():
        lock(event)
        _check(event, change)
        day = event.starts_on
        before = apply(event, change, seen=seen)
        if event.starts_on != day:
            days_shifted.send(event, days=(event.starts_on - day).days, by=by)
        if _IN_CALENDAR & before.keys():
            touch_event_time(event)
        elif before:
            touch_event(event)
        if before:
            note_change(by, "event.changed", event, before, below=event)
        if _DATES & before.keys():
            dates_changed.send(event, before=before)
        if not _PLACES & before.keys():
            return []
        return [said for _receiver, said in places_changed.send(event) if said]


def change_basics(
    event: Event, change: BasicsChange, *, new_series: str, seen: str, by: Actor
) -> list[Message]:
    """Change titles, address and places; a series that does not exist yet is founded with it.

    Returns what came of it, as `change_event` does.
    """
    with transaction():
        if new_series:
            series = series_for(event.host, series_id=None, new_name=new_series)
            db.session.flush()
            change = BasicsChange(**(asdict(change) | {"series_id": series and series.id}))
        return change_event(event, change, seen=seen, by=by)


def raise_capacity(event: Event, more: int, *, by: Actor) -> None:
    """There are so many places more, also than an event that shrinks is to keep in the end.

    For whoever gives them out in the same transaction and holds the event's lock: the waiting list
    is not told, so nothing is offered by itself. Why stands in the entry about the guest, with
    whose data it is deleted; this one outlives them.
    """
    before = event.target_capacity
    event.capacity += more
    if event.shrinks_to is not None:
        event.shrinks_to += more
    touch_event(event)
    db.session.flush()  # places are counted in the database
    record_change(
        by,
        "event.places_raised",
        event,
        before={"capacity": before},
        after={"capacity": event.target_capacity},
        scope=event.scope,
        host_id=event.host_id,
    )


def _check(event: Event, change: EventChange) -> None:
    if isinstance(change, BasicsChange):
        _check_basics(event, change)
    elif isinstance(change, DatesChange):
        check_order(starts_at=change.starts_at, ends_at=change.ends_at, doors_at=change.doors_at)


def _check_basics(event: Event, change: BasicsChange) -> None:
    if change.reserved_places > change.target_capacity:
        raise MoreKeptThanThere(change.target_capacity)
    if change.slug != event.slug:
        if event.state is not EventState.DRAFT:
            raise Invalid("slug", message("The address stays, links to it are out already."))
        if change.slug in RESERVED or queries.slug_is_taken(change.slug):
            raise AddressTaken
    if change.series_id and queries.series_by_id(event.host_id, change.series_id) is None:
        raise Invalid("series", message("This series does not exist."))


def check_order(*, starts_at: datetime, ends_at: datetime, doors_at: datetime | None) -> None:
    """Refuse an end before the start, doors after it, and events longer than two weeks."""
    if ends_at <= starts_at:
        raise OutOfOrder("ends", message("The event must end after it begins."))
    if ends_at - starts_at > LONGEST:
        raise OutOfOrder("ends", message("An event lasts two weeks at most."))
    if doors_at is not None and doors_at > starts_at:
        raise OutOfOrder("doors", message("Admission is before the event begins, not after."))


def free_slug(title: str) -> str:
    """A short address made from a title that no other event has."""
    base = slugify(title) or "event"
    slug, number = base, 2
    while slug in RESERVED or queries.slug_is_taken(slug):
        slug, number = f"{base}-{number}", number + 1
    return slug


def series_for(host: HostOrganisation, *, series_id: int | None, new_name: str) -> Series | None:
    """The host's series of this number or name, founded if the name is new; None for neither."""
    if not new_name:
        return queries.series_by_id(host.id, series_id) if series_id else None
    known = queries.series_by_name(host.id, new_name)
    if known is not None:
        return known
    taken = queries.series_slugs(host.id)
    base = slugify(new_name) or "series"
    slug = next(name for name in _numbered(base, len(taken)) if name not in taken)
    series = Series(host=host, slug=slug, name_de=new_name)
    db.session.add(series)
    return series


def _numbered(base: str, others: int) -> list[str]:
    return [base, *(f"{base}-{number}" for number in range(2, others + 3))]


def _venue_for(host: HostOrganisation, request: NewEvent) -> Venue | None:
    if request.new_venue is not None:
        venue = Venue(host_id=host.id, **asdict(request.new_venue))
        db.session.add(venue)
        return venue
    return queries.venue_by_id(host.id, request.venue_id) if request.venue_id else None
