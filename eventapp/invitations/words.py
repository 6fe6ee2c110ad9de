"""What the states of invitations and waves are called, to be translated. Pure."""

from eventapp.foundation.message import Message, message
from eventapp.invitations.selection import Reason
from eventapp.invitations.states import InvitationState, WaveState

INVITATION_WORDS = {
    InvitationState.PLANNED: message("planned"),
    InvitationState.SENT: message("no answer"),
    InvitationState.ACCEPTED: message("accepted"),
    InvitationState.DECLINED: message("declined"),
    InvitationState.SUBSTITUTED: message("substitute named"),
    InvitationState.UNDELIVERABLE: message("undeliverable"),
    InvitationState.WITHDRAWN: message("withdrawn"),
}

WAVE_WORDS = {
    WaveState.DRAFT: message("draft"),
    WaveState.APPROVAL_REQUESTED: message("waiting for approval"),
    WaveState.APPROVED: message("approved"),
    WaveState.SENDING: message("being sent"),
    WaveState.PAUSED: message("stopped"),
    WaveState.SENT: message("sent"),
}

REASON_WORDS = {
    Reason.BLOCKED: message("Does not want invitations"),
    Reason.ALREADY_INVITED: message("Invited to this event already"),
    Reason.NO_EMAIL: message("No e-mail address"),
    Reason.UNDELIVERABLE: message("Mail to this address came back"),
    Reason.DUPLICATE: message("On the lists twice, or invited under another entry"),
}


def invitation_label(state: InvitationState) -> Message:
    """What became of an invitation, as a badge says it."""
    return INVITATION_WORDS[state]


def wave_label(state: WaveState) -> Message:
    """Where a wave stands, as a badge says it."""
    return WAVE_WORDS[state]


def reason_label(reason: Reason) -> Message:
    """Why somebody is left out."""
    return REASON_WORDS[reason]
