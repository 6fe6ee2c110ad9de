"""What the steps in the audit trail, and the things they concern, are called on the page."""

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
from eventapp.programme.run_of_show import words as run_of_show
from eventapp.questions import words as questions
from eventapp.registrations import words as registrations
from eventapp.registrations.trail import ACTORS as BY_NOBODY
from eventapp.speakers import words as speakers
from eventapp.speakers.states import CONTRIBUTOR

ACTORS = {
    **BY_NOBODY,
    NOBODY: message("nobody signed in"),
    "command line": message("command line"),
    CONTRIBUTOR: message("the contributor"),
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
    "show_line": message("Line of the run of show"),
    "show_plan": message("Run of show"),
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
        run_of_show.ACTION_WORDS,
        questions.ACTION_WORDS,
        registrations.ACTION_WORDS,
        speakers.ACTION_WORDS,
        _OWN,
    )
    for name, words in slice_words.items()
}
"""Each slice names its own steps."""


def actor_label(actor: str) -> Message | str:
    """Who it was, in words where it was no person with a name."""
    return ACTORS.get(actor, actor)


def action_label(action: str) -> Message | str:
    """What was done; the bare mark for steps that nobody has put into words yet."""
    return ACTIONS.get(action, action)


def subject_label(kind: str) -> Message | str:
    """What kind of thing it was done to."""
    return SUBJECTS.get(kind, kind)
