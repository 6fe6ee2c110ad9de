"""What registrations, waiting list and needs do when an event or a contact below changes, in the
same transaction."""

from typing import Any

from eventapp.accounts.audit import Actor
from eventapp.consents.actions import deletion_day
from eventapp.contacts.errors import StillNeeded
from eventapp.contacts.models import Contact
from eventapp.contacts.signals import contacts_merge
from eventapp.events.models import Event
from eventapp.events.signals import days_shifted, places_changed
from eventapp.foundation.database import db
from eventapp.foundation.message import Message, message, plural_message
from eventapp.registrations import merge_queries
from eventapp.registrations.actions.offers import offer_freed_places
from eventapp.registrations.actions.places import party_of, places_needed
from eventapp.registrations.models import Registration
from eventapp.registrations.needs_queries import keep_needs_until
from eventapp.registrations.permissions import may_merge

MOST_NAMES = 10


@places_changed.connect
def offer_new_places(event: Event) -> Message | None:
    """More places, or fewer that are kept: whoever waits longest is offered them.

    Returns how many places, and to whom.
    """
    db.session.flush()  # places are counted in the database, which must know the new number
    offered = offer_freed_places(event)
    if not offered:
        return None
    places = sum(places_needed(party_of(one)) for one in offered)
    return plural_message(
        "One place was offered: %(names)s.",
        "%(count)s places were offered: %(names)s.",
        places,
        names=_named(offered),
    )


def _named(offered: list[Registration]) -> Message | str:
    """The first few by name, the others by their number."""
    names = ", ".join(one.full_name for one in offered[:MOST_NAMES])
    others = len(offered) - MOST_NAMES
    if others < 1:
        return names
    return plural_message(
        "%(names)s and one more party", "%(names)s and %(count)s more parties", others, names=names
    )


@days_shifted.connect
def keep_needs_for_the_new_day(event: Event, **_: Any) -> None:
    """Needs are deleted two weeks after the event, whenever that is."""
    db.session.flush()
    keep_needs_until(event, deletion_day(event.starts_on))


@contacts_merge.connect
def refuse_two_places(kept: Contact, *, other: Contact, by: Actor) -> None:
    """Who is registered twice for an event to come is made one there first, place and all."""
    for event in merge_queries.events_registered_twice(kept.id, other.id):
        if may_merge(event):
            raise StillNeeded(
                message(
                    "Both are registered for “%(event)s”. Please make one registration of the two "
                    "first, on the page of its guests.",
                    event=event.title_de,
                )
            )
