"""What the states and occasions of mails are called, to be translated. Pure."""

from eventapp.desk.outbox_groups import MailGroup
from eventapp.foundation.mail_words import STATE_KINDS, STATE_WORDS
from eventapp.foundation.message import Message, message

__all__ = ["GROUP_WORDS", "STATE_KINDS", "STATE_WORDS", "occasion"]

GROUP_WORDS = {
    MailGroup.ALL: message("All"),
    MailGroup.WAITING: message("Waiting"),
    MailGroup.RETRYING: message("Is tried again"),
    MailGroup.SENT: message("Delivered"),
    MailGroup.FAILED: message("Not deliverable"),
    MailGroup.RETURNED: message("Came back"),
    MailGroup.STOPPED: message("Stopped"),
    MailGroup.KEPT: message("Kept here"),
}

OCCASIONS = {
    "accounts/mail/barrier.txt": message("Report of a barrier"),
    "accounts/mail/notice.txt": message("Change of an account"),
    "accounts/mail/reset.txt": message("New password"),
    "accounts/mail/welcome.txt": message("Invitation to the team"),
    "invitations/mail/invitation.txt": message("Invitation"),
    "invitations/mail/link.txt": message("Personal link"),
    "invitations/mail/withdrawal.txt": message("Withdrawal of an invitation"),
    "notices/mail/changes.txt": message("Change of the programme"),
    "notices/mail/practical.txt": message("Practical information"),
    "notices/mail/reminder.txt": message("Reminder"),
    "registrations/mail/address_code.txt": message("Code for a new address"),
    "registrations/mail/address_new.txt": message("Link to the new address"),
    "registrations/mail/link_new.txt": message("New personal link"),
    "registrations/mail/address_old.txt": message("Note to the former address"),
    "registrations/mail/already.txt": message("Registered already"),
    "registrations/mail/confirm.txt": message("Please confirm the address"),
    "registrations/mail/confirmation.txt": message("Confirmation"),
    "registrations/mail/correction.txt": message("Noted reply taken back"),
    "registrations/mail/in_review.txt": message("Registration under review"),
    "registrations/mail/lapse.txt": message("Offered place lapsed"),
    "registrations/mail/links.txt": message("Lost link"),
    "registrations/mail/merged.txt": message("Two registrations made one"),
    "registrations/mail/offer.txt": message("Place offered"),
    "registrations/mail/party.txt": message("Companions changed"),
    "registrations/mail/proposal_declined.txt": message("Proposed substitute turned down"),
    "registrations/mail/regret.txt": message("Thanks for declining"),
    "registrations/mail/rejected.txt": message("Registration turned down"),
    "registrations/mail/substitute.txt": message("Invitation of a substitute"),
    "registrations/mail/substitute_answer.txt": message("Answer of the substitute"),
    "registrations/mail/substitute_notice.txt": message("Note about the substitute"),
    "speakers/mail/link.txt": message("Link of a contributor"),
    "registrations/mail/waiting.txt": message("Waiting list"),
}
OTHER_OCCASION = message("Mail")


def occasion(kind: str) -> Message:
    """Why a mail was written, from the template it was made of."""
    return OCCASIONS.get(kind, OTHER_OCCASION)
