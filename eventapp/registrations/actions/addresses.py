"""A wrong address, corrected by staff where it is kept; the link goes to the right one at once, and
what was sent to the wrong one opens nothing any more."""

from typing import Any

from eventapp.accounts.audit import Actor, record_change
from eventapp.contacts.actions import change_address
from eventapp.contacts.models import Contact
from eventapp.contacts.signals import address_moved, address_moves
from eventapp.foundation.database import lock_columns, transaction
from eventapp.foundation.outbox import is_one_address
from eventapp.foundation.text import normalised_email
from eventapp.invitations import queries as invitation_queries
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.actions.links import resend_link
from eventapp.registrations.actions.twins import stands_alone
from eventapp.registrations.errors import AlreadyRegistered
from eventapp.registrations.models import Registration, index_registration
from eventapp.registrations.permissions import takes_answers

MAILED = frozenset({InvitationState.SENT, InvitationState.UNDELIVERABLE, InvitationState.ACCEPTED})


def correct_address(invitation: Invitation, email: str, *, by: Actor) -> None:
    """Write to this address from now on, and mail the personal link there at once.

    A link that went elsewhere opens nothing any more. Raises Invalid for an address that leads to
    another entry of the same name, NoMailWanted where whoever has it objects, AlreadyRegistered
    where the person registered with it besides, NoSuchStep for a withdrawn invitation.
    """
    with transaction():
        if invitation.contact_id is not None:
            address_moves.send([invitation.contact_id])
        lock_columns(invitation.event)
        lock_columns(invitation)
        before = invitation.person.email
        if invitation.contact is not None:
            change_address(invitation.contact, email, actor=by)
        else:
            invitation.person.email = email
        if not _take_along(invitation, before, email):
            raise AlreadyRegistered
        _note(invitation, before, email, by=by)
        resend_link(invitation, by=by)
        if invitation.contact is not None:
            _follow(invitation.contact, before, by=by, besides=invitation.id)


@address_moved.connect
def follow_address(contact: Contact, *, before: str, by: Actor, **_: Any) -> None:
    """A new address in the address book: each invitation to come gets a new link, sent there."""
    _follow(contact, before, by=by)


def _follow(contact: Contact, before: str, *, by: Actor, besides: int | None = None) -> None:
    for invitation in invitation_queries.invitations_to_come(contact):
        if invitation.id != besides:
            lock_columns(invitation)
            _take_along(invitation, before, contact.email)
            _send_anew(invitation, by=by)


def _send_anew(invitation: Invitation, *, by: Actor) -> None:
    """The link that went to the old address is dead, whether a new one can be mailed or not."""
    email, event = invitation.person.email, invitation.event
    invitation.link_generation += 1
    wanted = invitation.state in MAILED and takes_answers(event) and is_one_address(email)
    if wanted and not invitation_queries.objects_to_mail(event.host_id, email):
        resend_link(invitation, by=by)


def _take_along(invitation: Invitation, before: str, email: str) -> bool:
    """What came of the invitation is written to at the new address too, if it was at the one
    before; a link that went there opens nothing any more.

    False where somebody who comes would be one who is registered besides. Nobody is written to by
    such a registration, nor by one whose person has no address any more.
    """
    registration = queries.registration_of(invitation)
    if registration is None:
        return True
    lock_columns(registration)
    if normalised_email(registration.email) not in {"", normalised_email(before)}:
        return True  # they gave another one
    registration.link_generation += 1
    return _moves_to(registration, email) or not registration.is_live


def _moves_to(registration: Registration, email: str) -> bool:
    """Give a registration another address, or none if it would speak of somebody else's then."""
    registration.email = email
    index_registration(registration)
    if stands_alone(registration):
        return True
    registration.email = ""
    index_registration(registration)
    return False


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
