"""New personal links for those that were passed on; the earlier ones open nothing any more."""

from eventapp.accounts.audit import Actor, record_change
from eventapp.foundation.database import lock_columns, transaction
from eventapp.invitations.models import Invitation
from eventapp.registrations import queries
from eventapp.registrations.actions.links import close_links, resend_link
from eventapp.registrations.errors import NoSuchStep
from eventapp.registrations.front_door import mails as front_mails
from eventapp.registrations.front_door.actions.registering import begin_anew
from eventapp.registrations.models import Registration
from eventapp.registrations.own_data import mails as own_mails
from eventapp.registrations.permissions import may_renew
from eventapp.registrations.states import RegistrationState

INVITATION_RENEWED = "invitation.link_renewed"
PAGE_RENEWED = "registration.link_renewed"


def renew_link(invitation: Invitation, *, by: Actor) -> None:
    """Mail a new personal link; earlier ones, and those to the personal page, open nothing.

    For links that were forwarded. Raises NoAddress, NoMailWanted, and NoSuchStep for a withdrawn
    invitation.
    """
    with transaction():
        lock_columns(invitation.event)
        lock_columns(invitation)
        registration = queries.registration_of(invitation)
        if registration is not None:
            lock_columns(registration)
            registration.link_generation += 1
        invitation.link_generation += 1
        _note_renewal(invitation, by=by)
        resend_link(invitation, by=by)


def renew_page_link(registration: Registration, *, by: Actor) -> None:
    """Mail a new link to the personal page; earlier ones open nothing, the invitation's neither.

    Raises NoSuchStep for who is not registered any more, or has no address.
    """
    with transaction():
        lock_columns(registration.event)
        lock_columns(registration)
        if not may_renew(registration):
            raise NoSuchStep
        close_links(registration)
        _note_renewal(registration, by=by)
        send_page_link(registration)


def send_page_link(registration: Registration) -> None:
    """The link as it is now: to confirm the address, within two days, or to the personal page."""
    if registration.state is RegistrationState.UNCONFIRMED:
        begin_anew(registration)
        front_mails.queue_confirmation_anew(registration)
    else:
        own_mails.queue_new_link(registration)


def _note_renewal(subject: Invitation | Registration, *, by: Actor) -> None:
    record_change(
        by,
        INVITATION_RENEWED if isinstance(subject, Invitation) else PAGE_RENEWED,
        subject,
        scope=subject.event.scope,
        host_id=subject.event.host_id,
    )
