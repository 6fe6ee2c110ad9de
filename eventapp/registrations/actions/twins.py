"""The same person twice at one event: whoever came first stands, unless nobody confirmed it."""

from eventapp.contacts.models import PersonColumns
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.registrations import merge_queries, queries
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState


def settled_twin(event: Event, person: PersonColumns) -> Registration | None:
    """The live registration of the same person, whose address is known to be theirs.

    What anybody entered in their name on the public page, or proposed, stands in nobody's way: it
    is removed. Needs the event's lock.
    """
    twin = queries.live_twin(event, person)
    if twin is None or not (twin.state is RegistrationState.UNCONFIRMED or twin.is_proposal):
        return twin
    db.session.delete(twin)
    db.session.flush()
    return None


def stands_alone(registration: Registration) -> bool:
    """Whether nobody else is or was registered as the person that this one now speaks of.

    Asked before that is written, so it is not; again, what nobody confirmed is removed. Needs the
    event's lock.
    """
    twins = merge_queries.other_twins(registration)
    if any(one.state is not RegistrationState.UNCONFIRMED for one in twins):
        return False
    for twin in twins:
        merge_queries.remove_unconfirmed(twin)
    return True
