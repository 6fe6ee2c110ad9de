"""Taking back what was noted of an invitation by mistake; `registrations` calls the last one."""

from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.models import AuditEntry
from eventapp.foundation.database import lock, transaction
from eventapp.foundation.errors import Overtaken
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import OPEN_REPLY, InvitationState


def clear_undeliverable(invitation: Invitation, step: AuditEntry, *, by: Actor) -> None:
    """The mail had arrived after all. Raises Overtaken once something else is known."""
    with transaction():
        lock(invitation)
        if invitation.state is not InvitationState.UNDELIVERABLE:
            raise Overtaken
        put_back(invitation, step, by=by, noted="invitation.deliverable")
        if invitation.contact is not None:
            invitation.contact.undeliverable_at = None


def put_back(invitation: Invitation, step: AuditEntry, *, by: Actor, noted: str) -> None:
    """Let the invitation say again what it said before a step of the trail.

    No arrow of the life cycle leads there, on purpose: this is no new step but a step less. Call
    it inside a transaction that has locked the row; `noted` is what the trail calls it.
    """
    taken = invitation.state
    invitation.state = InvitationState(step.before["state"])
    if invitation.state in OPEN_REPLY:
        invitation.replied_at = None
    record_change(
        by,
        noted,
        invitation,
        before={"state": taken},
        after={"state": invitation.state},
        scope=invitation.event.scope,
        host_id=invitation.event.host_id,
    )
