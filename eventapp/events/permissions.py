"""Who may see and change an event. Strangers get "not found"."""

from collections.abc import Collection

from eventapp.accounts.models import Account
from eventapp.accounts.permissions import current_account, may_organise, membership_at
from eventapp.accounts.states import Role
from eventapp.events import queries
from eventapp.events.models import Event, Partner, Room, Venue
from eventapp.events.states import PUBLIC
from eventapp.foundation.errors import NotFound, found


def event_for_organiser(slug: str, account: Account) -> Event:
    """The event, if this person organises for its host organisation. Raises NotFound.

    Who works for several organisations sees the events of the one chosen on the account page.
    """
    event = queries.event_by_slug(slug)
    if event is None or not _organises(account, event.host_id):
        raise NotFound
    return event


def event_for_colleague(slug: str, account: Account, roles: Collection[Role]) -> Event:
    """The event, if this person works for its host in one of these roles. Raises NotFound."""
    event = queries.event_by_slug(slug)
    membership = membership_at(account, event.host_id) if event else None
    if event is None or membership is None or membership.role not in roles:
        raise NotFound
    return event


def own_event(slug: str) -> Event:
    """The event, if the signed-in person organises for its host. Raises NotFound."""
    return event_for_organiser(slug, current_account())


def _organises(account: Account, host_id: int) -> bool:
    membership = membership_at(account, host_id)
    return membership is not None and may_organise(membership)


def public_event(slug: str) -> Event:
    """The event, if everybody may see it. Raises NotFound for drafts."""
    event = queries.event_by_slug(slug)
    if event is None or event.state not in PUBLIC:
        raise NotFound
    return event


def room_for_organiser(event: Event, room_id: int) -> Room:
    """A room of the event's venue. Raises NotFound for rooms of other venues."""
    return found(queries.room_of(event, room_id))


def partner_for_organiser(event: Event, partner_id: int) -> Partner:
    """A partner of this event. Raises NotFound for partners of other events."""
    return found(queries.partner_of(event, partner_id))


def venue_for_organiser(event: Event, venue_id: int | None) -> Venue:
    """A venue of the event's host. Raises NotFound for venues of others."""
    return found(queries.venue_by_id(event.host_id, venue_id) if venue_id else None)
