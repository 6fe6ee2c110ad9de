"""What the steps in the audit trail, and the things they concern, are called on the page."""

from collections.abc import Mapping
from typing import Any

from eventapp.accounts.audit import GUEST, SYSTEM
from eventapp.accounts.link_actions import NOBODY
from eventapp.accounts.words import ROLE_WORDS
from eventapp.events.words import EVENT_WORDS
from eventapp.foundation.message import Message, message
from eventapp.invitations.words import INVITATION_WORDS, WAVE_WORDS
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
    "contact.added": message("Contact added"),
    "contact.blocked": message("Contact blocked"),
    "contact.changed": message("Contact changed"),
    "contact.merged": message("Contacts merged"),
    "contact.merged_away": message("Contact merged into another one"),
    "contact.removed": message("Contact removed"),
    "contact.told_apart": message("Contacts known as two people"),
    "contact.unblocked": message("Block of a contact lifted"),
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
    "event.moved": message("Venue changed"),
    "event.places_offered": message("Free places given out"),
    "event.postponed": message("Event postponed"),
    "event.published": message("Event published"),
    "event.resumed": message("New date announced"),
    "event.withdrawn": message("Event made a draft again"),
    "invitation.accepted": message("Invitation accepted"),
    "invitation.declined": message("Invitation declined"),
    "invitation.invited": message("Invited"),
    "invitation.joined": message("Invitation joined to a registration"),
    "invitation.merged": message("Two invitations of one person merged"),
    "invitation.link_sent": message("Personal link sent again"),
    "invitation.sent": message("Invitation sent"),
    "invitation.substituted": message("Substitute named"),
    "invitation.undeliverable": message("Marked as undeliverable"),
    "invitation.withdrawn": message("Invitation withdrawn"),
    "list.changed": message("Distribution list changed"),
    "list.created": message("Distribution list created"),
    "list.joined": message("Contacts put on a list"),
    "list.left": message("Contacts taken off a list"),
    "list.removed": message("Distribution list removed"),
    "mail.sent_again": message("Mail sent again"),
    "organisation.changed": message("Company or body changed"),
    "partner.added": message("Partner added"),
    "partner.changed": message("Partner changed"),
    "partner.removed": message("Partner removed"),
    "programme.published": message("Programme published"),
    "registration.absorbed": message("Another registration of the same person merged into it"),
    "registration.asked_again": message("Confirmation asked for again"),
    "registration.cancelled": message("Registration cancelled"),
    "registration.closed": message("Registration of the event closed"),
    "registration.confirmed": message("Place confirmed"),
    "registration.expired": message("Offer or registration expired"),
    "registration.in_review": message("Registration put up for review"),
    "registration.inherited": message("Place taken over"),
    "registration.line_again": message("Back on the waiting list"),
    "registration.mail_sent": message("Confirmation sent again"),
    "registration.merged": message("Registration merged into another one of the same person"),
    "registration.moved_up": message("Moved up from the waiting list"),
    "registration.offer_declined": message("Offered place declined"),
    "registration.offered": message("Place offered"),
    "registration.opened": message("Registration of the event opened"),
    "registration.rejected": message("Registration turned down"),
    "registration.replaced": message("Place passed on to the substitute"),
    "registration.returned": message("Place taken back from the substitute"),
    "registration.told_apart": message("Two registrations known as two people"),
    "registration.unconfirmed": message("Registered, address not confirmed yet"),
    "registration.waiting": message("Put on the waiting list"),
    "room.added": message("Room added"),
    "room.changed": message("Room changed"),
    "room.removed": message("Room removed"),
    "session.added": message("Session added"),
    "session.cancelled": message("Session cancelled"),
    "session.changed": message("Session changed"),
    "session.deleted": message("Session deleted"),
    "slot.added": message("Slot added"),
    "slot.changed": message("Slot changed"),
    "slot.removed": message("Slot removed"),
    "venue.added": message("Venue added"),
    "venue.changed": message("Details of a venue changed"),
    "wave.changed": message("Wave of invitations changed"),
    "wave.drafted": message("Wave of invitations drafted"),
    "wave.sent": message("Wave of invitations sent"),
}


VALUES: dict[tuple[str, str], Mapping[Any, Message]] = {
    ("account", "role"): ROLE_WORDS,
    ("contribution", "state"): CONTRIBUTOR_WORDS,
    ("event", "state"): EVENT_WORDS,
    ("invitation", "state"): INVITATION_WORDS,
    ("registration", "state"): STATE_WORDS,
    ("session", "state"): SESSION_WORDS,
    ("wave", "state"): WAVE_WORDS,
}
FIELDS = {
    "capacity": message("Places"),
    "target_capacity": message("Places"),
    "city": message("Town"),
    "colour": message("Colour"),
    "contacts": message("Contacts"),
    "email": message("E-mail address"),
    "ends_at": message("End"),
    "file": message("File"),
    "first_name": message("First name"),
    "invited": message("Number of people invited"),
    "last_name": message("Last name"),
    "name": message("Name"),
    "page": message("Page"),
    "phone": message("Telephone"),
    "reply_by_on": message("Reply by"),
    "role": message("Role"),
    "room_id": message("Room"),
    "rows": message("Rows"),
    "starts_at": message("Begin"),
    "state": message("State"),
    "title_de": message("Title, German"),
    "title_en": message("Title, English"),
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
