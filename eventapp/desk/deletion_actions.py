"""Deleting an event that was begun by mistake."""

from eventapp.accounts.audit import Actor
from eventapp.desk.deletion import why_to_keep
from eventapp.desk.deletion_queries import attached_to
from eventapp.events.actions import delete_draft_event
from eventapp.events.models import Event
from eventapp.foundation.database import lock, transaction
from eventapp.foundation.errors import Refused


def delete_draft(event: Event, *, by: Actor) -> None:
    """Remove a draft with its programme. Raises Refused if anybody outside has heard of it."""
    with transaction():
        lock(event)
        problem = why_to_keep(event, attached_to(event))
        if problem is not None:
            raise Refused(problem)
        delete_draft_event(event, by=by)
