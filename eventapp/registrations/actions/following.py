"""What registrations do when an event or a contact below changes, in the same transaction."""

from eventapp.accounts.audit import Actor
from eventapp.contacts.errors import StillNeeded
from eventapp.contacts.models import Contact
from eventapp.contacts.signals import contacts_merge
from eventapp.events.models import Event
from eventapp.events.signals import places_changed
from eventapp.foundation.database import db
from eventapp.foundation.message import message
from eventapp.registrations import double_queries
from eventapp.registrations.actions.offers import offer_freed_places
from eventapp.registrations.permissions import may_merge


@places_changed.connect
def offer_new_places(event: Event) -> None:
    """More places, or fewer that are kept: whoever waits longest is offered them."""
    db.session.flush()  # places are counted in the database, which must know the new number
    offer_freed_places(event)


@contacts_merge.connect
def refuse_two_places(kept: Contact, *, other: Contact, by: Actor) -> None:
    """Who is registered twice for an event to come is made one there first, place and all."""
    for event in double_queries.events_registered_twice(kept.id, other.id):
        if may_merge(event):
            raise StillNeeded(
                message(
                    "Both are registered for “%(event)s”. Please make one registration of the two "
                    "first, on the page of its guests.",
                    event=event.title_de,
                )
            )
