"""Raising the revision of an event, which page caches and calendars go by."""

from eventapp.events.models import Event
from eventapp.events.signals import entry_moved


def touch_event(event: Event) -> None:
    """Something that the public page or a calendar shows has changed, in the event or below it.

    Programme changes call this as well, so that a session that vanishes leaves a trace. Call it
    inside the transaction of the change.
    """
    event.revision = (event.revision or 0) + 1
    event.note_change()


def touch_event_time(event: Event) -> None:
    """Start, end, place or status of the event itself has changed: calendars must move it.

    The entries of its sessions say place and status too, and follow (`entry_moved`).
    """
    touch_event(event)
    event.note_move()
    entry_moved.send(event)
