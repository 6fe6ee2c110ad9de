"""Whether people who were not invited may register now, and if not, why not."""

from enum import StrEnum

from eventapp.events.outline import EventOutline
from eventapp.events.states import EventState, RegistrationMode
from eventapp.foundation import clock


class Opening(StrEnum):
    """What the form's page says first."""

    OPEN = "open"
    NOT_YET = "not_yet"
    INVITED = "invited"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    OVER = "over"


_BY_STATE = {
    EventState.CANCELLED: Opening.CANCELLED,
    EventState.POSTPONED: Opening.POSTPONED,
    EventState.RUNNING: Opening.OVER,
    EventState.ENDED: Opening.OVER,
    EventState.ARCHIVED: Opening.OVER,
}


def opening_of(event: EventOutline) -> Opening:
    """Where registration stands; the clock wins over a state that nobody has moved on yet."""
    off = _BY_STATE.get(event.standing)
    if off is not None:
        return off
    if event.registration_mode is RegistrationMode.INVITED:
        return Opening.INVITED
    if event.state is EventState.CLOSED:
        return Opening.CLOSED
    return Opening.NOT_YET if _opens_later(event) else Opening.OPEN


def _opens_later(event: EventOutline) -> bool:
    if event.registration_opens_at is None:
        return event.state is not EventState.OPEN
    return clock.now() < event.registration_opens_at
