"""What happened to one invitation or registration, in words, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.accounts.audit import GUEST
from eventapp.accounts.models import AuditEntry
from eventapp.foundation.message import Message, message
from eventapp.invitations.models import Invitation
from eventapp.registrations import queries
from eventapp.registrations.models import Registration

STEP_WORDS = {
    "invitation.accepted": message("accepted the invitation"),
    "invitation.declined": message("declined the invitation"),
    "invitation.substituted": message("named a substitute"),
    "invitation.undeliverable": message("marked as undeliverable"),
    "invitation.withdrawn": message("withdrew the invitation"),
    "invitation.link_sent": message("sent the personal link again"),
    "registration.cancelled": message("cancelled the registration"),
    "registration.mail_sent": message("sent the confirmation again"),
}
UNNAMED = message("changed something")
THE_GUEST = message("The guest")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: when, by whom, what, and why if somebody said so."""

    at: datetime
    who: str
    what: Message
    reason: str


def trail_of(subject: Invitation | Registration) -> list[Step]:
    """Newest first, at most 50. One statement."""
    return [_step(entry) for entry in _entries(subject)]


def _entries(subject: Invitation | Registration) -> Sequence[AuditEntry]:
    return queries.changes_of(subject.__tablename__, subject.id)


def _step(entry: AuditEntry) -> Step:
    who = str(THE_GUEST) if entry.actor == GUEST else entry.actor
    return Step(at=entry.at, who=who, what=STEP_WORDS.get(entry.action, UNNAMED),
                reason=entry.reason)
