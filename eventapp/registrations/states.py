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
