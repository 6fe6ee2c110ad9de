"""What a person has objected to, in words, for the pages of organisers."""

from eventapp.events.models import Event
from eventapp.foundation.message import message
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import objects_to_mail

TO_ALL = message("Wants no more invitations")
TO_EVENT = message("Wants no more mails about this event")


def objection_of(event: Event, email: str, invitation: Invitation | None) -> str:
    """Empty where to nothing. Two statements at most."""
    if email and objects_to_mail(event.host_id, email):
        return str(TO_ALL)
    return str(TO_EVENT) if invitation is not None and invitation.no_mail_at else ""
