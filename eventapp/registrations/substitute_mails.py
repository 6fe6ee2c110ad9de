"""Mails about substitutes: to them, and to the guest who named them."""

from eventapp.invitations.mails import link_to
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import substitute_invitation_of
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.mails import queue_about
from eventapp.registrations.models import Registration
from eventapp.registrations.recipients import reader_of
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.substitutions import kept_by

PROMISES = {RegistrationState.CONFIRMED: "place", RegistrationState.OFFERED: "offer"}


def queue_substitute_invitation(follow_up: Invitation, heir: Registration | None) -> None:
    """Invite the substitute, and say whether a place or a spot in the queue is kept for them."""
    original = follow_up.substitute_for
    queue_about(
        follow_up,
        "substitute",
        may_object=True,
        link=link_to(follow_up),
        promise=_promise(heir),
        until=heir.offered_until if heir is not None else None,
        zone=follow_up.event.zone,
        guest=original.person.full_name if original else "",
    )


def queue_substitute_notice(
    invitation: Invitation, follow_up: Invitation, heir: Registration | None, *, locale: str
) -> None:
    """Tell the guest that the substitute has been invited, and what is kept for them."""
    queue_about(
        reader_of(invitation),
        "substitute_notice",
        locale=locale,
        link=link_to(invitation),
        substitute=follow_up.person.full_name,
        promise=_promise(heir),
        until=heir.offered_until if heir is not None else None,
        zone=follow_up.event.zone,
    )


def _promise(heir: Registration | None) -> str:
    return PROMISES.get(heir.state, "line") if heir is not None else ""


def queue_substitute_answer(follow_up: Invitation, heir: Registration | None) -> None:
    """Tell the guest what the substitute said, as long as the guest counts on this one."""
    invitation = follow_up.substitute_for
    if invitation is None or invitation.state is not InvitationState.SUBSTITUTED:
        return
    if substitute_invitation_of(invitation) is not follow_up:
        return  # somebody else has been named since
    queue_about(
        reader_of(invitation),
        "substitute_answer",
        locale=queries.language_of(invitation),
        link=link_to(invitation),
        substitute=follow_up.person.full_name,
        comes=follow_up.state is InvitationState.ACCEPTED,
        kept=kept_by(heir).value,
    )
