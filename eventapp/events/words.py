"""What the states of events and the parts of partners are called, to be translated. Pure."""

from eventapp.events.states import EventState, PartnerRole, Promotion, RegistrationMode, Step
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
    PartnerRole.ORGANISER: message("Organising body"),
    PartnerRole.COOPERATION: message("Cooperation"),
    PartnerRole.FUNDER: message("Funder"),
}

MODE_WORDS = {
    RegistrationMode.OPEN: message("everybody"),
    RegistrationMode.INVITED: message("invited people only"),
    RegistrationMode.APPROVAL: message("everybody, after you have approved them"),
}
PROMOTION_WORDS = {
    Promotion.AUTOMATIC: message("It is offered at once to the first in line"),
    Promotion.MANUAL: message("Nothing by itself: organisers offer it"),
}

STATE_SENTENCES = {
    EventState.DRAFT: message("Only colleagues can see this draft"),
    EventState.RELEASED: message("The page is public, registration is not open yet"),
    EventState.OPEN: message("The page is public, registration is open"),
    EventState.CLOSED: message("The page is public, registration is closed"),
    EventState.RUNNING: message("The event is running"),
    EventState.ENDED: message("The event is over"),
    EventState.ARCHIVED: message("The event is in the archive"),
    EventState.CANCELLED: message("The event is called off"),
    EventState.POSTPONED: message("The event is postponed"),
}

STEP_WORDS = {
    Step.PUBLISH: message("Publish event"),
    Step.WITHDRAW: message("Make it a draft again"),
    Step.OPEN: message("Open registration"),
    Step.CLOSE: message("Close registration"),
    Step.POSTPONE: message("Postpone the event"),
    Step.RESUME: message("Announce the new date"),
    Step.CANCEL: message("Call the event off"),
    Step.ARCHIVE: message("Put into the archive"),
    Step.UNARCHIVE: message("Take out of the archive"),
}

STEP_CONSEQUENCES = {
    Step.PUBLISH: message(
        "Everybody can see the page, and calendars can be subscribed. No mail goes out."
    ),
    Step.WITHDRAW: message("Only colleagues can see the page any longer."),
    Step.OPEN: message("Invited people can answer. No mail goes out."),
    Step.CLOSE: message(
        "Anyone who accepts from now on joins the waiting list; guests can still cancel. "
        "Places that become free are still offered to those who were already waiting."
    ),
    Step.POSTPONE: message(
        "The page and calendars say that the date no longer applies. Guests keep their places, "
        "and nobody can answer until you announce a new date. "
        "Guests are not notified automatically: please tell them."
    ),
    Step.RESUME: message(
        "Enter the new date and the deadlines first; the programme moves along with the day. "
        "The page and calendars then say that the event takes place again. "
        "Guests are not notified automatically: please tell them."
    ),
    Step.CANCEL: message(
        "The page and calendars say that the event is called off. This is final. "
        "Guests are not notified automatically: please tell them."
    ),
    Step.ARCHIVE: message(
        "It moves from the list of your events to the archive below. Its page and its lists remain."
    ),
    Step.UNARCHIVE: message("It is back among your past events, as it was before."),
}
ACTION_WORDS = {
    "event.archived": message("Event archived"),
    "event.cancelled": message("Event called off"),
    "event.changed": message("Settings of the event changed"),
    "event.copied": message("Event created as the next edition"),
    "event.created": message("Event created"),
    "event.deleted": message("Draft of an event deleted"),
    "event.moved": message("Venue changed"),
    "event.places_raised": message("More places, for one guest"),
    "event.postponed": message("Event postponed"),
    "event.published": message("Event published"),
    "event.resumed": message("New date announced"),
    "event.unarchived": message("Event taken out of the archive"),
    "event.withdrawn": message("Event made a draft again"),
    "partner.added": message("Partner added"),
    "partner.changed": message("Partner changed"),
    "partner.removed": message("Partner removed"),
    "registration.closed": message("Registration of the event closed"),
    "registration.opened": message("Registration of the event opened"),
    "room.added": message("Room added"),
    "room.changed": message("Room changed"),
    "room.removed": message("Room removed"),
    "venue.added": message("Venue added"),
    "venue.changed": message("Details of a venue changed"),
}
"""What the steps of the trail are called, by the names under which actions note them."""


def state_sentence(state: EventState) -> Message:
    """Where an event stands, as a sentence."""
    return STATE_SENTENCES[state]


def step_label(step: Step) -> Message:
    """What a step is called on its button."""
    return STEP_WORDS[step]


def step_consequence(step: Step) -> Message:
    """What a step means for whom."""
    return STEP_CONSEQUENCES[step]


def event_label(state: EventState) -> Message:
    """Where an event stands, as a badge says it."""
    return EVENT_WORDS[state]


def partner_label(role: PartnerRole) -> Message:
    """What a partner does for the event."""
    return PARTNER_WORDS[role]


def promotion_label(promotion: Promotion) -> Message:
    """What happens with a place that becomes free while people wait."""
    return PROMOTION_WORDS[promotion]


def mode_label(mode: RegistrationMode) -> Message:
    """Who may register for an event."""
    return MODE_WORDS[mode]
