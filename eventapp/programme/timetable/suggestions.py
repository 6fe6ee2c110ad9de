"""What could be moved where so that a hard conflict is gone and no new one is there. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from eventapp.foundation.message import Message, message
from eventapp.programme.kinds import SessionKind
from eventapp.programme.timetable.checks import Change, Checked, Conflict, Rule, Severity
from eventapp.programme.timetable.conflicts import Key
from eventapp.programme.timetable.entries import Timetable, TimetableRoom, TimetableSession
from eventapp.programme.timetable.places import (
    STEP,
    Occupancy,
    Place,
    beside,
    in_slot,
    is_large_enough,
    place_of,
    put_at,
    reaches,
    roomy,
)

MOST = 5
OF_ONE_KIND = 2
TRIED = 4
"""So many places that look free are looked at closely, before the next kind has its turn."""
NOT_BY_MOVING = frozenset(
    {Rule.END_BEFORE_START, Rule.MODERATOR_MISSING, Rule.DUPLICATE_ASSIGNMENT}
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to move where, in words; two sessions if they change places."""

    moves: tuple[tuple[TimetableSession, Place], ...]
    text: Message

    @property
    def change(self) -> Change:
        """What it would do to the timetable."""
        return Change(tuple(put_at(session, place) for session, place in self.moves))


def suggestions(checked: Checked, conflict: Conflict) -> list[Suggestion]:
    """At most five ways out of a hard conflict, the best first.

    The same time in another room comes first, then another slot, then the nearest time, then two
    sessions that change places; among equals, what leaves fewest soft conflicts. A round leaves its
    slot only where nothing else helps. All of them solve it, and none creates a new hard conflict.
    """
    if conflict.severity is not Severity.HARD or conflict.rule in NOT_BY_MOVING:
        return []
    concerned = [each for each in checked.timetable.sessions if each.key in conflict.sessions]
    concerned.sort(key=lambda session: session.order, reverse=True)
    around = {
        session.key: Occupancy.of(checked.timetable, without=[session.key]) for session in concerned
    }
    found: list[Suggestion] = []
    for kind in (_other_rooms, _other_slots, _other_times, _swaps, _out_of_slots):
        if kind is not _out_of_slots or not found:
            tried = (
                one
                for session in concerned
                for one in islice(kind(around[session.key], session), TRIED)
            )
            found += _best(checked, conflict, tried)
    return found[:MOST]


def _best(checked: Checked, conflict: Conflict, tried: Iterable[Suggestion]) -> list[Suggestion]:
    """The first few that leave no new soft conflict; where there are none, those with the least."""
    good: list[tuple[int, int, Suggestion]] = []
    for number, suggestion in enumerate(tried):
        after = checked.after(suggestion.change)
        if after.hard <= checked.hard - {conflict.identity}:
            good.append((max(len(after.every), len(checked.every) - 1), number, suggestion))
        if sum(each[0] < len(checked.every) for each in good) >= OF_ONE_KIND:
            break
    return [suggestion for _count, _number, suggestion in sorted(good, key=_rank)[:OF_ONE_KIND]]


def _rank(good: tuple[int, int, Suggestion]) -> tuple[int, int]:
    return good[:2]


def _other_rooms(occupancy: Occupancy, session: TimetableSession) -> Iterator[Suggestion]:
    """The same time elsewhere."""
    timetable, here = occupancy.timetable, place_of(session)
    if not session.runs:
        return
    for room in _rooms_for(session, timetable):
        if room.key != session.room and occupancy.is_free(room.key, here.span):
            yield Suggestion(
                ((session, Place(*here.span, room.key, session.slot)),),
                message(
                    "%(session)s to %(room)s, at the same time, %(span)s",
                    session=session.label,
                    room=room.name,
                    span=timetable.span(*here.span),
                ),
            )


def _other_slots(occupancy: Occupancy, session: TimetableSession) -> Iterator[Suggestion]:
    """A talk round in another slot of the same length."""
    timetable = occupancy.timetable
    if session.kind is not SessionKind.TALK_ROUND:
        return
    for slot in sorted(timetable.slots, key=lambda slot: abs(slot.starts_at - session.starts_at)):
        span = slot.starts_at, slot.ends_at
        same_length = span[1] - span[0] == session.ends_at - session.starts_at
        if span[0] == session.starts_at or not same_length:
            continue
        for room in _free_rooms(occupancy, session, span):
            yield Suggestion(
                ((session, in_slot(slot, room.key)),),
                message(
                    "%(session)s into the slot “%(slot)s”, %(span)s, to %(room)s",
                    session=session.label,
                    slot=slot.name,
                    span=timetable.span(*span),
                    room=room.name,
                ),
            )


