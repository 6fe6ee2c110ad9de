"""What can be done with several invited people at once, and what stands against it for one.

Worked out once, so that the page that asks whether one is sure and the page that says what was
done agree; the actions check again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from eventapp.foundation.message import Message, message
from eventapp.foundation.outbox import is_one_address
from eventapp.invitations import queries as invitation_queries
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.link_queries import addresses_given
from eventapp.registrations.permissions import takes_answers
from eventapp.registrations.states import RegistrationState


class BulkStep(StrEnum):
    """What is done with everybody who was ticked."""

    LINK = "link"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class BulkRow:
    """One of the people ticked: done, still to be done, or left alone for a reason.

    `email` is where a mail goes: the address they gave last.
    """

    invitation: Invitation
    registration: RegistrationState | None
    done: Message | None
    problem: Message | None
    email: str = ""

    @property
    def is_due(self) -> bool:
        """Whether the step is still to be taken for this person."""
        return self.done is None and self.problem is None


def bulk_rows(
    step: BulkStep, invitations: Sequence[Invitation], *, since: datetime | None
) -> list[BulkRow]:
    """The people in their order; `since` is when the step was taken, if ever. Three statements."""
    registered = queries.states_of(invitations)
    if step is BulkStep.WITHDRAW:
        return [_withdrawal_row(one, registered.get(one.id), since) for one in invitations]
    given = addresses_given(invitations)
    emails = {one.id: given.get(one.id) or one.person.email for one in invitations}
    rows = [_link_row(one, registered.get(one.id), emails[one.id], since) for one in invitations]
    event = invitations[0].event if invitations else None
    unwanted = (
        invitation_queries.unwanted_among(event, invitations, given) if event else frozenset()
    )
    return [_without_mail(row) if row.invitation.id in unwanted else row for row in rows]


def _without_mail(row: BulkRow) -> BulkRow:
    return row if row.done else replace(row, problem=message("Wants no more mails"))


def _link_row(
    invitation: Invitation,
    registration: RegistrationState | None,
    email: str,
    since: datetime | None,
) -> BulkRow:
    sent_at = invitation.sent_at
    done = problem = None
    if since is not None and sent_at is not None and sent_at >= since:
        done = message("Link sent")
    elif invitation.state is InvitationState.WITHDRAWN:
        problem = message("Withdrawn; the link opens nothing")
    elif not is_one_address(email):
        problem = message("No e-mail address")
    return BulkRow(invitation, registration, done, problem, email)


def _withdrawal_row(
    invitation: Invitation, registration: RegistrationState | None, since: datetime | None
) -> BulkRow:
    done = problem = None
    if invitation.state is InvitationState.WITHDRAWN:
        done = message("Withdrawn") if since else None
        problem = None if since else message("Withdrawn already")
    elif registration is not None and not takes_answers(invitation.event):
        problem = message("The event has begun; nothing can be changed any more.")
    elif since is not None and invitation.replied_at is not None:
        problem = message("Left alone: answered while this page was open")
    return BulkRow(invitation, registration, done, problem)


def count_due(rows: Iterable[BulkRow]) -> int:
    """For how many the step is still to be taken."""
    return sum(row.is_due for row in rows)
