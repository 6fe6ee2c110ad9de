"""A hint that needs to know what guests wish for. The wishes are handed in by the slice with them.

    conflicts(timetable, more=[wished_by_the_same(wishes)])

It tells how many wish for both, never who.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eventapp.foundation.message import message
from eventapp.programme.kinds import SessionKind
from eventapp.programme.timetable.checks import Check
from eventapp.programme.timetable.conflicts import Conflict, Key, Rule, Severity
from eventapp.programme.timetable.entries import Timetable, TimetableSession
from eventapp.programme.timetable.rules import common_span, overlapping

MANY = 5
"""With fewer guests who want both, another order would only move the trouble to others."""


@dataclass(frozen=True, slots=True)
class FirstWish:
    """A guest's first wish in some slot; `guest` is whatever the caller identifies guests by."""

    guest: Key
    session: Key


def wished_by_the_same(wishes: Iterable[FirstWish], *, many: int = MANY) -> Check:
    """The hint that two talk rounds at the same time are first wishes of the same guests. Soft.

    A topic that is offered once more can be heard then, and is left in peace.
    """
    guests: dict[Key, set[Key]] = {}
    for wish in wishes:
        guests.setdefault(wish.session, set()).add(wish.guest)

    def check(timetable: Timetable) -> Iterator[Conflict]:
        rounds = [each for each in timetable.sessions if each.kind is SessionKind.TALK_ROUND]
        offers = Counter(session.content for session in rounds)
        wished = [one for one in rounds if one.key in guests and offers[one.content] == 1]
        for first, second in overlapping(wished):
            both = len(guests[first.key] & guests[second.key])
            if both >= many:
                yield _rivals(timetable, first, second, both)

    return check


def _rivals(
    timetable: Timetable, first: TimetableSession, second: TimetableSession, guests: int
) -> Conflict:
    """Which guests these are may change from day to day; what somebody noted of it stays noted."""
    return Conflict(
        Rule.SHARED_FIRST_WISHES,
        Severity.SOFT,
        message(
            "%(first)s and %(second)s run at the same time, %(span)s, and share %(guests)s first "
            "wishes.",
            first=timetable.place(first),
            second=timetable.place(second),
            span=timetable.span(*common_span(first, second)),
            guests=guests,
        ),
        message("shared first wishes: %(guests)s", guests=guests),
        sessions=(first.key, second.key),
        at=second.starts_at,
    )
