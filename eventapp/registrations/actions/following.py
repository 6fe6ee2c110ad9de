"""What the waiting list does when the event below it changes, in the same transaction."""

from eventapp.events.models import Event
from eventapp.events.signals import places_changed
from eventapp.foundation.database import db
from eventapp.registrations.actions.offers import offer_freed_places


@places_changed.connect
def offer_new_places(event: Event) -> None:
    """More places, or fewer that are kept: whoever waits longest is offered them."""
    db.session.flush()  # places are counted in the database, which must know the new number
    offer_freed_places(event)
