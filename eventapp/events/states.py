"""The life of an event and its small vocabularies (domain: Veranstaltung)."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum


class EventState(StrEnum):
    """Where an event stands, from the first draft to the archive."""

    DRAFT = "draft"
    RELEASED = "released"
    OPEN = "open"
    CLOSED = "closed"
    RUNNING = "running"
    ENDED = "ended"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


S = EventState
_OFF = {S.CANCELLED, S.POSTPONED}
ARROWS = {
    S.DRAFT: {S.RELEASED},
    S.RELEASED: {S.OPEN, S.DRAFT} | _OFF,
    S.OPEN: {S.CLOSED} | _OFF,
    S.CLOSED: {S.OPEN} | _OFF,
    S.POSTPONED: {S.RELEASED, S.CANCELLED},
    S.RUNNING: set[S](),
    S.ENDED: {S.ARCHIVED},
    S.ARCHIVED: {S.CLOSED},
    S.CANCELLED: set[S](),
}
"""The steps that people take. Nobody takes those to RUNNING and ENDED: the clock does.

So who comes back from the archive is CLOSED, and by the clock ENDED."""

TAKES_PLACE = frozenset({S.RELEASED, S.OPEN, S.CLOSED})
"""States whose event runs and ends by the clock, see `state_at`; so those two are never stored."""

HAS_BEGUN = frozenset({S.RUNNING, S.ENDED, S.ARCHIVED})

OVER = frozenset({S.CANCELLED, S.ENDED, S.ARCHIVED})
"""States in which nothing is begun or mended any more."""

PUBLIC = frozenset(set(S) - {S.DRAFT})
"""States in which strangers may see the event's page and calendar."""


class RegistrationMode(StrEnum):
    """Who may register: everybody, invited people only, or everybody after approval."""

    OPEN = "open"
    INVITED = "invited"
    APPROVAL = "approval"


class Promotion(StrEnum):
    """Who offers a freed place to the waiting list: the program at once, or an organiser."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


class Direction(StrEnum):
    """Which way a room is, seen from where people come in."""

    UNKNOWN = "unknown"
    AHEAD = "ahead"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


class PartnerRole(StrEnum):
    """What a partner does for the event."""

    HOST = "host"
    ORGANISER = "organiser"
    COOPERATION = "cooperation"
    FUNDER = "funder"


class Step(StrEnum):
    """What organisers do with the event as a whole."""

    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    OPEN = "open"
    CLOSE = "close"
    POSTPONE = "postpone"
    RESUME = "resume"
    CANCEL = "cancel"
    ARCHIVE = "archive"
    UNARCHIVE = "unarchive"


STEPS = {
    S.DRAFT: (Step.PUBLISH,),
    S.RELEASED: (Step.WITHDRAW, Step.OPEN, Step.POSTPONE, Step.CANCEL),
    S.OPEN: (Step.CLOSE, Step.POSTPONE, Step.CANCEL),
    S.CLOSED: (Step.OPEN, Step.POSTPONE, Step.CANCEL),
    S.POSTPONED: (Step.RESUME, Step.CANCEL),
    S.ENDED: (Step.ARCHIVE,),
    S.ARCHIVED: (Step.UNARCHIVE,),
}


def possible_steps(state: EventState) -> Sequence[Step]:
    """The steps that a state allows, in the order of an event's life."""
    return STEPS.get(state, ())


def state_at(state: EventState, span: tuple[datetime, datetime], now: datetime) -> EventState:
    """Where an event of this stored state and span of time stands at a moment."""
    starts_at, ends_at = span
    if state not in TAKES_PLACE or now < starts_at:
        return state
    return S.RUNNING if now < ends_at else S.ENDED
