"""Life cycle of a notice."""

from datetime import datetime
from enum import StrEnum

from eventapp.events.states import EventState


class NoticeKind(StrEnum):
    """What is written to many: to the silent before the deadline, to guests before the day."""

    REMINDER = "reminder"
    PRACTICAL = "practical"


class NoticeState(StrEnum):
    """A notice waits to be read by an organiser, then for its day; then it goes out, once.

    MISSED is never stored: the clock takes that step, see `state_at`.
    """

    DRAFT = "draft"
    REVIEWED = "reviewed"
    SENDING = "sending"
    SENT = "sent"
    STOPPED = "stopped"
    MISSED = "missed"


S = NoticeState
ARROWS = {
    S.DRAFT: {S.REVIEWED, S.STOPPED},
    S.REVIEWED: {S.DRAFT, S.SENDING, S.STOPPED},
    S.SENDING: {S.DRAFT, S.SENT, S.STOPPED},
    S.SENT: {S.DRAFT, S.STOPPED},
    S.STOPPED: {S.DRAFT},
    S.MISSED: set[S](),
}
"""Back from SENT leads a way only as long as mails wait that have not left."""

CHANGEABLE = frozenset({S.DRAFT, S.REVIEWED, S.STOPPED})
GOING_OUT = frozenset({S.SENDING, S.SENT})
TO_SEND = frozenset({S.REVIEWED, S.SENDING})
_CAN_BE_MISSED = frozenset({S.DRAFT, S.REVIEWED, S.SENDING})


def state_at(state: NoticeState, closes_at: datetime, now: datetime) -> NoticeState:
    """Where a notice of this stored state stands at a moment, if it is pointless from one on."""
    return S.MISSED if state in _CAN_BE_MISSED and now >= closes_at else state


_GOES_OUT_IN = {
    NoticeKind.REMINDER: frozenset({EventState.RELEASED, EventState.OPEN}),
    NoticeKind.PRACTICAL: frozenset({EventState.RELEASED, EventState.OPEN, EventState.CLOSED}),
}
"""Whoever is reminded must still be able to answer; a closed registration keeps its guests."""


def goes_out_in(state: EventState, kind: NoticeKind) -> bool:
    """Whether an event in this state lets notices of this kind go out."""
    return state in _GOES_OUT_IN[kind]


class Told(StrEnum):
    """Who learns of a release of the programme by mail."""

    CONTRIBUTORS = "contributors"
    GUESTS = "guests"
