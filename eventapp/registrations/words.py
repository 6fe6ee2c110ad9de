"""What the states and kinds of registrations are called, to be translated. Pure."""

from eventapp.foundation.message import Message, message
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

KIND_WORDS = {
    RegistrationKind.GUEST: message("Guest"),
    RegistrationKind.SUBSTITUTE: message("Substitute"),
    RegistrationKind.COMPANION: message("Companion"),
    RegistrationKind.WALK_IN: message("Walk-in"),
    RegistrationKind.CONTRIBUTOR: message("Contributor"),
    RegistrationKind.PRESS: message("Press"),
    RegistrationKind.CREW: message("Crew"),
}


def state_label(state: RegistrationState) -> Message:
    """Where a registration stands, as a badge says it."""
    return STATE_WORDS[state]


def kind_label(kind: RegistrationKind) -> Message:
    """In which quality a person comes."""
    return KIND_WORDS[kind]
