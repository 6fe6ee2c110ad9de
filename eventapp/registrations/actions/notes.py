"""Entries in the trail of changes: who said what for whom, and what came of it."""

from eventapp.accounts.audit import Actor, record_change
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

INHERITED = "registration.inherited"
RETURNED = "registration.returned"
MOVED_UP = "registration.moved_up"
OFFER_DECLINED = "registration.offer_declined"
LINE_AGAIN = "registration.line_again"
MERGED = "registration.merged"
ABSORBED = "registration.absorbed"
TOLD_APART = "registration.told_apart"


def note_reply(
    invitation: Invitation, before: InvitationState, *, by: Actor, note: str = ""
) -> None:
    """What the invited person replied."""
    record_change(
        by,
        f"invitation.{invitation.state}",
        invitation,
        before={"state": before},
        after={"state": invitation.state},
        reason=note,
        scope=invitation.event.scope,
        host_id=invitation.event.host_id,
    )


def note_step(
    registration: Registration,
    before: RegistrationState | None,
    *,
    by: Actor,
    reason: str = "",
    step: str | None = None,
) -> None:
    """What became of a registration; the step is named after its new state unless told."""
    record_change(
        by,
        step or f"registration.{registration.state}",
        registration,
        before={"state": before} if before else None,
        after={"state": registration.state},
        reason=reason,
        scope=registration.event.scope,
        host_id=registration.event.host_id,
    )
