"""Life cycles of an invitation and of a wave (domain: Einladung, Nachricht)."""

from enum import StrEnum


class InvitationState(StrEnum):
    """What became of an invitation."""

    PLANNED = "planned"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SUBSTITUTED = "substituted"
    UNDELIVERABLE = "undeliverable"
    WITHDRAWN = "withdrawn"


I = InvitationState  # noqa: E741 - short name for the arrows below
INVITATION_ARROWS = {
    I.PLANNED: {I.SENT, I.ACCEPTED, I.DECLINED, I.SUBSTITUTED, I.WITHDRAWN},
    I.SENT: {I.ACCEPTED, I.DECLINED, I.SUBSTITUTED, I.UNDELIVERABLE, I.WITHDRAWN},
    I.ACCEPTED: {I.DECLINED, I.SUBSTITUTED, I.WITHDRAWN},
    I.DECLINED: {I.ACCEPTED, I.SUBSTITUTED, I.WITHDRAWN},
    I.SUBSTITUTED: {I.ACCEPTED, I.DECLINED, I.WITHDRAWN},
    I.UNDELIVERABLE: {I.SENT, I.ACCEPTED, I.DECLINED, I.SUBSTITUTED, I.WITHDRAWN},
    I.WITHDRAWN: set[I](),
}
AFTER_SUBSTITUTION = frozenset({I.SUBSTITUTED, I.DECLINED})
"""States in which a substitute may have been named before."""
UNANSWERED = frozenset({I.PLANNED, I.SENT})
OPEN_REPLY = UNANSWERED | {I.UNDELIVERABLE}
"""States in which nothing has been heard of the person."""


class Channel(StrEnum):
    """How an invitation reaches its person."""

    EMAIL = "email"
    POST = "post"
    PHONE = "phone"


class WaveState(StrEnum):
    """From the first draft of a wave until its last mail is queued."""

    DRAFT = "draft"
    APPROVAL_REQUESTED = "approval_requested"
    APPROVED = "approved"
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"


W = WaveState
WAVE_ARROWS = {
    W.DRAFT: {W.APPROVAL_REQUESTED, W.APPROVED, W.SENDING, W.SENT},
    W.APPROVAL_REQUESTED: {W.APPROVED, W.DRAFT},
    W.APPROVED: {W.SENDING, W.SENT, W.DRAFT},
    W.SENDING: {W.PAUSED, W.SENT},
    W.PAUSED: {W.SENDING, W.SENT},
    W.SENT: {W.PAUSED},
}
