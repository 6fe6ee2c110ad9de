"""What nobody presses a button for: offers that lapse, and free places that go to the next."""

from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.foundation.logs import log
from eventapp.registrations import place_queries
from eventapp.registrations.actions.offers import (
    let_lapse,
    offer_freed_places,
    put_back_in_line,
)


def tend_waiting_lists() -> None:
    """Let offers lapse whose deadline is over, and offer what is free; the worker calls it.

    Each event is a transaction of its own, and one that fails does not keep the others waiting.
    Doing it twice, or in two workers at once, changes nothing.
    """
    for event_id in place_queries.events_with_something_due(clock.now()):
        try:
            _tend(db.session.get_one(Event, event_id))
        except Exception:  # the others must not wait for it, the next round tries again
            log.exception("a waiting list could not be tended", event_id=event_id)


def _tend(event: Event) -> None:
    with transaction():
        lock_columns(event)
        now = clock.now()
        for registration in place_queries.offered_registrations(event):
            until = registration.offered_until
            if event.state is EventState.POSTPONED:
                put_back_in_line(registration)
            elif until is not None and until <= now:
                let_lapse(registration)
        offer_freed_places(event)
