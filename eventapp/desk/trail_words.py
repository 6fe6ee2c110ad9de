"""What the steps in the audit trail, and the things they concern, are called on the page."""

from collections.abc import Mapping
from typing import Any

from eventapp.accounts import words as accounts
from eventapp.accounts.link_actions import NOBODY
from eventapp.consents import words as consents
from eventapp.contacts import words as contacts
from eventapp.events import words as events
from eventapp.exports import words as exports
from eventapp.foundation.message import Message, message
from eventapp.invitations import words as invitations
from eventapp.notices import words as notices
from eventapp.programme import words as programme
from eventapp.questions import words as questions
from eventapp.registrations import words as registrations
from eventapp.registrations.trail import ACTORS as BY_NOBODY

ACTORS = {
    **BY_NOBODY,
    NOBODY: message("nobody signed in"),
    "command line": message("command line"),
}
ERASED_WORD = message("deleted")
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
_OWN = {
    "mail.sent_again": message("Mail sent again"),
}
ACTIONS = {
    name: words
    for slice_words in (
        accounts.ACTION_WORDS,
        consents.ACTION_WORDS,
        contacts.ACTION_WORDS,
        events.ACTION_WORDS,
        exports.ACTION_WORDS,
        invitations.ACTION_WORDS,
        notices.ACTION_WORDS,
        programme.ACTION_WORDS,
        questions.ACTION_WORDS,
        registrations.ACTION_WORDS,
        _OWN,
    )
    for name, words in slice_words.items()
}
"""Each slice names its own steps."""
VALUES: dict[tuple[str, str], Mapping[Any, Message]] = {
    ("account", "role"): accounts.ROLE_WORDS,
    ("contribution", "state"): programme.CONTRIBUTOR_WORDS,
    ("event", "state"): events.EVENT_WORDS,
    ("invitation", "mail"): registrations.MAILING_WORDS,
    ("registration", "consent"): consents.CONSENT_WORDS,
    ("invitation", "state"): invitations.INVITATION_WORDS,
    ("notice", "kind"): notices.KIND_WORDS,
    ("notice", "state"): notices.STATE_WORDS,
    ("registration", "state"): registrations.STATE_WORDS,
    ("session", "state"): programme.SESSION_WORDS,
    ("wave", "state"): invitations.WAVE_WORDS,
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
    "mail": message("Mail"),
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
