"""How things stand with the substitute whom a guest named: answered or not, and what is kept."""

from dataclasses import dataclass
from enum import StrEnum

from eventapp.foundation.message import message
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import substitute_invitation_of
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.models import Registration


class SubstituteAnswer(StrEnum):
    """What the substitute said; who has cancelled again has left."""

    OPEN = "open"
    COMES = "comes"
    LEFT = "left"


class Kept(StrEnum):
    """What a person has: place and place in line pass to the substitute when they are named."""

    PLACE = "place"
    LINE = "line"
    NOTHING = "nothing"


_ANSWERS = {
    InvitationState.ACCEPTED: SubstituteAnswer.COMES,
    InvitationState.SUBSTITUTED: SubstituteAnswer.COMES,
    InvitationState.DECLINED: SubstituteAnswer.LEFT,
    InvitationState.WITHDRAWN: SubstituteAnswer.LEFT,
}


@dataclass(frozen=True)
class Substitution:
    """Whom a guest named, what they said, and what they have."""

    name: str
    answer: SubstituteAnswer
    kept: Kept


def kept_by(registration: Registration | None) -> Kept:
    """A place that is promised or offered, a place in line, or nothing."""
    if registration is None or not registration.is_live:
        return Kept.NOTHING
    return Kept.PLACE if registration.holds_place else Kept.LINE


def substitution_by(invitation: Invitation) -> Substitution | None:
    """The latest substitute whom this guest named; None if there was none. Two statements."""
    follow_up = substitute_invitation_of(invitation)
    if follow_up is None:
        return None
    return Substitution(
        name=follow_up.person.full_name or str(message("Your substitute")),
        answer=_ANSWERS.get(follow_up.state, SubstituteAnswer.OPEN),
        kept=kept_by(queries.unanswered_substitution_of(invitation)),
    )
