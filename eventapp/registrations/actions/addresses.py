"""A wrong address, corrected by staff where it is kept; the link goes to the right one at once, and
what was sent to the wrong one opens nothing any more."""

from contextlib import suppress
from typing import Any

from eventapp.accounts.audit import Actor, record_change
from eventapp.contacts.actions import change_address
from eventapp.contacts.models import Contact
from eventapp.contacts.moving_links import MovingLink
from eventapp.contacts.signals import address_moved, address_moves, moving_asked
from eventapp.foundation.database import lock_columns, transaction
from eventapp.foundation.outbox import is_one_address
from eventapp.foundation.text import normalised_email
from eventapp.invitations import queries as invitation_queries
from eventapp.invitations.actions.following import given_up_with
from eventapp.invitations.errors import NoMailWanted
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.actions.links import resend_link
from eventapp.registrations.actions.twins import stands_alone
from eventapp.registrations.errors import AlreadyRegistered
from eventapp.registrations.link_queries import addresses_given
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
    if not _is_sent_anew(invitation) or not is_one_address(email):
        return
    if not invitation_queries.objects_to_mail(event.host_id, email):
        with suppress(NoMailWanted):  # nor at another address that the guest gave
            resend_link(invitation, by=by)


def _is_sent_anew(invitation: Invitation) -> bool:
    return invitation.state in MAILED and takes_answers(invitation.event)


@moving_asked.connect
def moving_links(contact: Contact, *, other: Contact | None = None) -> list[MovingLink]:
    """What a new address of the contact would do to their links, in the order of the invitations;
    without those that end if `other` is the same person. Three statements, and one for each guest
    who gave another address."""
    gone = given_up_with(contact, other) if other is not None else set()
    invitations = [
        one for one in invitation_queries.invitations_to_come(contact) if one.id not in gone
    ]
    given = addresses_given(invitations)
    return [_moving_link(contact, one, given.get(one.id, "")) for one in invitations]


def _moving_link(contact: Contact, invitation: Invitation, given: str) -> MovingLink:
    event = invitation.event
    elsewhere = given if normalised_email(given) not in {"", contact.email_key} else ""
    objects = bool(elsewhere) and invitation_queries.objects_to_mail(event.host_id, elsewhere)
    return MovingLink(
        event.title_de,
        event.title_en,
        goes_to=elsewhere,
        is_mailed=_is_sent_anew(invitation) and not objects,
    )


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
