"""What staff does with free places by hand, always with a reason, and in the trail of changes."""

from eventapp.accounts.audit import Actor, record_change
from eventapp.events.actions import raise_capacity
from eventapp.events.models import Event
from eventapp.foundation.database import lock_columns, transaction
from eventapp.registrations import mails, queries
from eventapp.registrations.actions.notes import MOVED_UP, note_together
from eventapp.registrations.actions.offers import hold_for, offer_along
from eventapp.registrations.actions.places import party_of, places_needed, take_places
from eventapp.registrations.errors import (
    AnswersClosed,
    NoSuchStep,
    NotEnoughPlaces,
    ReasonNeeded,
)
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import takes_answers
from eventapp.registrations.states import RegistrationState


def offer_free_places(event: Event, *, by: Actor, reason: str = "") -> int:
    """Offer free places to those who waited longest, the late ones after the others.

    In the order of the line, so that it needs no reason; one that is given stands in the entries
    about the guests, with whose data it is deleted. Returns how many parties got an offer.
    """
    with transaction():
        lock_columns(event)
        offered = offer_along(event, queries.line(event), by=by, reason=reason)
        if offered:
            record_change(
                by,
                "event.places_offered",
                event,
                after={"parties": len(offered)},
                scope=event.scope,
            )
    return len(offered)


def offer_place(registration: Registration, *, by: Actor, reason: str, raise_by: int = 0) -> None:
    """Offer a place to one party that waits, also out of turn.

    Where too few are free there can be up to `raise_by` more, for nobody but this party. Raises
    ReasonNeeded, NotEnoughPlaces, AnswersClosed, and NoSuchStep for who does not wait.
    """
    with transaction():
        _check(registration, reason)
        if registration.state is not RegistrationState.WAITING:
            raise NoSuchStep
        _make_room(registration, raise_by, by=by)
        if not hold_for(registration, by=by, reason=reason):
            raise _not_enough(registration)


def confirm_place(registration: Registration, *, by: Actor, reason: str, raise_by: int = 0) -> None:
    """Give a place at once to one party that waits or has an offer, also out of turn.

    Whoever does this has spoken to the guest; the confirmation goes out by mail. Raises as
    `offer_place` does.
    """
    with transaction():
        _check(registration, reason)
        before, party = registration.state, party_of(registration)
        if before not in {RegistrationState.WAITING, RegistrationState.OFFERED}:
            raise NoSuchStep
        waits = before is RegistrationState.WAITING
        if waits:
            _make_room(registration, raise_by, by=by)
        if waits and not take_places(registration.event, places_needed(party)):
            raise _not_enough(registration)
        for one in party:
            one.move_to(RegistrationState.CONFIRMED)
        note_together(party, before, by=by, reason=reason, step=MOVED_UP)
        mails.queue_promotion(registration)


def _make_room(registration: Registration, raise_by: int, *, by: Actor) -> None:
    """Add the places that the party lacks, as far as that was agreed to; else nothing is added."""
    event = registration.event
    missing = places_needed(party_of(registration)) - event.places_free
    if 0 < missing <= raise_by:
        raise_capacity(event, missing, by=by)


def _check(registration: Registration, reason: str) -> None:
    """Queue behind rivals, see where the registration stands now, and refuse what cannot be."""
    if not reason.strip():
        raise ReasonNeeded
    lock_columns(registration.event)
    queries.registrations_by_ids([registration.id])
    if registration.main_id is not None:
        raise NoSuchStep
    if not takes_answers(registration.event):
        raise AnswersClosed


def _not_enough(registration: Registration) -> NotEnoughPlaces:
    return NotEnoughPlaces(
        needed=places_needed(party_of(registration)), free=registration.event.places_free
    )
