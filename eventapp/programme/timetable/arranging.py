"""Finds slots and rooms for talk rounds that have no time yet, without hard conflicts. Pure.

A search that goes back where it gets stuck: the rounds with the fewest places first, and for each
the places that cost least first. It stops after a fixed number of steps, so that nobody waits; the
same programme always gives the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from eventapp.foundation.message import Message, message
from eventapp.programme.timetable.checks import Change, Checked, hard_conflicts
from eventapp.programme.timetable.conflicts import Conflict, Key
from eventapp.programme.timetable.entries import Timetable, TimetableSession, TimetableSlot
from eventapp.programme.timetable.places import (
    Occupancy,
    Place,
    in_slot,
    is_large_enough,
    people_of,
    put_at,
    reaches,
    roomy,
)

MOST_STEPS = 50_000
MOST_ROUNDS = 150
"""More than that are arranged in several goes."""
SOFT = 1000
"""A soft conflict costs more than any number of empty seats."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A round without a time. `session` stands at no time that counts; room and slot do, if given.

    It has been decided already that it is to be in them.
    """

    session: TimetableSession

    def place_in(self, slot: TimetableSlot, room: Key) -> Place | None:
        """That slot and room, unless something else has been decided."""
        wanted = self.session.slot in {None, slot.key} and self.session.room in {None, room}
        return in_slot(slot, room) if wanted else None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What would be placed where, in the order of the programme, and what not and why."""

    placed: tuple[tuple[TimetableSession, Place], ...]
    left: tuple[tuple[TimetableSession, Message], ...]

    @property
    def change(self) -> Change:
        """What it would do to the timetable."""
        return Change(tuple(put_at(session, place) for session, place in self.placed))


@dataclass(slots=True)
class _Search:
    """Where the search stands, and the best it has found: most rounds, then least cost."""

    rounds: Sequence[tuple[TimetableSession, Sequence[tuple[int, Place]]]]
    occupancy: Occupancy
    steps: int = 0
    now: list[tuple[TimetableSession, Place]] = field(default_factory=list)
    best: list[tuple[TimetableSession, Place]] = field(default_factory=list)
    best_cost: int = 0

    def run(self, number: int = 0, cost: int = 0) -> None:
        """Place the rounds from this one on in every way that may still be better."""
        if self._is_better(len(self.now), cost):
            self.best, self.best_cost = list(self.now), cost
        most = len(self.now) + len(self.rounds) - number
        if self.steps > MOST_STEPS or not self._is_better(most, cost):
            return
        session, places = self.rounds[number]
        for price, place in places:
            self.steps += 1
            if self._is_free(session, place):
                self._try(number, put_at(session, place), place, cost + price)
        self.run(number + 1, cost)  # without this one

    def _is_better(self, placed: int, cost: int) -> bool:
        return (-placed, cost) < (-len(self.best), self.best_cost)

    def _is_free(self, session: TimetableSession, place: Place) -> bool:
        return (
            place.room is not None
            and self.occupancy.is_free(place.room, place.span)
            and self.occupancy.are_free(session, place.span)
        )

    def _try(self, number: int, session: TimetableSession, place: Place, cost: int) -> None:
        hurry = SOFT * self.occupancy.hurried(session)
        self.occupancy.add(session)
        self.now.append((self.rounds[number][0], place))
        self.run(number + 1, cost + hurry)
        self.now.pop()
        self.occupancy.remove(session)


def arrange(checked: Checked, waiting: Sequence[Waiting]) -> Arrangement:
    """Slots and rooms for as many of the rounds as possible, with few soft conflicts.

    No hard conflict comes of it: what has one wherever it stands (no moderator) is left out.
    """
    timetable, occupancy = checked.timetable, Occupancy.of(checked.timetable)
    ordered = sorted(waiting, key=lambda each: str(each.session.key))
    own = {each.session.key: _own_conflict(timetable, each) for each in ordered}
    able = [each for each in ordered if own[each.session.key] is None][:MOST_ROUNDS]
    rounds = [(each.session, _places(occupancy, each)) for each in able]
    rounds.sort(key=lambda each: (len(each[1]), -(each[0].capacity or 0), str(each[0].key)))
    search = _Search([each for each in rounds if each[1]], occupancy)
    search.run()
    placed = _without_harm(checked, search.best)
    after = Occupancy.of(checked.after(Change(tuple(put_at(*each) for each in placed))).timetable)
    done = {session.key for session, _place in placed}
    return Arrangement(
        tuple(sorted(placed, key=lambda each: (each[1].starts_at, str(each[0].label)))),
        tuple(
            (each.session, _reason(own[each.session.key], after, each))
            for each in ordered
            if each.session.key not in done
        ),
    )


