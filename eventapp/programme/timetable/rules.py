"""Rules about sessions and their rooms: one function a rule."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from eventapp.foundation.message import Message, message, plural_message
from eventapp.programme.kinds import MODERATING
from eventapp.programme.timetable.conflicts import Conflict, Key, Rule, Severity
from eventapp.programme.timetable.entries import (
    Timetable,
    TimetablePerson,
    TimetableRoom,
    TimetableSession,
)


def overlapping(
    sessions: Iterable[TimetableSession],
) -> Iterator[tuple[TimetableSession, TimetableSession]]:
    """Pairs that run at the same time, each once and earlier first.

    A sweep: each session is held against those still running, not against all.
    """
    running: list[TimetableSession] = []
    for session in sorted((each for each in sessions if each.runs), key=lambda each: each.order):
        running = [earlier for earlier in running if earlier.ends_at > session.starts_at]
        for earlier in running:
            yield earlier, session
        running.append(session)


def common_span(first: TimetableSession, second: TimetableSession) -> tuple[datetime, datetime]:
    """From when to when two overlapping sessions run together."""
    return max(first.starts_at, second.starts_at), min(first.ends_at, second.ends_at)


def end_before_start(timetable: Timetable) -> Iterator[Conflict]:
    """A session ends after it begins."""
    for session in timetable.sessions:
        if not session.runs:
            yield Conflict(
                Rule.END_BEFORE_START,
                Severity.HARD,
                message(
                    "%(session)s begins at %(start)s and ends at %(end)s: the end must come later.",
                    session=timetable.place(session),
                    start=timetable.wall(session.starts_at),
                    end=timetable.wall(session.ends_at),
                ),
                message("ends before it begins"),
                sessions=(session.key,),
                at=session.starts_at,
            )


def outside_event(timetable: Timetable) -> Iterator[Conflict]:
    """A session lies between the opening of the doors and the end of the event."""
    opens_at, ends_at = timetable.event.opens_at, timetable.event.ends_at
    for session in timetable.sessions:
        if session.starts_at < opens_at:
            early = message(
                "%(session)s begins at %(time)s, but the event opens at %(limit)s.",
                session=timetable.place(session),
                time=timetable.wall(session.starts_at),
                limit=timetable.wall(opens_at),
            )
            yield _outside(session, early)
        if session.ends_at > ends_at:
            late = message(
                "%(session)s ends at %(time)s, but the event ends at %(limit)s.",
                session=timetable.place(session),
                time=timetable.wall(session.ends_at),
                limit=timetable.wall(ends_at),
            )
            yield _outside(session, late)


def _outside(session: TimetableSession, text: Message) -> Conflict:
    return Conflict(
        Rule.OUTSIDE_EVENT,
        Severity.HARD,
        text,
        message("outside the event"),
        sessions=(session.key,),
        at=session.starts_at,
    )


def by_room(timetable: Timetable) -> dict[Key, list[TimetableSession]]:
    """The sessions of each room that is used, in the order of the timetable."""
    used: dict[Key, list[TimetableSession]] = {}
    for session in timetable.sessions:
        if session.room is not None:
            used.setdefault(session.room, []).append(session)
    return used


def room_overlap(timetable: Timetable) -> Iterator[Conflict]:
    """One session at a time in one room."""
    for key, sessions in by_room(timetable).items():
        for first, second in overlapping(sessions):
            yield Conflict(
                Rule.ROOM_OVERLAP,
                Severity.HARD,
                message(
                    "%(room)s is booked twice at %(span)s: %(first)s and %(second)s.",
                    room=timetable.room_of[key].name,
                    span=timetable.span(*common_span(first, second)),
                    first=first.label,
                    second=second.label,
                ),
                message("room booked twice"),
                sessions=(first.key, second.key),
                rooms=(key,),
                at=second.starts_at,
            )


def moderator_missing(timetable: Timetable) -> Iterator[Conflict]:
    """A talk round or a panel has at least one moderator who has agreed."""
    for session in timetable.sessions:
        if session.kind not in timetable.settings.moderated_kinds:
            continue
        parts = [each for each in timetable.parts(session) if each[1].role in MODERATING]
        if any(part.agreed for _person, part in parts):
            continue
        asked = [person for person, _part in parts]
        yield Conflict(
            Rule.MODERATOR_MISSING,
            Severity.HARD,
            _nobody_moderates(timetable, session, asked),
            message("no moderator"),
            sessions=(session.key,),
            persons=tuple(person.key for person in asked),
            at=session.starts_at,
        )


def _nobody_moderates(
    timetable: Timetable, session: TimetableSession, asked: list[TimetablePerson]
) -> Message:
    common = {
        "session": timetable.place(session),
        "span": timetable.span(session.starts_at, session.ends_at),
    }
    if not asked:
        return message("%(session)s, %(span)s, has no moderator.", **common)
    return message(
        "%(session)s, %(span)s, has no moderator who has agreed; entered: %(persons)s.",
        persons=", ".join(person.name for person in asked),
        **common,
    )


def capacity_exceeds_room(timetable: Timetable) -> Iterator[Conflict]:
    """No session has more places than its room."""
    for session in timetable.sessions:
        room = None if session.room is None else timetable.room_of[session.room]
        if room is None or room.capacity is None or (session.capacity or 0) <= room.capacity:
            continue
        yield _too_many_places(timetable, session, room)


def _too_many_places(
    timetable: Timetable, session: TimetableSession, room: TimetableRoom
) -> Conflict:
    return Conflict(
        Rule.CAPACITY_EXCEEDS_ROOM,
        Severity.HARD,
        message(
            "%(session)s, %(span)s, has %(places)s places, but %(room)s holds %(limit)s.",
            session=session.label,
            span=timetable.span(session.starts_at, session.ends_at),
            places=session.capacity,
            room=room.name,
            limit=room.capacity,
        ),
        message("more places than the room"),
        sessions=(session.key,),
        rooms=(room.key,),
        at=session.starts_at,
    )


def setup_too_short(timetable: Timetable) -> Iterator[Conflict]:
    """Between two sessions of a room there is time to set it up, where the event asks for some."""
    minimum = timedelta(minutes=timetable.settings.setup_minutes)
    for key, sessions in by_room(timetable).items() if minimum else ():
        lasting = sorted((each for each in sessions if each.runs), key=lambda each: each.order)
        for number, first in enumerate(lasting):
            for second in lasting[number + 1 :]:
                if second.starts_at >= first.ends_at + minimum:
                    break
                if second.starts_at >= first.ends_at:
                    yield _no_time_to_set_up(timetable, key, (first, second))


def _no_time_to_set_up(
    timetable: Timetable, room: Key, sessions: tuple[TimetableSession, TimetableSession]
) -> Conflict:
    first, second = sessions
    return Conflict(
        Rule.SETUP_TOO_SHORT,
        Severity.SOFT,
        plural_message(
            "Between %(first)s and %(second)s there is %(count)s minute to set up %(room)s, from "
            "%(time)s on; it should be %(minimum)s.",
            "Between %(first)s and %(second)s there are %(count)s minutes to set up %(room)s, from "
            "%(time)s on; it should be %(minimum)s.",
            (second.starts_at - first.ends_at) // timedelta(minutes=1),
            first=first.label,
            second=second.label,
            room=timetable.room_of[room].name,
            time=timetable.wall(first.ends_at),
            minimum=timetable.settings.setup_minutes,
        ),
        message("little time to set up"),
        sessions=(first.key, second.key),
        rooms=(room,),
        at=first.ends_at,
        facts=(first.ends_at, second.starts_at),
    )


SESSION_RULES = (end_before_start, outside_event, moderator_missing, capacity_exceeds_room)
ROOM_RULES = (room_overlap, setup_too_short)
