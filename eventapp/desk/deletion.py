"""Whether a draft of an event may go: only while nobody outside has heard of it."""

from eventapp.desk.deletion_queries import Attached
from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation.message import Message, message


def why_to_keep(event: Event, attached: Attached) -> Message | None:
    """What keeps the event from being deleted; None for a draft of which nobody outside knows."""
    if event.state is not EventState.DRAFT:
        return message("Only drafts can be deleted. What is public is called off instead.")
    if attached.registrations:
        return message("People have registered for it.")
    if attached.invitations:
        return message("People have been invited to it.")
    if attached.mails:
        return message("Mails about it have been written.")
    return None
