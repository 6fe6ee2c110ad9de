"""Life cycle of a digest."""

from enum import StrEnum


class DigestState(StrEnum):
    """A digest waits until nothing more is released, then goes out, once to each."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    STOPPED = "stopped"


D = DigestState
ARROWS = {
    D.WAITING: {D.SENDING, D.STOPPED},
    D.SENDING: {D.SENT, D.STOPPED},
    D.SENT: {D.STOPPED},
    D.STOPPED: set[D](),
}
"""From SENT leads a way only as long as mails wait that have not left."""

TO_SEND = frozenset({D.WAITING, D.SENDING})
GOING_OUT = frozenset({D.SENDING, D.SENT})


class Pace(StrEnum):
    """When those concerned learn of a release: after the quiet window, or now."""

    QUIET = "quiet"
    AT_ONCE = "at_once"
