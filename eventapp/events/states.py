"""The life of an event and its small vocabularies (domain: Veranstaltung)."""

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
_BEFORE_RUNNING = {S.CANCELLED, S.POSTPONED}
ARROWS = {
    S.DRAFT: {S.RELEASED} | _BEFORE_RUNNING,
    S.RELEASED: {S.OPEN, S.DRAFT} | _BEFORE_RUNNING,
    S.OPEN: {S.CLOSED, S.RUNNING} | _BEFORE_RUNNING,
    S.CLOSED: {S.OPEN, S.RUNNING} | _BEFORE_RUNNING,
    S.RUNNING: {S.ENDED},
    S.ENDED: {S.ARCHIVED},
    S.ARCHIVED: set[S](),
    S.CANCELLED: set[S](),
    S.POSTPONED: {S.RELEASED, S.OPEN, S.CANCELLED},
}
PUBLIC = frozenset(
    {S.RELEASED, S.OPEN, S.CLOSED, S.RUNNING, S.ENDED, S.ARCHIVED, S.CANCELLED, S.POSTPONED}
)
"""States in which strangers may see the event's page and calendar."""


class RegistrationMode(StrEnum):
    """Who may register: everybody, invited people only, or everybody after approval."""

    OPEN = "open"
    INVITED = "invited"
    APPROVAL = "approval"


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
    CANCEL = "cancel"


LEADS_TO = {
    Step.PUBLISH: S.RELEASED,
    Step.WITHDRAW: S.DRAFT,
    Step.OPEN: S.OPEN,
    Step.CLOSE: S.CLOSED,
    Step.CANCEL: S.CANCELLED,
}


def possible_steps(state: EventState) -> list[Step]:
    """The steps that this state allows, in the order of an event's life."""
    return [
        step
        for step, target in LEADS_TO.items()
        if target in ARROWS[state] and (step is not Step.PUBLISH or state is S.DRAFT)
    ]