def _own_conflict(timetable: Timetable, waiting: Waiting) -> Conflict | None:
    """What is wrong with a round in itself, wherever it stands."""
    slots = [slot for slot in timetable.slots if slot.starts_at < slot.ends_at]
    if not slots:
        return None
    frame = replace(timetable.event, opens_at=slots[0].starts_at, ends_at=slots[0].ends_at)
    alone = put_at(waiting.session, in_slot(slots[0], None))
    people = [replace(each, availability_fixed=False) for each in timetable.persons]
    small = replace(timetable, event=frame, sessions=[alone], persons=people)
    return next(iter(hard_conflicts(Checked.of(small).conflicts)), None)


def _places(occupancy: Occupancy, waiting: Waiting) -> list[tuple[int, Place]]:
    """Where a round could be if it were the only one to be placed; the cheapest first."""
    timetable, session = occupancy.timetable, waiting.session
    rooms = [
        room
        for room in timetable.rooms
        if is_large_enough(room, session) and reaches(room, session, timetable)
    ]
    found: list[tuple[int, int, datetime, str, Place]] = []
    for slot in timetable.slots:
        span = slot.starts_at, slot.ends_at
        if not occupancy.takes_place(span) or not occupancy.are_free(session, span):
            continue
        away = sum(not timetable.person_of[key].is_there(*span) for key in people_of(session))
        for rank, room in enumerate(sorted(rooms, key=lambda room: roomy(room, session))):
            place = waiting.place_in(slot, room.key)
            if place is not None and occupancy.is_free(room.key, span):
                found.append((SOFT * away + rank, rank, slot.starts_at, str(room.key), place))
    return [(each[0], each[-1]) for each in sorted(found, key=lambda each: each[:-1])]


def _without_harm(
    checked: Checked, placed: list[tuple[TimetableSession, Place]]
) -> list[tuple[TimetableSession, Place]]:
    """Only what leaves every rule satisfied, also those handed in from above."""
    kept: list[tuple[TimetableSession, Place]] = []
    for session, place in placed:
        after = checked.after(Change((put_at(session, place),)))
        if after.hard <= checked.hard:
            kept.append((session, place))
            checked = after
    return kept


def _reason(own: Conflict | None, occupancy: Occupancy, waiting: Waiting) -> Message:
    """Why a round has not been placed, after all others have."""
    timetable, session = occupancy.timetable, waiting.session
    if not timetable.slots:
        return message("There is no slot yet.")
    if own is not None:
        return own.marker
    fitting = [room for room in timetable.rooms if is_large_enough(room, session)]
    if not fitting:
        return message("No room has %(places)s places.", places=session.capacity)
    if not any(reaches(room, session, timetable) for room in fitting):
        return message("Only stairs lead to the rooms that are large enough.")
    spans = [(slot.starts_at, slot.ends_at) for slot in timetable.slots]
    if not any(occupancy.are_free(session, span) for span in spans):
        return _busy(occupancy, session, spans)
    return message("In the slots in which its people are free, no room is.")


def _busy(
    occupancy: Occupancy, session: TimetableSession, spans: list[tuple[datetime, datetime]]
) -> Message:
    """Who cannot be there in any slot; all of them together if each could alone."""
    for key in people_of(session):
        if not any(occupancy.can_be_there(key, span) for span in spans):
            person = occupancy.timetable.person_of[key]
            return message("%(person)s is not free in any slot.", person=person.name)
    return message("In every slot somebody of its people is needed elsewhere.")
