"""What a change of the day would mean: differences, and what would collide. No queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

from eventapp.foundation.errors import NotFound
from eventapp.programme.checking import session_at, timetable_of, timetable_session
from eventapp.programme.comparing import SessionDifference, ShownPerson, ShownSession, compare
from eventapp.programme.day_of.wishes import Names, Wish, wished
from eventapp.programme.kinds import Role
from eventapp.programme.models import Session
from eventapp.programme.queries import Programme
from eventapp.programme.release_queries import Kept
from eventapp.programme.states import OUT, Appearance, ContributorState
from eventapp.programme.timetable.checks import (
    Assignment,
    Checked,
    Conflict,
    Rule,
    Severity,
    Timetable,
    TimetableSession,
)
from eventapp.programme.timetable.places import Place

KNOWINGLY = frozenset(
    {
        Rule.OUTSIDE_EVENT,
        Rule.CAPACITY_EXCEEDS_ROOM,
        Rule.MODERATOR_MISSING,
        Rule.ROOM_INACCESSIBLE,
        Rule.SPEAKER_UNAVAILABLE,
    }
)
"""What on the day may be the lesser evil; nobody and nothing is ever in two places."""


@dataclass(frozen=True)
class Day:
    """The programme as it stands: what colleagues work on, and what everybody sees."""

    programme: Programme
    released: Kept

    @cached_property
    def rows(self) -> dict[int, Session]:
        """The drafts by their number."""
        return {session.id: session for session in self.programme.sessions}

    @property
    def on(self) -> list[ShownSession]:
        """What takes place for everybody to see, by time."""
        shown = [each for each in self.released.sessions.values() if _takes_place(each)]
        return sorted(shown, key=lambda one: (one.starts_at, len(one.key), one.key))

    @cached_property
    def names(self) -> Names:
        """What rooms and people are called."""
        people = {one.id: one for one in self.programme.contributors}

        def person(number: int, role: Role) -> ShownPerson:
            one = people[number]
            return ShownPerson(one.id, one.full_name, role, one.organisation_name, one.position)

        return Names({room.id: room.name for room in self.programme.rooms}, person)


@dataclass(frozen=True)
class Plan:
    """A change of the day before it is made. `impossible` and `risky` are hard conflicts that would
    be new, `hints` soft ones; `marks` tell what somebody has seen of it."""

    wish: Wish
    differences: list[SessionDifference]
    impossible: list[Conflict]
    risky: list[Conflict]
    hints: list[Conflict]
    marks: str

    @property
    def sessions(self) -> dict[int, ShownSession]:
        """What everybody would see."""
        return {each.session_id: each.shown for each in self.differences}


def plan_of(day: Day, wish: Wish) -> Plan:
    """What a wish would change, and what would collide then. Raises NotFound for strange ones."""
    try:
        after = wished(day.released.sessions, wish, day.names)
    except KeyError as problem:
        raise NotFound from problem
    if any(number not in day.rows for number in after):
        raise NotFound
    known = {number: day.released.sessions[number] for number in after}
    differences = compare(known, after)
    new = _new_conflicts(day, after)
    hard = [one for one in new if one.severity is Severity.HARD]
    return Plan(
        wish,
        differences,
        impossible=[one for one in hard if one.rule not in KNOWINGLY],
        risky=[one for one in hard if one.rule in KNOWINGLY],
        hints=[one for one in new if one.severity is Severity.SOFT],
        marks=_marks(day, differences),
    )


def _marks(day: Day, differences: Iterable[SessionDifference]) -> str:
    """Also of the drafts, parts of which the change overwrites."""
    seen = [(each, day.rows[each.session_id].version) for each in differences]
    return blake2b(repr(seen).encode(), digest_size=8).hexdigest()


def _new_conflicts(day: Day, after: Mapping[int, ShownSession]) -> list[Conflict]:
    base = timetable_of(day.programme)
    now = _as_released(day, base, day.released.sessions)
    then = _as_released(day, base, {**day.released.sessions, **after})
    before = Checked.of(now)
    known = {_name(one) for one in before.conflicts}
    return [one for one in Checked.of(then).conflicts if _name(one) not in known]


def _name(conflict: Conflict) -> object:
    hard = conflict.severity is Severity.HARD
    return conflict.identity if hard else conflict.fingerprint


def _as_released(day: Day, base: Timetable, shown: Mapping[int, ShownSession]) -> Timetable:
    """What takes place for everybody, and what colleagues do meanwhile."""
    public = [
        _placed(day.rows[number], each)
        for number, each in shown.items()
        if number in day.rows and _takes_place(each)
    ]
    inside = [timetable_session(each) for each in day.programme.planned if each.internal]
    return replace(base, sessions=[*public, *inside])


def _takes_place(shown: ShownSession) -> bool:
    return shown.appearance is Appearance.TAKES_PLACE


def _placed(session: Session, shown: ShownSession) -> TimetableSession:
    """With those who are named there, and those of the draft who never are: the minutes."""
    place = Place(shown.starts_at, shown.ends_at, shown.room_id, shown.slot_id)
    sure = ContributorState.AGREED
    states = {(one.contributor_id, one.role): one.state for one in session.contributions}
    named = [
        Assignment(
            one.contributor_id, one.role, _there(states.get((one.contributor_id, one.role), sure))
        )
        for one in shown.people
    ]
    minutes = [
        Assignment(one.contributor_id, one.role, one.state)
        for one in session.contributions
        if one.role is Role.PROTOCOL
    ]
    return replace(
        session_at(session, place),
        capacity=shown.capacity,
        assignments=(*named, *minutes),
    )


def _there(state: ContributorState) -> ContributorState:
    """Who is named is there, whatever the draft says by now of others."""
    return ContributorState.AGREED if state in OUT else state
