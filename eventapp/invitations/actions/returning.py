"""Mails that came back: the address is marked, and with it the invitation that nobody received."""

from eventapp.accounts.audit import SYSTEM
from eventapp.contacts.actions import note_undeliverable
from eventapp.foundation.database import lock
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.return_reports import is_about_address
from eventapp.foundation.returns import Taken, take_in_refusals, take_in_returns
from eventapp.foundation.text import normalised_email
from eventapp.invitations import queries
from eventapp.invitations.actions.links import move_invitation
from eventapp.invitations.permissions import may_mark_undeliverable
from eventapp.invitations.states import InvitationState


def take_in_undelivered() -> Taken:
    """Heed what servers refused at once, and what has come back since. Called by the worker."""
    refused = take_in_refusals(_follow)
    taken = take_in_returns(_follow)
    taken.marked += refused
    return taken


def _follow(mail: OutboxMail) -> None:
    """An address that has been corrected meanwhile is not touched: the mail went to the old one.

    A server that refuses us, not the address, does not keep a person out of further waves.
    """
    event = queries.event_of_mail(mail)
    if event is None:
        return
    invitation = queries.invitation_of_mail(mail)
    if invitation is not None:
        lock(invitation)
        same = normalised_email(invitation.person.email or "") == normalised_email(mail.to_email)
        if same and may_mark_undeliverable(invitation):
            move_invitation(
                invitation, InvitationState.UNDELIVERABLE, by=SYSTEM, reason=mail.last_error
            )
    if is_about_address(mail.last_error):
        note_undeliverable(event.host_id, mail.to_email, reason=mail.last_error, actor=SYSTEM)
