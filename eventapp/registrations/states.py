"""Life cycle of a registration (domain: Anmeldung) and its small vocabularies."""

from enum import StrEnum


class RegistrationState(StrEnum):
    """Where a registration stands."""

    UNCONFIRMED = "unconfirmed"
    IN_REVIEW = "in_review"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    REJECTED = "rejected"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REPLACED = "replaced"


S = RegistrationState
ARROWS = {
    S.UNCONFIRMED: {S.IN_REVIEW, S.CONFIRMED, S.WAITING, S.EXPIRED, S.CANCELLED},
    S.IN_REVIEW: {S.CONFIRMED, S.WAITING, S.REJECTED, S.CANCELLED},
    S.CONFIRMED: {S.CANCELLED, S.REPLACED},
    S.WAITING: {S.OFFERED, S.CONFIRMED, S.CANCELLED, S.REPLACED},
    S.OFFERED: {S.CONFIRMED, S.WAITING, S.EXPIRED, S.CANCELLED, S.REPLACED},
    S.REJECTED: {S.WAITING, S.CONFIRMED},
    S.EXPIRED: {S.WAITING, S.CONFIRMED},
    S.CANCELLED: {S.CONFIRMED, S.WAITING},
    S.REPLACED: {S.CONFIRMED, S.WAITING, S.OFFERED},
}
HOLDS_PLACE = frozenset({S.CONFIRMED, S.OFFERED})
LIVE = frozenset({S.UNCONFIRMED, S.IN_REVIEW, S.CONFIRMED, S.WAITING, S.OFFERED})
REGISTERED = LIVE - {S.UNCONFIRMED}
"""Who counts: whoever has shown that the address is theirs."""


class RegistrationKind(StrEnum):
    """In which quality a person comes."""

    GUEST = "guest"
    SUBSTITUTE = "substitute"
    COMPANION = "companion"
    WALK_IN = "walk_in"
    CONTRIBUTOR = "contributor"
    PRESS = "press"
    CREW = "crew"


USES_PLACE = frozenset(
    {
        RegistrationKind.GUEST,
        RegistrationKind.SUBSTITUTE,
        RegistrationKind.COMPANION,
        RegistrationKind.WALK_IN,
    }
)


class QuestionKind(StrEnum):
    """How a question of the form is answered."""

    TEXT = "text"
    CHOICE = "choice"
    MULTIPLE = "multiple"
    NUMBER = "number"
    YES_NO = "yes_no"


class QuestionStep(StrEnum):
    """When a question is asked: with the registration, or of those who have a place."""

    REGISTRATION = "registration"
    AFTER = "after"


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


N = NoticeState
NOTICE_ARROWS = {
    N.DRAFT: {N.REVIEWED, N.STOPPED},
    N.REVIEWED: {N.DRAFT, N.SENT, N.STOPPED},
    N.SENT: set[N](),
    N.STOPPED: {N.DRAFT},
}


class ConsentKind(StrEnum):
    """To what a guest may consent; each on its own, none a condition."""

    PHOTO = "photo"
    ATTENDEE_LIST = "attendee_list"
    NEXT_INVITATION = "next_invitation"
    NEEDS = "needs"
