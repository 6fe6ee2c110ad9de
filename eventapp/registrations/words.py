"""What the states and kinds of registrations are called, to be translated. Pure."""

from eventapp.foundation.message import Message, message
from eventapp.registrations.requests import Mailing
from eventapp.registrations.states import RegistrationKind, RegistrationState

STATE_WORDS = {
    RegistrationState.UNCONFIRMED: message("address not confirmed"),
    RegistrationState.IN_REVIEW: message("in review"),
    RegistrationState.CONFIRMED: message("confirmed"),
    RegistrationState.WAITING: message("waiting list"),
    RegistrationState.OFFERED: message("place offered"),
    RegistrationState.REJECTED: message("rejected"),
    RegistrationState.EXPIRED: message("expired"),
    RegistrationState.CANCELLED: message("cancelled"),
    RegistrationState.REPLACED: message("substituted"),
}
STATE_KINDS = {
    RegistrationState.CONFIRMED: "success",
    RegistrationState.WAITING: "info",
    RegistrationState.OFFERED: "info",
    RegistrationState.UNCONFIRMED: "warning",
    RegistrationState.IN_REVIEW: "warning",
}
"""Which badge a state has in a list; the others a plain one."""

KIND_WORDS = {
    RegistrationKind.GUEST: message("Guest"),
    RegistrationKind.SUBSTITUTE: message("Substitute"),
    RegistrationKind.COMPANION: message("Companion"),
    RegistrationKind.WALK_IN: message("Walk-in"),
    RegistrationKind.CONTRIBUTOR: message("Contributor"),
    RegistrationKind.PRESS: message("Press"),
    RegistrationKind.CREW: message("Crew"),
}
MAILING_WORDS = {Mailing.NONE: message("not wanted")}
"""Whether the guest was told by mail what staff noted, where they were not."""
ACTION_WORDS = {
    "event.places_offered": message("Free places given out"),
    "needs.noted": message("Needs noted that were told by phone"),
    "needs.seen": message("List of support needed looked at"),
    "registration.absorbed": message("Another registration of the same person merged into it"),
    "registration.address_changed": message("E-mail address changed"),
    "registration.answered": message("Questions answered"),
    "registration.asked_again": message("Registered once more, told by mail"),
    "registration.begun_by_mistake": message("Ended with the reply taken back"),
    "registration.brought": message("Comes along as a companion"),
    "registration.cancelled": message("Registration cancelled"),
    "registration.companion_added": message("Companion added"),
    "registration.companion_named": message("Name of a companion changed"),
    "registration.companion_removed": message("Companion taken off"),
    "registration.confirmed": message("Place confirmed"),
    "registration.details_changed": message("Details changed"),
    "registration.erased": message("Everything about the guest deleted"),
    "registration.expired": message("Offered place not accepted in time"),
    "registration.handed_over": message("Substitute named on the personal page"),
    "registration.in_review": message("Address confirmed, waits to be approved"),
    "registration.inherited": message("Place taken over from whom they represent"),
    "registration.line_again": message("Back in line, since the event is postponed"),
    "registration.link_renewed": message("New personal link; earlier ones are dead"),
    "registration.mail_sent": message("Confirmation sent again"),
    "registration.merged": message("Registration merged into another one of the same person"),
    "registration.moved_up": message("Moved up from the waiting list"),
    "registration.offer_declined": message("Offered place declined"),
    "registration.offered": message("Place offered"),
    "registration.proposal_declined": message("Proposed substitute turned down"),
    "registration.proposal_withdrawn": message("Proposed substitute withdrawn"),
    "registration.rejected": message("Registration turned down"),
    "registration.replaced": message("Place passed on to the substitute"),
    "registration.restored": message("Cancellation undone"),
    "registration.returned": message("Place taken back from the substitute"),
    "registration.looked_again": message("Two registrations may be one person after all"),
    "registration.substitute_proposed": message("Substitute proposed, waits to be approved"),
    "registration.told_apart": message("Two registrations known as two people"),
    "registration.unconfirmed": message("Registered, address not confirmed yet"),
    "registration.waiting": message("Put on the waiting list"),
}
"""What the steps of the trail are called, by the names under which actions note them."""

TELL_AGAIN = message(
    "When you gave up your place, we deleted what you may have told us about diet and support, and "
    "took your companions off. If it still matters, please tell us again on your personal page."
)
"""To whoever comes after all: nothing of it is kept for later, or passed on."""


def state_label(state: RegistrationState) -> Message:
    """Where a registration stands, as a badge says it."""
    return STATE_WORDS[state]


def kind_label(kind: RegistrationKind) -> Message:
    """In which quality a person comes."""
    return KIND_WORDS[kind]
