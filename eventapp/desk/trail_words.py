"""What the steps in the audit trail, and the things they concern, are called on the page."""

from collections.abc import Mapping
from typing import Any

from eventapp.accounts.audit import GUEST, SYSTEM
from eventapp.accounts.link_actions import NOBODY
from eventapp.accounts.words import ROLE_WORDS
from eventapp.consents.words import CONSENT_WORDS
from eventapp.events.words import EVENT_WORDS
from eventapp.foundation.message import Message, message
from eventapp.invitations.words import INVITATION_WORDS, WAVE_WORDS
from eventapp.notices.words import KIND_WORDS
from eventapp.notices.words import STATE_WORDS as NOTICE_WORDS
from eventapp.programme.words import CONTRIBUTOR_WORDS, SESSION_WORDS
from eventapp.registrations.words import STATE_WORDS

ACTORS = {
    GUEST: message("the guest"),
    SYSTEM: message("automatically"),
    NOBODY: message("nobody signed in"),
    "command line": message("command line"),
}
SUBJECTS = {
    "account": message("Account"),
    "host_organisation": message("Organisation"),
    "legal_page": message("Legal page"),
    "contact": message("Contact"),
    "contact_import": message("Import of contacts"),
    "distribution_list": message("Distribution list"),
    "organisation": message("Company or body"),
    "event": message("Event"),
    "venue": message("Venue"),
    "room": message("Room"),
    "partner": message("Partner"),
    "session": message("Session"),
    "slot": message("Slot"),
    "contributor": message("Contributor"),
    "contribution": message("Part in a session"),
    "wave": message("Wave of invitations"),
    "invitation": message("Invitation"),
    "registration": message("Registration"),
    "outbox_mail": message("Mail"),
    "question": message("Question of the form"),
    "notice": message("Notice"),
    "kept_columns": message("Kept columns"),
}
ACTIONS = {
    "access.refused": message("Tried something that the role does not include"),
    "account.added": message("Account added"),
    "account.begun": message("First password chosen"),
    "account.codes_renewed": message("Recovery codes renewed"),
    "account.disabled": message("Account locked"),
    "account.enabled": message("Account opened again"),
    "account.factor_off": message("Second factor turned off"),
    "account.factor_on": message("Second factor turned on"),
    "account.factor_reset": message("Second factor of a colleague turned off"),
    "account.invited": message("Colleague invited"),
    "account.needs_granted": message("Right given to see needs"),
    "account.needs_revoked": message("Right taken back to see needs"),
    "account.password_changed": message("Password changed"),
    "account.password_reset": message("Password set anew"),
    "account.recovery_code_used": message("Signed in with a recovery code"),
    "account.removed": message("Taken out of the team"),
    "account.reset_requested": message("New password asked for"),
    "account.role_changed": message("Role changed"),
    "account.session_revoked": message("Browser signed out"),
    "account.signed_in": message("Signed in"),
    "account.welcomed": message("Welcome mail sent again"),
    "host.added": message("Organisation set up"),
    "host.changed": message("Settings of the organisation changed"),
    "legal_page.changed": message("Legal page changed"),
    "attendees.exported": message("Guest list exported"),
    "consent.given": message("Consent given"),
    "consent.withdrawn": message("Consent withdrawn"),
    "contact.added": message("Contact added"),
    "contact.blocked": message("Contact blocked"),
    "contact.changed": message("Contact changed"),
    "contact.removed": message("Contact removed"),
    "contact.unblocked": message("Block of a contact lifted"),
    "contact.undeliverable": message("Address marked as undeliverable"),
    "columns.changed": message("Kept columns of a list changed"),
    "columns.kept": message("Columns of a list kept"),
    "columns.removed": message("Kept columns of a list removed"),
    "contacts.exported": message("Contacts exported"),
    "contacts.import_undone": message("Import undone"),
    "contacts.imported": message("Contacts imported"),
    "contacts.left_out_exported": message("Rows left out exported"),
    "contribution.changed": message("Part in a session changed"),
    "contribution.removed": message("Part in a session removed"),
    "contributor.added": message("Contributor added"),
    "contributor.changed": message("Contributor changed"),
    "contributor.removed": message("Contributor removed"),
    "event.archived": message("Event archived"),
    "event.cancelled": message("Event called off"),
    "event.changed": message("Settings of the event changed"),
    "event.created": message("Event created"),
    "event.deleted": message("Draft of an event deleted"),
    "event.moved": message("Venue changed"),
    "event.places_offered": message("Free places given out"),
    "event.postponed": message("Event postponed"),
    "event.published": message("Event published"),
    "event.resumed": message("New date announced"),
    "event.unarchived": message("Event taken out of the archive"),
    "event.withdrawn": message("Event made a draft again"),
    "invitation.address_corrected": message("Address of an invited person corrected"),
    "invitation.event_objected": message("Wants no more mails about this event"),
    "invitation.objected": message("Wants no more invitations"),
    "invitation.accepted": message("Invitation accepted"),
    "invitation.declined": message("Invitation declined"),
    "invitation.deliverable": message("Counted as delivered again"),
    "invitation.invited": message("Invited"),
    "invitation.link_sent": message("Personal link sent again"),
    "invitation.reinstated": message("Withdrawal undone"),
    "invitation.reply_taken_back": message("Noted reply taken back"),
    "invitation.sent": message("Invitation sent"),
    "invitation.substituted": message("Substitute named"),
    "invitation.undeliverable": message("Marked as undeliverable"),
    "invitation.withdrawn": message("Invitation withdrawn"),
    "list.changed": message("Distribution list changed"),
    "list.created": message("Distribution list created"),
    "list.joined": message("Contacts put on a list"),
    "list.left": message("Contacts taken off a list"),
    "list.removed": message("Distribution list removed"),
    "list.exported": message("List downloaded"),
    "mail.sent_again": message("Mail sent again"),
    "needs.seen": message("List of support needed looked at"),
    "notice.added": message("Reminder added"),
    "notice.changed": message("Notice changed"),
    "notice.review_lifted": message("Notice must be approved again"),
    "notice.reviewed": message("Notice approved"),
    "notice.sent": message("Notice sent"),
    "notice.sent_early": message("Notice sent before its day"),
    "notice.stopped": message("Notice stopped"),
    "notice.taken_up": message("Notice taken up again"),
    "organisation.changed": message("Company or body changed"),
    "partner.added": message("Partner added"),
    "partner.changed": message("Partner changed"),
    "partner.removed": message("Partner removed"),
    "programme.published": message("Programme published"),
    "registration.address_changed": message("E-mail address changed by the guest"),
    "question.added": message("Question added"),
    "question.asked_again": message("Question put back into the form"),
    "question.changed": message("Question changed"),
    "question.moved": message("Question moved"),
    "question.removed": message("Question deleted"),
    "question.retired": message("Question taken out of the form"),
    "registration.answered": message("Questions of the form answered"),
    "registration.asked_again": message("Confirmation asked for again"),
    "registration.brought": message("Comes along as a companion"),
    "registration.begun_by_mistake": message("Ended with the reply taken back"),
    "registration.cancelled": message("Registration cancelled"),
    "registration.closed": message("Registration of the event closed"),
    "registration.companion_added": message("Companion added"),
    "registration.companion_named": message("Name of a companion changed"),
    "registration.companion_removed": message("Companion taken off"),
    "registration.confirmed": message("Place confirmed"),
    "registration.details_changed": message("Details changed by the guest"),
    "registration.erased": message("Everything about the guest deleted"),
    "registration.expired": message("Offer or registration expired"),
    "registration.in_review": message("Registration put up for review"),
    "registration.inherited": message("Place taken over"),
    "registration.line_again": message("Back on the waiting list"),
    "registration.mail_sent": message("Confirmation sent again"),
    "registration.moved_up": message("Moved up from the waiting list"),
    "registration.offer_declined": message("Offered place declined"),
    "registration.offered": message("Place offered"),
    "registration.opened": message("Registration of the event opened"),
    "registration.rejected": message("Registration turned down"),
    "registration.replaced": message("Place passed on to the substitute"),
    "registration.restored": message("Cancellation undone"),
    "registration.returned": message("Place taken back from the substitute"),
    "registration.unconfirmed": message("Registered, address not confirmed yet"),
    "registration.waiting": message("Put on the waiting list"),
    "room.added": message("Room added"),
    "room.changed": message("Room changed"),
    "room.removed": message("Room removed"),
    "session.added": message("Session added"),
    "session.cancelled": message("Session cancelled"),
    "session.changed": message("Session changed"),
    "session.deleted": message("Session deleted"),
    "session.reinstated": message("Session takes place after all"),
    "session.restored": message("Deleted session brought back"),
    "slot.added": message("Slot added"),
    "slot.changed": message("Slot changed"),
    "slot.removed": message("Slot removed"),
    "venue.added": message("Venue added"),
    "venue.changed": message("Details of a venue changed"),
    "wave.continued": message("Wave of invitations continued"),
    "wave.stopped": message("Wave of invitations stopped"),
    "wave.taken_back": message("Invitations taken back that had not left"),
    "wave.changed": message("Wave of invitations changed"),
    "wave.drafted": message("Wave of invitations drafted"),
    "wave.sent": message("Wave of invitations sent"),
}


