"""The life of an event: published, opened, closed, cancelled."""

from eventapp.accounts.audit import Actor
from eventapp.events.actions.revision import touch_event, touch_event_time
from eventapp.events.actions.trail import note_step
from eventapp.events.errors import NotNow, NotReady
from eventapp.events.models import Event
from eventapp.events.states import EventState, Step
from eventapp.foundation import clock
from eventapp.foundation.database import lock, transaction


def publish_event(event: Event, *, by: Actor) -> None:
    """Show the event to everybody, and open registration unless it is to open later.

    Raises NotReady without a place.
    """
    with transaction():
        lock(event)
        if event.venue_id is None:
            raise NotReady
        _move(event, EventState.RELEASED)
        if event.registration_opens_at is None or event.registration_opens_at <= clock.now():
            _move(event, EventState.OPEN)
        touch_event_time(event)
        note_step(by, "event.published", event)


def withdraw_event(event: Event, *, by: Actor) -> None:
    """Make a published event a draft again, as long as registration has not been opened."""
    with transaction():
        lock(event)
        _move(event, EventState.DRAFT)
        touch_event_time(event)
        note_step(by, "event.withdrawn", event)


def open_registration(event: Event, *, by: Actor) -> None:
    """Take registrations, for the first time or again."""
    with transaction():
        lock(event)
        _move(event, EventState.OPEN)
        touch_event(event)
        note_step(by, "registration.opened", event)


def close_registration(event: Event, *, by: Actor) -> None:
    """Take no more registrations; who waits keeps waiting."""
    with transaction():
        lock(event)
        _move(event, EventState.CLOSED)
        touch_event(event)
        note_step(by, "registration.closed", event)


def cancel_event(event: Event, *, by: Actor) -> None:
    """Call the event off for good; page and calendars say so, nobody is deleted."""
    with transaction():
        lock(event)
        _move(event, EventState.CANCELLED)
        touch_event_time(event)
        note_step(by, "event.cancelled", event)


def take_step(event: Event, step: Step, *, by: Actor) -> None:
    """Take one of the steps above. Raises NotNow where the event's state does not allow it."""
    _STEPS[step](event, by=by)


_STEPS = {
    Step.PUBLISH: publish_event,
    Step.WITHDRAW: withdraw_event,
    Step.OPEN: open_registration,
    Step.CLOSE: close_registration,
    Step.CANCEL: cancel_event,
}


def _move(event: Event, state: EventState) -> None:
    if not event.may_become(state):
        raise NotNow
    event.state = state
