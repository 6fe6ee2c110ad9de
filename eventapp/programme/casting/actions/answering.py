"""What people answer when they are asked, and what becomes of a promise.

Called by organisers who note it, and by the person's own page.
"""

from collections.abc import Mapping

from eventapp.accounts.audit import Actor
from eventapp.foundation.database import lock, transaction
from eventapp.foundation.text import clean
from eventapp.programme.actions.revision import note, touch_session
from eventapp.programme.casting.errors import ReasonMissing
from eventapp.programme.models import Contribution
from eventapp.programme.states import NAMED_IN_PUBLIC, ContributorState

LONGEST_REASON = 500


def note_asked(contribution: Contribution, *, by: Actor) -> None:
    """The person was asked in another way than by our mail. Raises NotNow where no arrow leads."""
    _move(contribution, ContributorState.ASKED, by=by)


def agree(contribution: Contribution, *, by: Actor) -> None:
    """The person will come; from now on the name may be public. Twice is as good as once.

    Raises NotNow for who has declined or dropped out: they are asked again first.
    """
    if contribution.state is not ContributorState.CONFIRMED:
        _move(contribution, ContributorState.AGREED, by=by)


def confirm(contribution: Contribution, *, by: Actor) -> None:
    """All that was needed of the person is there. Raises NotNow where no arrow leads."""
    _move(contribution, ContributorState.CONFIRMED, by=by)


def decline(contribution: Contribution, reason: str, *, by: Actor) -> None:
    """The person will not come: declines the request, or drops out after a promise.

    Raises ReasonMissing without a reason, NotNow for who was never asked or has dropped out.
    """
    reason = clean(reason, multiline=True)[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing
    with transaction():
        _lock(contribution)
        promised = contribution.state in NAMED_IN_PUBLIC
        state = ContributorState.DROPPED_OUT if promised else ContributorState.DECLINED
        _move(contribution, state, by=by, reason=reason)


def _lock(contribution: Contribution) -> None:
    lock(contribution.session.event)
    lock(contribution.session)
    lock(contribution)


def _move(
    contribution: Contribution, state: ContributorState, *, by: Actor, reason: str = ""
) -> None:
    session = contribution.session
    with transaction():
        _lock(contribution)
        before = contribution.state
        if state is before:
            return
        contribution.move_to(state)
        different: Mapping[str, tuple[object, object]] = {"state": (before, state)}
        if reason:
            contribution.reason = reason
            different = {**different, "reason": ("", reason)}
        touch_session(session)
        note(by, "contribution.changed", contribution, session.event, different=different)
