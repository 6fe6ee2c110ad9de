"""The life of a mail, from the outbox to the server that took it."""

from enum import StrEnum


class MailState(StrEnum):
    """Where a mail stands. KEPT: no mail server is set, it is read in the app and goes nowhere.

    RETURNED: the server took it and said later that it cannot be delivered. STOPPED: somebody, or
    the objection of its recipient, holds it back. RECALLED: it became pointless before it left.
    """

    QUEUED = "queued"
    INFLIGHT = "inflight"
    AWAITING_RETRY = "awaiting_retry"
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"
    RECALLED = "recalled"
    RETURNED = "returned"
    STOPPED = "stopped"


_S = MailState
ARROWS = {
    _S.QUEUED: {_S.INFLIGHT, _S.STOPPED},
    _S.INFLIGHT: {
        _S.SENT,
        _S.KEPT,
        _S.AWAITING_RETRY,
        _S.FAILED,
        _S.QUEUED,
        _S.STOPPED,
        _S.RECALLED,
    },
    _S.AWAITING_RETRY: {_S.INFLIGHT, _S.QUEUED, _S.STOPPED},
    _S.FAILED: {_S.QUEUED},
    _S.SENT: {_S.RETURNED},
    _S.RETURNED: {_S.QUEUED},
    _S.STOPPED: {
        _S.QUEUED,
        _S.SENT,
        _S.RECALLED,
    },  # sent if the server was taking it at that moment
    _S.KEPT: set(),  # for good: a server that is set later must not send mails of the past
    _S.RECALLED: {_S.SENT},
}
WAITING = (_S.QUEUED, _S.AWAITING_RETRY)
UNSENT = frozenset({_S.QUEUED, _S.AWAITING_RETRY, _S.INFLIGHT})
"""What can still be held back."""


def may_become(state: MailState, target: MailState) -> bool:
    """Whether an arrow leads from one state to the other."""
    return target in ARROWS[state]
