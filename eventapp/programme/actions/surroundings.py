"""What an event has already: read once, for one change or for the thousand of an import."""

from dataclasses import dataclass, field

from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.foundation.database import lock
from eventapp.programme import queries
from eventapp.programme.models import Contributor, Session


@dataclass
class Surroundings:
    """Rooms, slots and people that a session may refer to, and the short names that are taken.

    Whoever adds something notes it here.
    """

    event: Event
    rooms: set[int] = field(default_factory=set)
    slots: set[int] = field(default_factory=set)
    contributors: dict[int, Contributor] = field(default_factory=dict)
    session_keys: set[str] = field(default_factory=set)
    contributor_keys: set[str] = field(default_factory=set)


def locked_surroundings(event: Event) -> Surroundings:
    """Lock the event, and read what it has. Call it inside the change's transaction."""
    lock(event)
    people = queries.contributors_of(event)
    return Surroundings(
        event,
        rooms={room.id for room in rooms_of(event)},
        slots={slot.id for slot in queries.slots_of(event)},
        contributors={person.id: person for person in people},
        session_keys=queries.keys_of(event, Session),
        contributor_keys={person.key for person in people},
    )
