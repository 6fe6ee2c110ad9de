"""A wrong address: corrected where it is kept, and the link sent to the right one, in one step."""

from eventapp.accounts.audit import Actor, record_change
from eventapp.contacts.actions import change_address
from eventapp.foundation.database import lock_columns, transaction
from eventapp.foundation.text import normalised_email
from eventapp.invitations.models import Invitation
from eventapp.registrations import queries
from eventapp.registrations.actions.links import resend_link


def correct_address(invitation: Invitation, email: str, *, by: Actor) -> None:
    """Write to this address from now on, and mail the personal link there at once.

    A link that went elsewhere opens nothing any more. Raises Invalid for an address that leads to
    another entry of the same name, NoMailWanted where whoever has it objects, NoSuchStep for a
    withdrawn invitation.
    """
    with transaction():
        lock_columns(invitation.event)
        lock_columns(invitation)
        before = invitation.person.email
        if invitation.contact is not None:
            change_address(invitation.contact, email, actor=by)
        else:
            invitation.person.email = email
        _take_along(invitation, before, email)
        _note(invitation, before, email, by=by)
        resend_link(invitation, by=by)


def _take_along(invitation: Invitation, before: str, email: str) -> None:
    """What came of the invitation is written to at the new address too."""
    registration = queries.registration_of(invitation)
    if registration is None or not registration.is_live:
        return
    if normalised_email(registration.email) == normalised_email(before):
        registration.email = email


def _note(invitation: Invitation, before: str, email: str, *, by: Actor) -> None:
    record_change(
        by,
        "invitation.address_corrected",
        invitation,
        before={"email": before},
        after={"email": email},
        scope=invitation.event.scope,
        host_id=invitation.event.host_id,
    )
