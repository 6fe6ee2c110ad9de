"""Places: promised, given back, passed on. Always inside a transaction that holds the event's lock.

The counter on the event is moved by one conditional UPDATE, so that not even code that forgot the
lock can promise more places than there are; a CHECK constraint stands behind it. The statements are
Core, as a guest's place is no change of the event that an organiser's open form should notice.
"""

from typing import cast

from sqlalchemy import Integer, Table, bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from eventapp.events.models import Event
from eventapp.foundation.database import connection, db
from eventapp.registrations.models import Registration
from eventapp.registrations.states import USES_PLACE, RegistrationState

_EVENTS = cast(Table, Event.__table__)
# built once: every place that is taken needs them
_THIS = _EVENTS.c.id == bindparam("event")
_MORE = _EVENTS.c.places_taken + bindparam("places", type_=Integer)
_TAKE = update(_EVENTS).where(_THIS, _EVENTS.c.capacity >= _MORE).values(places_taken=_MORE)
_NUMBER = update(_EVENTS).where(_THIS).values(last_registration_number=bindparam("number"))
LEFT_TOGETHER = frozenset({RegistrationState.EXPIRED, RegistrationState.REJECTED})


def take_places(event: Event, places: int) -> bool:
    """Promise places if they are free; False, and nothing done, if they are not."""
    taken = connection().execute(_TAKE, {"event": event.id, "places": places})
    if taken.rowcount != 1:
        return False
    set_committed_value(event, "places_taken", event.places_taken + places)
    return True


def give_back_places(event: Event, places: int) -> None:
    """Make promised places free again."""
    if not places:
        return
    db.session.execute(
        update(_EVENTS)
        .where(_EVENTS.c.id == event.id)
        .values(places_taken=_EVENTS.c.places_taken - places)
    )
    set_committed_value(event, "places_taken", event.places_taken - places)
    _shrink(event)


def _shrink(event: Event) -> None:
    """What was given back is gone where the organisers want fewer places than were promised."""
    if event.shrinks_to is None:
        return
    capacity = max(event.shrinks_to, event.places_taken)
    left = event.shrinks_to if event.shrinks_to < capacity else None
    db.session.execute(
        update(_EVENTS).where(_EVENTS.c.id == event.id).values(capacity=capacity, shrinks_to=left)
    )
    set_committed_value(event, "capacity", capacity)
    set_committed_value(event, "shrinks_to", left)


def next_number(event: Event) -> str:
    """The next registration number of the event, "A-0001" onwards; never given twice."""
    [number] = next_numbers(event, 1)
    return number


def next_numbers(event: Event, count: int) -> list[str]:
    """As many numbers, one after the other."""
    first = event.last_registration_number + 1
    last = event.last_registration_number + count
    connection().execute(_NUMBER, {"event": event.id, "number": last})
    set_committed_value(event, "last_registration_number", last)
    return [f"A-{number:04}" for number in range(first, last + 1)]


def party_of(registration: Registration) -> list[Registration]:
    """The main guest and the companions who still come."""
    return [registration, *registration.company]


def returning_party(registration: Registration) -> list[Registration]:
    """The main guest and those companions whose offer lapsed, or who were declined, with them."""
    together = registration.state in LEFT_TOGETHER
    return [
        registration,
        *(one for one in registration.companions if together and one.state is registration.state),
    ]


def move_party(party: list[Registration], state: RegistrationState) -> None:
    """Everybody takes the same step; companions wait since the main guest does."""
    main, *companions = party
    main.move_to(state)
    for one in companions:
        one.waiting_since = main.waiting_since
        one.move_to(state)


def places_needed(party: list[Registration]) -> int:
    """How many places a party needs; contributors, press and crew need none."""
    return sum(1 for one in party if one.kind in USES_PLACE)


def places_promised(party: list[Registration]) -> int:
    """How many places a party has been promised."""
    return sum(1 for one in party if one.holds_place and one.kind in USES_PLACE)
