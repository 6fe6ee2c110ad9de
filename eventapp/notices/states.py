"""Life cycle of a notice."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What is written to many: to the silent before the deadline, to guests before the day."""

    REMINDER = "reminder"
    PRACTICAL = "practical"


class NoticeState(StrEnum):
    """A notice waits to be read by an organiser, then for its day; then it goes out, once."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    SENT = "sent"
    STOPPED = "stopped"


S = NoticeState
ARROWS = {
    S.DRAFT: {S.REVIEWED, S.STOPPED},
    S.REVIEWED: {S.DRAFT, S.SENT, S.STOPPED},
    S.SENT: set[S](),
    S.STOPPED: {S.DRAFT},
}
