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
    Reason.BAD_ADDRESS: message("Mistake in the e-mail address: no mail can go there"),
    Reason.UNDELIVERABLE: message("Mail to this address came back"),
    Reason.DUPLICATE: message("On the lists twice, or invited under another entry"),
}
ACTION_WORDS = {
    "invitation.accepted": message("Accepted"),
    "invitation.address_corrected": message("Address corrected"),
    "invitation.declined": message("Declined"),
    "invitation.deliverable": message("Counted as delivered again"),
    "invitation.event_objected": message("Wants no more mails about this event"),
    "invitation.invited": message("Invited as a substitute"),
    "invitation.joined": message("Invitation joined to a registration"),
    "invitation.link_renewed": message("New link to answer; earlier ones are dead"),
    "invitation.link_sent": message("Personal link sent again"),
    "invitation.erased": message("Everything stored with the invitation was deleted"),
    "invitation.merged": message("Two invitations of one person merged"),
    "invitation.objected": message("Wants no more invitations, said by the link in a mail"),
    "invitation.reinstated": message("Withdrawal undone"),
    "invitation.reply_taken_back": message("Noted reply taken back"),
    "invitation.sent": message("Invited"),
    "invitation.substituted": message("Substitute named"),
    "invitation.undeliverable": message("Marked as undeliverable"),
    "invitation.withdrawn": message("Invitation withdrawn"),
    "wave.changed": message("Wave of invitations changed"),
    "wave.continued": message("Wave of invitations continued"),
    "wave.deleted": message("Draft of a wave deleted"),
    "wave.drafted": message("Wave of invitations drafted"),
    "wave.sent": message("Wave of invitations sent"),
    "wave.stopped": message("Wave of invitations stopped"),
    "wave.taken_back": message("Invitations taken back that had not left"),
}
"""What the steps of the trail are called, by the names under which actions note them."""


def invitation_label(state: InvitationState) -> Message:
    """What became of an invitation, as a badge says it."""
    return INVITATION_WORDS[state]


def wave_label(state: WaveState) -> Message:
    """Where a wave stands, as a badge says it."""
    return WAVE_WORDS[state]


def reason_label(reason: Reason) -> Message:
    """Why somebody is left out."""
    return REASON_WORDS[reason]