VALUES: dict[tuple[str, str], Mapping[Any, Message]] = {
    ("account", "role"): ROLE_WORDS,
    ("contribution", "state"): CONTRIBUTOR_WORDS,
    ("event", "state"): EVENT_WORDS,
    ("registration", "consent"): CONSENT_WORDS,
    ("invitation", "state"): INVITATION_WORDS,
    ("notice", "kind"): KIND_WORDS,
    ("notice", "state"): NOTICE_WORDS,
    ("registration", "state"): STATE_WORDS,
    ("session", "state"): SESSION_WORDS,
    ("wave", "state"): WAVE_WORDS,
}
FIELDS = {
    "capacity": message("Places"),
    "target_capacity": message("Places"),
    "city": message("Town"),
    "colour": message("Colour"),
    "columns": message("Columns"),
    "contacts": message("Contacts"),
    "email": message("E-mail address"),
    "consent": message("Consent"),
    "due_at": message("Due"),
    "ends_at": message("End"),
    "fields": message("Fields"),
    "waiting_since": message("Waits since"),
    "file": message("File"),
    "filter": message("Filter"),
    "first_name": message("First name"),
    "format": message("Kind of file"),
    "invited": message("Number of people invited"),
    "kind": message("Kind"),
    "last_name": message("Last name"),
    "list": message("List"),
    "name": message("Name"),
    "order": message("Order of the rows"),
    "page": message("Page"),
    "people": message("People"),
    "phone": message("Telephone"),
    "purpose": message("Purpose"),
    "reply_by_on": message("Reply by"),
    "role": message("Role"),
    "room_id": message("Room"),
    "rows": message("Rows"),
    "starts_at": message("Begin"),
    "state": message("State"),
    "title_de": message("Title, German"),
    "title_en": message("Title, English"),
    "written": message("Number of people"),
}


def field_label(name: str) -> Message | str:
    """What a value is called; its bare name where nobody has put it into words yet."""
    return FIELDS.get(name, name)


def value_label(kind: str, name: str, value: str) -> Message | str:
    """What a value means, such as a state of this kind of thing; else the value itself."""
    return VALUES.get((kind, name), {}).get(value, value)


def actor_label(actor: str) -> Message | str:
    """Who it was, in words where it was no person with a name."""
    return ACTORS.get(actor, actor)


def action_label(action: str) -> Message | str:
    """What was done; the bare mark for steps that nobody has put into words yet."""
    return ACTIONS.get(action, action)


def subject_label(kind: str) -> Message | str:
    """What kind of thing it was done to."""
    return SUBJECTS.get(kind, kind)
