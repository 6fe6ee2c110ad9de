"""Links that are sent again, turn out not to arrive, or are taken back."""

from eventapp.accounts.audit import Actor, record_change
from eventapp.foundation import clock
from eventapp.foundation.database import lock, transaction
from eventapp.foundation.outbox import is_one_address
from eventapp.foundation.text import normalised_email
from eventapp.invitations import mails, queries
from eventapp.invitations.errors import NoAddress, NoMailWanted, NoSuchStep
from eventapp.invitations.models import Invitation
from eventapp.invitations.permissions import may_withdraw
from eventapp.invitations.states import InvitationState


def withdraw_invitation(invitation: Invitation, *, by: Actor, reason: str = "") -> None:
    """Make the link dead for ever; whoever opens it finds the neutral page."""
    with transaction():
        lock(invitation)
        move_invitation(invitation, InvitationState.WITHDRAWN, by=by, reason=reason)


def mark_undeliverable(invitation: Invitation, *, by: Actor, reason: str = "") -> None:
    """Mail to this person came back: the contact is left out of further waves until mended."""
    with transaction():
        lock(invitation)
        move_invitation(invitation, InvitationState.UNDELIVERABLE, by=by, reason=reason)
        if invitation.contact is not None:
            invitation.contact.undeliverable_at = clock.now()


def move_invitation(
    invitation: Invitation, state: InvitationState, *, by: Actor, reason: str
) -> None:
    """Take an arrow and note it; the caller holds the lock. Raises NoSuchStep."""
    before = invitation.state
    invitation.move_to(state)
    record_change(
        by,
        f"invitation.{state}",
        invitation,
        before={"state": before},
        after={"state": state},
        reason=reason,
        scope=invitation.event.scope,
        host_id=invitation.event.host_id,
    )


def resend_link(
    invitation: Invitation, *, by: Actor, locale: str | None = None, email: str | None = None
) -> None:
    """Mail the same personal link again, for instance to a corrected address.

    `locale` is the language that the guest chose, `email` the address they gave since, if they
    did. Where the address is another than
    that of the mail before, the earlier link is dead: a stranger may have it. Raises NoAddress,
    NoMailWanted, and NoSuchStep for a withdrawn invitation.
    """
    with transaction():
        lock(invitation)
        if not may_withdraw(invitation):
            raise NoSuchStep
        email = email or invitation.person.email
        if not is_one_address(email):
            raise NoAddress
        if queries.objects_to_mail(invitation.event.host_id, email):
            raise NoMailWanted
        if queries.last_address(invitation) not in {"", normalised_email(email)}:
            invitation.link_generation += 1
        if invitation.state in {InvitationState.UNDELIVERABLE, InvitationState.PLANNED}:
            invitation.move_to(InvitationState.SENT)
        if invitation.contact is not None:
            invitation.contact.undeliverable_at = None
        invitation.sent_at = clock.now()
        mails.queue_link(invitation, locale=locale or invitation.person.locale, email=email)
        record_change(
            by,
            "invitation.link_sent",
            invitation,
            scope=invitation.event.scope,
            host_id=invitation.event.host_id,
        )
