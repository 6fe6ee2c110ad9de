"""What deleting a person means, for the pages that ask before they do it."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.programme.models import Contributor
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data.actions import still_to_come
from eventapp.registrations.own_data.person_queries import (
    Person,
    Reach,
    Subject,
    parts_of,
    person_behind,
)


@dataclass(frozen=True)
class Farewell:
    """Everything that goes, and where the person contributes: `first` are the programmes to come,
    out of which they have to be taken before; of those that are over the name stays."""

    person: Person
    first: Sequence[Contributor]
    named: Sequence[Contributor]

    def elsewhere(self, event: Event) -> list[Event]:
        """The other events of the organisation at which something is stored."""
        return [one for one in self.person.events if one.id != event.id]


def farewell_to(subject: Subject, reach: Reach) -> Farewell:
    """What would go if this person were deleted now. Seven statements at most."""
    person = person_behind(subject, reach)
    parts = parts_of(person)
    first = still_to_come(parts)
    named = [
        one
        for one in parts
        if one not in first and any(part.named_in_public for part in one.contributions)
    ]
    return Farewell(person, first, named)


def gives_up(registration: Registration) -> bool:
    """Whether deleting the registration means that the person does not come."""
    event = registration.event
    to_come = clock.now() < event.starts_at or event.state is EventState.POSTPONED
    return registration.is_live and to_come
