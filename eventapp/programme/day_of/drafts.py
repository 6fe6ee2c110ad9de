"""Writing a change of the day into the drafts, and back: what it touches and nothing else."""

from collections.abc import Mapping
from datetime import datetime
from functools import singledispatch
from typing import Any

from eventapp.programme.comparing import ShownSession
from eventapp.programme.day_of.wishes import AtTime, Drop, Replace, Swap, ToRoom
from eventapp.programme.kinds import Role
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.states import OUT, ContributorState, SessionState

Kept = dict[str, Any]
People = Mapping[int, Contributor]


def remembered(session: Session) -> Kept:
    """All that a change of the day may touch, so that it can be put back."""
    return {
        "id": session.id,
        "state": session.state.value,
        "room_id": session.room_id,
        "starts_at": _written(session.starts_at),
        "ends_at": _written(session.ends_at),
        "people": [[one.contributor_id, one.role, one.state] for one in session.contributions],
    }


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@singledispatch
def write(wish: object, _session: Session, _shown: ShownSession, _people: People) -> None:
    """Let the draft of a session say what everybody sees from now on."""
    raise TypeError(f"{wish} is no change of the day")


@write.register(ToRoom)
@write.register(Swap)
def _room(_wish: ToRoom | Swap, session: Session, shown: ShownSession, _people: People) -> None:
    session.room_id = shown.room_id


@write.register
def _time(_wish: AtTime, session: Session, shown: ShownSession, _people: People) -> None:
    session.starts_at, session.ends_at = shown.starts_at, shown.ends_at


@write.register
def _drop(_wish: Drop, session: Session, _shown: ShownSession, _people: People) -> None:
    if session.state is not SessionState.CANCELLED:
        session.move_to(SessionState.CANCELLED)


@write.register
def _replace(wish: Replace, session: Session, _shown: ShownSession, people: People) -> None:
    cast = list(session.contributions)
    coming = _found(cast, wish.coming_id, wish.role)
    if coming is None:
        coming = Contribution(contributor=people[wish.coming_id], role=wish.role)
    else:
        cast.remove(coming)
    if coming.state in OUT or not coming.named_in_public:
        coming.state = ContributorState.AGREED  # they stand in the room: no arrow is asked
    leaving = _found(cast, wish.leaving_id, wish.role)
    place = cast.index(leaving) + 1 if leaving else len(cast)
    if leaving is not None and leaving.state not in OUT:
        leaving.state = ContributorState.DROPPED_OUT
    cast.insert(place, coming)
    _in_order(session, cast)


def _found(cast: list[Contribution], contributor_id: int, role: Role) -> Contribution | None:
    return next(
        (one for one in cast if (one.contributor_id, one.role) == (contributor_id, role)), None
    )


def _in_order(session: Session, cast: list[Contribution]) -> None:
    for position, one in enumerate(cast):
        one.position = position
    session.contributions = cast


def put_back(session: Session, kept: Kept, people: People) -> None:
    """The draft is as it was remembered. No arrow leads there: this is a step less, no step."""
    session.state = SessionState(kept["state"])
    session.room_id = kept["room_id"]
    for name in ("starts_at", "ends_at"):
        setattr(session, name, datetime.fromisoformat(kept[name]) if kept[name] else None)
    known = {(one.contributor_id, one.role): one for one in session.contributions}
    cast = []
    for number, role, state in kept["people"]:
        if number not in people:
            continue
        one = known.get((number, Role(role))) or Contribution(
            contributor=people[number], role=Role(role)
        )
        one.state = ContributorState(state)
        cast.append(one)
    _in_order(session, cast)
