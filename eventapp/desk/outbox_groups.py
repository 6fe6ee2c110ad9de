"""The groups in which organisers look at mails. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from eventapp.foundation.mail_states import MailState
from eventapp.foundation.text import clean

LONGEST_SEARCH = 200


class MailGroup(StrEnum):
    """By what people do next about a mail."""

    ALL = "all"
    WAITING = "waiting"
    RETRYING = "retrying"
    SENT = "sent"
    RETURNED = "returned"
    FAILED = "failed"
    STOPPED = "stopped"
    KEPT = "kept"


GROUPS: Mapping[MailGroup, frozenset[MailState]] = {
    MailGroup.ALL: frozenset(MailState),
    MailGroup.WAITING: frozenset({MailState.QUEUED, MailState.INFLIGHT}),
    MailGroup.RETRYING: frozenset({MailState.AWAITING_RETRY}),
    MailGroup.SENT: frozenset({MailState.SENT}),
    MailGroup.RETURNED: frozenset({MailState.RETURNED}),
    MailGroup.STOPPED: frozenset({MailState.STOPPED, MailState.RECALLED}),
    MailGroup.FAILED: frozenset({MailState.FAILED}),
    MailGroup.KEPT: frozenset({MailState.KEPT}),
}


@dataclass(frozen=True, slots=True)
class MailFilter:
    """Which mails a list shows."""

    group: MailGroup = MailGroup.ALL
    search: str = ""


def mail_filter(asked: Mapping[str, str]) -> MailFilter:
    """What an address asks for; what it cannot mean is left out."""
    group = asked.get("group", "")
    return MailFilter(
        group=MailGroup(group) if group in set(MailGroup) else MailGroup.ALL,
        search=clean(asked.get("q", ""))[:LONGEST_SEARCH],
    )
