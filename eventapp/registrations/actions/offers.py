"""Offering places to those who wait, and what becomes of an offer. Needs the event's lock.

An offer holds its places: they count as taken until it is declined, or its deadline is over.
"""

from collections.abc import Iterable

from eventapp.accounts.audit import SYSTEM, Actor
from eventapp.events.models import Event
from eventapp.events.states import Promotion
from eventapp.foundation import clock
from eventapp.registrations import mails, queries
from eventapp.registrations.actions.notes import LINE_AGAIN, MOVED_UP, note_together
from eventapp.registrations.actions.places import (
    give_back_places,
    party_of,
    places_needed,
    places_promised,
    take_places,
)
from eventapp.registrations.deadlines import offer_deadline
from eventapp.registrations.errors import OfferIsOver
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import may_accept_offer, takes_answers
from eventapp.registrations.place_queries import room_of
from eventapp.registrations.queue import Waiting, moving_up
from eventapp.registrations.states import RegistrationState


def offer_freed_places(event: Event) -> list[Registration]:
    """Offer what is free to whoever was in time and waited longest; each gets a mail.

    Nothing is offered by itself where the organiser wants to do that, once the event has begun, or
    if it is called off.
    """
    if event.promotion is Promotion.MANUAL or event.places_free < 1:
        return []
    return offer_along(event, (one for one in queries.line(event) if one.is_in_time), by=SYSTEM)


def offer_along(
    event: Event, line: Iterable[Waiting], *, by: Actor, reason: str = ""
) -> list[Registration]:
    """Offer from the front of a line, as far as places are free; each gets a mail."""
    if event.places_free < 1 or not takes_answers(event):
        return []
    room = room_of(event)
    lucky = queries.registrations_by_ids(
        [one.id for one in moving_up(room.free, line, kept=room.kept)]
    )
    return [one for one in lucky if hold_for(one, by=by, reason=reason)]


def hold_for(registration: Registration, *, by: Actor, reason: str = "") -> bool:
    """Hold places for a party and mail the offer; False, and nothing done, if they are not free."""
    event, party = registration.event, party_of(registration)
    if not take_places(event, places_needed(party)):
        return False
    before = registration.state
    until = offer_deadline(clock.now(), event.starts_at, event.zone)
    for one in party:
        one.move_to(RegistrationState.OFFERED)
        one.offer_expires_at = until
    note_together(party, before, by=by, reason=reason)
    mails.queue_offer(registration)
    return True


def take_offer(registration: Registration, *, by: Actor, reason: str = "") -> None:
    """The places that were held are theirs. Mails nothing. Raises OfferIsOver."""
    if not may_accept_offer(registration):
        raise OfferIsOver
    party = party_of(registration)
    for one in party:
        one.move_to(RegistrationState.CONFIRMED)
    note_together(party, RegistrationState.OFFERED, by=by, reason=reason, step=MOVED_UP)


def let_lapse(registration: Registration) -> None:
    """The deadline is over: the places are free again, the party is out and is told the way back.

    Once the event has begun there is no way back, and no mail.
    """
    party = _give_back(registration, RegistrationState.EXPIRED)
    note_together(party, RegistrationState.OFFERED, by=SYSTEM)
    if takes_answers(registration.event):
        mails.queue_lapse(registration)


def put_back_in_line(registration: Registration) -> None:
    """The event is postponed: nobody can accept, so the party has its old place in line again."""
    party = _give_back(registration, RegistrationState.WAITING)
    note_together(party, RegistrationState.OFFERED, by=SYSTEM, step=LINE_AGAIN)


def _give_back(registration: Registration, state: RegistrationState) -> list[Registration]:
    party = party_of(registration)
    give_back_places(registration.event, places_promised(party))
    for one in party:
        one.move_to(state)
    return party
