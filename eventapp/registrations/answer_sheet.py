"""What the answer page says and offers, worked out once, so that template and action agree."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eventapp.events.states import EventState
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
from eventapp.registrations.substitutions import (
    Kept,
    SubstituteAnswer,
    Substitution,
    kept_by,
    name_behind,
    substitution_by,
)

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
    SUBSTITUTE_LEFT = "substitute_left"


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
    """One guest's answer page.

    `substitute` is whom the guest named, `guest` who named this person; `kept` is what is kept for
    the one who has not answered yet.
    """

    standing: Standing
    outcome: Outcome
    deadline: date | None
    closed: Closed | None
    may_decline: bool
    may_substitute: bool
    rank: int = 0
    registration: Registration | None = None
    substitute: str = ""
    kept: Kept = Kept.NOTHING
    guest: str = ""

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
    named = substitution_by(invitation) if invitation.state in AFTER_SUBSTITUTION else None
    return AnswerSheet(
        standing=_standing(invitation, registration, named),
        outcome=_outcome(invitation, live, named),
        deadline=invitation.answer_by,
        closed=_closed(invitation),
        may_decline=may_answer(invitation) and invitation.state is not InvitationState.DECLINED,
        may_substitute=may_name_substitute(invitation, registration) and not _comes(named),
        rank=queries.rank_of(live) if live else 0,
        registration=live,
        substitute=named.name if named else "",
        kept=kept_by(live) if named is None else named.kept,
        guest=name_behind(invitation),
    )


def _standing(
    invitation: Invitation, registration: Registration | None, named: Substitution | None
) -> Standing:
    if registration is not None and registration.state in _OFFERS:
        return Standing.OFFERED if may_accept_offer(registration) else Standing.LAPSED
    live = registration if registration is not None and registration.is_live else None
    if live is not None and invitation.state is InvitationState.ACCEPTED:
        waits = live.state is RegistrationState.WAITING
        return Standing.WAITING if waits else Standing.CONFIRMED
    if live is not None:
        return Standing.INHERITED
    left = named is not None and named.answer is SubstituteAnswer.LEFT
    return {
        InvitationState.DECLINED: Standing.DECLINED,
        InvitationState.SUBSTITUTED: Standing.SUBSTITUTE_LEFT if left else Standing.SUBSTITUTED,
        InvitationState.ACCEPTED: Standing.DECLINED,  # staff cancelled what came of the yes
    }.get(invitation.state, Standing.SILENT)


def _outcome(
    invitation: Invitation, live: Registration | None, named: Substitution | None
) -> Outcome:
    if live is not None and live.state is RegistrationState.OFFERED:
        return Outcome.PLACE if may_accept_offer(live) else Outcome.LAPSED
    if live is not None:
        return Outcome.PLACE if live.holds_place else Outcome.LINE
    if _comes(named):
        return Outcome.TAKEN
    if named is not None and named.kept is not Kept.NOTHING:  # saying yes takes it back
        return Outcome.PLACE if named.kept is Kept.PLACE else Outcome.LINE
    event, when = invitation.event, timeliness(invitation)
    free, waiting = chance_of(event, invitation)
    state = first_state(party=1, free=free, waiting=waiting, timeliness=when)
    if state is RegistrationState.CONFIRMED:
        return Outcome.PLACE
    if when is Timeliness.LATE:
        return Outcome.LATE_LINE if event.waiting_list else Outcome.LATE
    return Outcome.LINE if event.waiting_list else Outcome.FULL


def _comes(named: Substitution | None) -> bool:
    return named is not None and named.answer is SubstituteAnswer.COMES


def _closed(invitation: Invitation) -> Closed | None:
    if may_answer(invitation):
        return None
    event = invitation.event
    if event.state is EventState.CANCELLED:
        return Closed.CANCELLED
    if event.state is EventState.POSTPONED:
        return Closed.POSTPONED
    return Closed.OVER
