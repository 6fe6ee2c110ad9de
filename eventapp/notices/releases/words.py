"""What the states of a digest and its steps are called, to be translated. Pure."""

from eventapp.foundation.message import Message, message
from eventapp.notices.releases.states import DigestState

STATE_WORDS = {
    DigestState.WAITING: message("waits"),
    DigestState.SENDING: message("is being sent"),
    DigestState.SENT: message("sent"),
    DigestState.STOPPED: message("stopped"),
}
STATE_KINDS = {
    DigestState.WAITING: "info",
    DigestState.SENDING: "info",
    DigestState.SENT: "success",
    DigestState.STOPPED: "warning",
}


def state_label(state: DigestState) -> Message:
    """Where a digest stands, as a badge says it."""
    return STATE_WORDS[state]


def state_kind(state: DigestState) -> str:
    """How the badge looks."""
    return STATE_KINDS[state]
