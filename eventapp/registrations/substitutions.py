"""How things stand with the substitute whom a guest named: answered or not, and what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eventapp.foundation.message import message
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import line_after
from eventapp.invitations.states import InvitationState
from eventapp.registrations import queries
from eventapp.registrations.heir_queries import guest_behind, heir_of
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import takes_answers


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
    InvitationState.SUBSTITUTED: SubstituteAnswer.LEFT,
    InvitationState.DECLINED: SubstituteAnswer.LEFT,
    InvitationState.WITHDRAWN: SubstituteAnswer.LEFT,
}


@dataclass(frozen=True)
class Substitution:
    """Whom a guest named, what they said, and what they have."""

    name: str
    answer: SubstituteAnswer
    kept: Kept

    @property
    def has_ended(self) -> bool:
        """Whether nobody comes in the guest's place: a no, or an offer that nobody took up."""
        silent = self.answer is SubstituteAnswer.OPEN and self.kept is Kept.NOTHING
        return silent or self.answer is SubstituteAnswer.LEFT


def kept_by(registration: Registration | None) -> Kept:
    """A place that is promised or offered, a place in line, or nothing."""
    if registration is None or not registration.is_live:
        return Kept.NOTHING
    return Kept.PLACE if registration.holds_place else Kept.LINE


def may_change_mind(registration: Registration, substitution: Substitution | None) -> bool:
    """Whether a guest without an invitation can still come themselves, or name somebody else: until
    whom they named has answered."""
    return (
        registration.invitation is None
        and substitution is not None
        and substitution.answer is SubstituteAnswer.OPEN
        and substitution.kept is not Kept.NOTHING
        and takes_answers(registration.event)
    )


def substitution_after(registration: Registration) -> Substitution | None:
    """Whom a guest named last who has no invitation; None if there was nobody. Two statements."""
    heir = heir_of(registration)
    if heir is None:
        return None
    return Substitution(
        name=heir.full_name or str(message("Your substitute")),
        answer=answer_of(heir),
        kept=kept_by(heir),
    )


def answer_of(heir: Registration) -> SubstituteAnswer:
    """What the substitute of a guest without an invitation said.

    Who had everything deleted has no invitation any more.
    """
    if heir.invitation is None:
        return SubstituteAnswer.COMES if heir.is_live else SubstituteAnswer.LEFT
    return _answer(line_after(heir.invitation) or [heir.invitation])


def _answer(line: Sequence[Invitation]) -> SubstituteAnswer:
    """What the last one said: a substitute who names somebody in turn says neither yes nor no."""
    return _ANSWERS.get(line[-1].state, SubstituteAnswer.OPEN)


def name_behind(follow_up: Invitation) -> str:
    """Who named this person to come instead; nothing for who was invited themselves."""
    original = follow_up.substitute_for
    if original is not None:
        return original.person.full_name
    guest = guest_behind(follow_up)
    return guest.full_name if guest is not None else ""


def substitution_by(invitation: Invitation) -> Substitution | None:
    """The latest substitute of this guest; None if there was none.

    Where the substitute named somebody in turn, whoever is last in that line. Two statements, and
    one for each further member.
    """
    line = line_after(invitation)
    if not line:
        return None
    return Substitution(
        name=line[-1].person.full_name or str(message("Your substitute")),
        answer=_answer(line),
        kept=kept_by(queries.registration_of(line[-1])),
    )
