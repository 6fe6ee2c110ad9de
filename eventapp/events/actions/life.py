"""The life of an event: published, opened, closed, postponed, called off, put into the archive."""

from eventapp.accounts.audit import Actor, record_change
from eventapp.events.actions.revision import touch_event, touch_event_time
from eventapp.events.actions.trail import note_step
from eventapp.events.errors import NotNow, NotReady, OldDate
from eventapp.events.models import Event
from eventapp.events.states import EventState, Step
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock, transaction


def publish_event(event: Event, *, by: Actor) -> None:
    """Show the event to everybody, and open registration unless it is to open later.

    Raises NotReady without a place.
    """
    with transaction():
        lock(event)
        if event.venue_id is None:
            raise NotReady
        _announce(event, EventState.DRAFT)
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


def postpone_event(event: Event, *, by: Actor) -> None:
    """The date does not stand any more; guests keep their places, nobody can answer meanwhile."""
    with transaction():
        lock(event)
        _move(event, EventState.POSTPONED)
        touch_event_time(event)
        note_step(by, "event.postponed", event)


def resume_event(event: Event, *, by: Actor) -> None:
    """A postponed event takes place on the date that it has now. Raises OldDate if that is over."""
    with transaction():
        lock(event)
        if event.state is EventState.POSTPONED and event.starts_at <= clock.now():
            raise OldDate
        _announce(event, EventState.POSTPONED)
        note_step(by, "event.resumed", event)


def cancel_event(event: Event, *, by: Actor) -> None:
    """Call the event off for good; page and calendars say so, nobody is deleted."""
    with transaction():
        lock(event)
        _move(event, EventState.CANCELLED)
        touch_event_time(event)
        note_step(by, "event.cancelled", event)


def archive_event(event: Event, *, by: Actor) -> None:
    """Put an event that is over out of the way; its page and its lists stay."""
    with transaction():
        lock(event)
        _move(event, EventState.ARCHIVED)
        touch_event(event)
        note_step(by, "event.archived", event)


def unarchive_event(event: Event, *, by: Actor) -> None:
    """Take an event out of the archive; it stands among those that are over again."""
    with transaction():
        lock(event)
        _move(event, EventState.CLOSED)
        touch_event(event)
        note_step(by, "event.unarchived", event)


def delete_draft_event(event: Event, *, by: Actor) -> None:
    """Remove an event that was begun by mistake, with its programme and its unsent waves.

    The caller knows that nobody outside has heard of it. Raises NotNow for one that is public.
    """
    with transaction():
        lock(event)
        if event.state is not EventState.DRAFT:
            raise NotNow
        said = {"title_de": event.title_de, "starts_at": event.starts_at, "slug": event.slug}
        record_change(by, "event.deleted", event, before=said, scope=event.scope)
        db.session.delete(event)


def take_step(event: Event, step: Step, *, by: Actor) -> None:
    """Take one of the steps above. Raises NotNow where the event's state does not allow it."""
    _STEPS[step](event, by=by)


_STEPS = {
    Step.PUBLISH: publish_event,
    Step.WITHDRAW: withdraw_event,
    Step.OPEN: open_registration,
    Step.CLOSE: close_registration,
    Step.POSTPONE: postpone_event,
    Step.RESUME: resume_event,
    Step.CANCEL: cancel_event,
    Step.ARCHIVE: archive_event,
    Step.UNARCHIVE: unarchive_event,
}


def _announce(event: Event, before: EventState) -> None:
    """Page and calendars say that it takes place; registration opens if it is time for that."""
    if event.state is not before:
        raise NotNow
    _move(event, EventState.RELEASED)
    opens_at = event.registration_opens_at
    if (opens_at is None or opens_at <= clock.now()) and event.may_become(EventState.OPEN):
        _move(event, EventState.OPEN)
    touch_event_time(event)


def _move(event: Event, state: EventState) -> None:
    if not event.may_become(state):
        raise NotNow
    event.state = state