def _other_times(occupancy: Occupancy, session: TimetableSession) -> Iterator[Suggestion]:
    """The nearest times, for what is not bound to a slot."""
    return _by_steps(occupancy, session) if session.slot is None else iter(())


def _out_of_slots(occupancy: Occupancy, session: TimetableSession) -> Iterator[Suggestion]:
    """The nearest times for a round that leaves its slot."""
    return _by_steps(occupancy, session) if session.slot is not None else iter(())


def _by_steps(occupancy: Occupancy, session: TimetableSession) -> Iterator[Suggestion]:
    """Times in steps of five minutes, in the same room if that is free.

    What did not run beside the plenum so far does not do so afterwards.
    """
    timetable = occupancy.timetable
    length = session.ends_at - session.starts_at
    beside_already = beside(timetable, session, place_of(session).span)
    for start in _steps(timetable, session) if session.runs else ():
        span = start, start + length
        room = next(_free_rooms(occupancy, session, span), None)
        if room is not None and (beside_already or not beside(timetable, session, span)):
            yield Suggestion(
                ((session, Place(*span, room.key)),), _to_time(timetable, session, span, room)
            )


def _to_time(
    timetable: Timetable,
    session: TimetableSession,
    span: tuple[datetime, datetime],
    room: TimetableRoom,
) -> Message:
    common = {"session": session.label, "span": timetable.span(*span), "room": room.name}
    if session.slot is not None:
        return message("%(session)s out of its slot to %(span)s, %(room)s", **common)
    return message("%(session)s to %(span)s, %(room)s", **common)


def _swaps(occupancy: Occupancy, session: TimetableSession) -> Iterator[Suggestion]:
    """Another session of the same kind and length; the two change places."""
    timetable, here = occupancy.timetable, place_of(session)
    length = session.ends_at - session.starts_at
    others = [
        other
        for other in timetable.sessions
        if other.kind is session.kind
        and other.ends_at - other.starts_at == length
        and place_of(other) != here
        and _fits(timetable, session, other.room)
        and _fits(timetable, other, session.room)
    ]
    near = sorted(others, key=lambda other: (abs(other.starts_at - here.starts_at), other.order))
    for other in near if session.runs else ():
        yield Suggestion(
            ((session, place_of(other)), (other, here)),
            message(
                "%(session)s and %(other)s change places: %(session)s to %(span)s",
                session=session.label,
                other=timetable.place(other),
                span=timetable.span(other.starts_at, other.ends_at),
            ),
        )


def _fits(timetable: Timetable, session: TimetableSession, room: Key | None) -> bool:
    return room is None or is_large_enough(timetable.room_of[room], session)


def _rooms_for(session: TimetableSession, timetable: Timetable) -> list[TimetableRoom]:
    """Rooms into which it fits: its own first, then those that fit best."""
    fitting = [
        room
        for room in timetable.rooms
        if is_large_enough(room, session) and reaches(room, session, timetable)
    ]
    return sorted(
        fitting, key=lambda room: (room.key != session.room, roomy(room, session), str(room.key))
    )


def _free_rooms(
    occupancy: Occupancy, session: TimetableSession, span: tuple[datetime, datetime]
) -> Iterator[TimetableRoom]:
    """Rooms that are free at a time at which its people are free as well."""
    if occupancy.takes_place(span) and occupancy.are_free(session, span):
        for room in _rooms_for(session, occupancy.timetable):
            if occupancy.is_free(room.key, span):
                yield room


def _steps(timetable: Timetable, session: TimetableSession) -> list[datetime]:
    """All beginnings within the event, the nearest first and of two the later."""
    event = timetable.event
    first = -(-int(event.opens_at.timestamp()) // 300) * 300
    steps = (event.ends_at - event.opens_at) // STEP
    begin = event.opens_at + timedelta(seconds=first - event.opens_at.timestamp())
    starts = [begin + number * STEP for number in range(steps + 1)]
    return sorted(
        (start for start in starts if start != session.starts_at),
        key=lambda start: (abs(start - session.starts_at), start < session.starts_at),
    )
