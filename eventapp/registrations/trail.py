"""What happened to one invitation or registration, in words, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.accounts.audit import GUEST, SYSTEM
from eventapp.accounts.models import AuditEntry
from eventapp.foundation.message import Message, message
from eventapp.invitations.models import Invitation
from eventapp.registrations import queries
from eventapp.registrations.models import Registration

STEP_WORDS = {
    "invitation.accepted": message("Accepted"),
    "invitation.declined": message("Declined"),
    "invitation.substituted": message("Substitute named"),
    "invitation.undeliverable": message("Marked as undeliverable"),
    "invitation.withdrawn": message("Withdrawn"),
    "invitation.link_sent": message("Personal link sent again"),
    "invitation.sent": message("Invited"),
    "invitation.invited": message("Invited as a substitute"),
    "registration.unconfirmed": message("Registered, address not confirmed yet"),
    "registration.asked_again": message("Registered once more, told by mail"),
    "registration.in_review": message("Address confirmed, waits to be approved"),
    "registration.rejected": message("Registration declined"),
    "registration.confirmed": message("Place confirmed"),
    "registration.waiting": message("Put on the waiting list"),
    "registration.replaced": message("Place passed on to the substitute"),
    "registration.inherited": message("Place taken over from whom they represent"),
    "registration.returned": message("Place taken back from the substitute"),
    "registration.offered": message("Place offered"),
    "registration.offer_declined": message("Offered place declined"),
    "registration.expired": message("Offered place not accepted in time"),
    "registration.line_again": message("Back in line, since the event is postponed"),
    "registration.moved_up": message("Moved up from the waiting list"),
    "registration.cancelled": message("Registration cancelled"),
    "registration.mail_sent": message("Confirmation sent again"),
    "registration.merged": message("Merged into another registration of the same person"),
    "registration.absorbed": message("Another registration of the same person merged into it"),
    "registration.told_apart": message("Known as another person than"),
    "invitation.joined": message("Joined to a registration of the same person"),
}
UNNAMED = message("Changed")
ACTORS = {GUEST: message("the guest"), SYSTEM: message("automatically")}


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
    who = str(ACTORS.get(entry.actor, entry.actor))
    return Step(
        at=entry.at, who=who, what=STEP_WORDS.get(entry.action, UNNAMED), reason=entry.reason
    )
