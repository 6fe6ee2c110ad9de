"""What waiting list and needs do when the event below them changes, in the same transaction."""

from typing import Any

from eventapp.consents.actions import deletion_day
from eventapp.events.models import Event
from eventapp.events.signals import days_shifted, places_changed
from eventapp.foundation.database import db
from eventapp.registrations.actions.offers import offer_freed_places
from eventapp.registrations.needs_queries import keep_needs_until


@places_changed.connect
def offer_new_places(event: Event) -> None:
    """More places, or fewer that are kept: whoever waits longest is offered them."""
    db.session.flush()  # places are counted in the database, which must know the new number
    offer_freed_places(event)


@days_shifted.connect
def keep_needs_for_the_new_day(event: Event, **_: Any) -> None:
    """Needs are deleted two weeks after the event, whenever that is."""
    db.session.flush()
    keep_needs_until(event, deletion_day(event.starts_on))
