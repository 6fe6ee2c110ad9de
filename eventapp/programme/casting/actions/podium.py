"""In which order people stand or sit."""

from collections.abc import Sequence

from eventapp.accounts.audit import Actor
from eventapp.foundation.database import lock, transaction
from eventapp.programme.actions.revision import note, touch_session
from eventapp.programme.casting.actions.placing import renumber, step
from eventapp.programme.casting.errors import OthersByNow
from eventapp.programme.casting.states import Direction
from eventapp.programme.models import Contribution, Session
from eventapp.programme.states import OUT


def move_on_podium(contribution: Contribution, direction: Direction, *, by: Actor) -> None:
    """Change places with whoever is next; the first and the last have nobody beside them."""
    session = contribution.session
    with transaction():
        lock(session.event)
        lock(session)
        there = _there(session)
        if contribution in there and step(there, there.index(contribution), direction):
            _store(session, there, by=by)


def arrange_podium(session: Session, order: Sequence[int], *, by: Actor) -> None:
    """Everybody in this order, by numbers of contributions. Raises OthersByNow if somebody came
    or left in the meantime."""
    with transaction():
        lock(session.event)
        lock(session)
        there = {one.id: one for one in _there(session)}
        if sorted(there) != sorted(order):
            raise OthersByNow
        if list(there) != list(order):
            _store(session, [there[number] for number in order], by=by)


def _there(session: Session) -> list[Contribution]:
    return [one for one in session.contributions if one.state not in OUT]


def _store(session: Session, order: Sequence[Contribution], *, by: Actor) -> None:
    """Those who will not come keep their places between the others."""
    before = [one.contributor.name for one in _there(session)]
    coming = iter(order)
    session.contributions[:] = [
        one if one.state in OUT else next(coming) for one in list(session.contributions)
    ]
    renumber(session.contributions)
    touch_session(session)
    names = [one.contributor.name for one in order]
    different = {"podium": (", ".join(before), ", ".join(names))}
    note(by, "podium.arranged", session, session.event, different=different)
