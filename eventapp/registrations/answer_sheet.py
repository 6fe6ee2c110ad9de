"""What the answer page says and offers, worked out once, so that template and action agree."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eventapp.events.states import EventState
from eventapp.invitations import queries as invitation_queries
from eventapp.invitations.models import Invitation
from eventapp.invitations.states import AFTER_SUBSTITUTION, InvitationState
from eventapp.registrations import queries
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import (
    may_accept_offer,
    may_answer,
    may_name_substitute,
    timeliness,
)
from eventapp.registrations.place_queries import chance_of
from eventapp.registrations.queue import Timeliness, first_state
from eventapp.registrations.states import RegistrationState

_OFFERS = frozenset({RegistrationState.OFFERED, RegistrationState.EXPIRED})


class Standing(StrEnum):
    """What the guest has said so far, and what came of it."""

    SILENT = "silent"
    INHERITED = "inherited"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    LAPSED = "lapsed"
    DECLINED = "declined"
    SUBSTITUTED = "substituted"


class Outcome(StrEnum):
    """What saying yes would lead to at this moment."""

    PLACE = "place"
    LINE = "line"
    LATE_LINE = "late_line"
    FULL = "full"
    LATE = "late"
    TAKEN = "taken"
    LAPSED = "lapsed"


class Closed(StrEnum):
    """Why the page takes no answers."""

    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    OVER = "over"


@dataclass(frozen=True)
class AnswerSheet:
    """One guest's answer page."""

    standing: Standing
    outcome: Outcome
    deadline: date | None
    closed: Closed | None
    may_decline: bool
    may_substitute: bool
    rank: int = 0
    registration: Registration | None = None
    substitute: str = ""

    @property
    def may_accept(self) -> bool:
        """Whether saying yes leads anywhere."""
        comes = self.standing in {Standing.CONFIRMED, Standing.WAITING}
        no_way = self.outcome in {Outcome.FULL, Outcome.LATE, Outcome.TAKEN, Outcome.LAPSED}
        return self.closed is None and not comes and not no_way

    @property
    def is_answered(self) -> bool:
        """Whether the guest has said something, so that the page begins with it."""
        return self.standing not in {Standing.SILENT, Standing.INHERITED}


def answer_sheet(invitation: Invitation) -> AnswerSheet:
    """The page for this invitation now. At most five statements."""
    registration = queries.registration_of(invitation)
    live = registration if registration is not None and registration.is_live else None
    follow_up = (
        invitation_queries.substitute_invitation_of(invitation)
        if invitation.state in AFTER_SUBSTITUTION
        else None
    )
    return AnswerSheet(
        standing=_standing(invitation, registration),
        outcome=_outcome(invitation, live, follow_up),
        deadline=invitation.answer_by,
        closed=_closed(invitation),
        may_decline=may_answer(invitation) and invitation.state is not InvitationState.DECLINED,
        may_substitute=may_name_substitute(invitation, registration) and not _comes(follow_up),
        rank=queries.rank_of(live) if live else 0,
        registration=live,
        substitute=follow_up.person.full_name if follow_up else "",
    )


def _standing(invitation: Invitation, registration: Registration | None) -> Standing:
    if registration is not None and registration.state in _OFFERS:
        return Standing.OFFERED if may_accept_offer(registration) else Standing.LAPSED
    live = registration if registration is not None and registration.is_live else None
    if live is not None and invitation.state is InvitationState.ACCEPTED:
        waits = live.state is RegistrationState.WAITING
        return Standing.WAITING if waits else Standing.CONFIRMED
    if live is not None:
        return Standing.INHERITED
    return {
        InvitationState.DECLINED: Standing.DECLINED,
        InvitationState.SUBSTITUTED: Standing.SUBSTITUTED,
        InvitationState.ACCEPTED: Standing.DECLINED,  # staff cancelled what came of the yes
    }.get(invitation.state, Standing.SILENT)


def _outcome(
    invitation: Invitation, live: Registration | None, follow_up: Invitation | None
) -> Outcome:
    if live is not None and live.state is RegistrationState.OFFERED:
        return Outcome.PLACE if may_accept_offer(live) else Outcome.LAPSED
    if live is not None:
        return Outcome.PLACE if live.holds_place else Outcome.LINE
    if _comes(follow_up):
        return Outcome.TAKEN
    handed_on = queries.unanswered_substitution_of(invitation) if follow_up else None
    if handed_on is not None:  # saying yes takes it back
        return Outcome.PLACE if handed_on.holds_place else Outcome.LINE
    event, when = invitation.event, timeliness(invitation)
    free, waiting = chance_of(event, invitation)
    state = first_state(party=1, free=free, waiting=waiting, timeliness=when)
    if state is RegistrationState.CONFIRMED:
        return Outcome.PLACE
    if when is Timeliness.LATE:
        return Outcome.LATE_LINE if event.waiting_list else Outcome.LATE
    return Outcome.LINE if event.waiting_list else Outcome.FULL


def _comes(follow_up: Invitation | None) -> bool:
    return follow_up is not None and follow_up.state in {
        InvitationState.ACCEPTED,
        InvitationState.SUBSTITUTED,
    }


def _closed(invitation: Invitation) -> Closed | None:
    if may_answer(invitation):
        return None
    event = invitation.event
    if event.state is EventState.CANCELLED:
        return Closed.CANCELLED
    if event.state is EventState.POSTPONED:
        return Closed.POSTPONED
    return Closed.OVER
