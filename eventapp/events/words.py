"""What the states of events and the parts of partners are called, to be translated. Pure."""

from eventapp.events.states import EventState, PartnerRole
from eventapp.foundation.message import Message, message

EVENT_WORDS = {
    EventState.DRAFT: message("draft"),
    EventState.RELEASED: message("published"),
    EventState.OPEN: message("registration open"),
    EventState.CLOSED: message("registration closed"),
    EventState.RUNNING: message("running"),
    EventState.ENDED: message("ended"),
    EventState.ARCHIVED: message("archived"),
    EventState.CANCELLED: message("called off"),
    EventState.POSTPONED: message("postponed"),
}

PARTNER_WORDS = {
    PartnerRole.HOST: message("Host"),
    PartnerRole.ORGANISER: message("Organiser"),
    PartnerRole.COOPERATION: message("Cooperation"),
    PartnerRole.FUNDER: message("Funder"),
}


def event_label(state: EventState) -> Message:
    """Where an event stands, as a badge says it."""
    return EVENT_WORDS[state]


def partner_label(role: PartnerRole) -> Message:
    """What a partner does for the event."""
    return PARTNER_WORDS[role]
