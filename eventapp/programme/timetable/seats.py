"""Rules that need to know where guests sit. The seats are handed in by the slices that have them.

    conflicts(timetable, more=[rooms_are_accessible(seats), attends_while_contributing(seats)])

Of a guest no more is said than needed: how many need a way without steps, never who.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from eventapp.foundation.message import message, plural_message
from eventapp.programme.timetable.checks import Check
from eventapp.programme.timetable.conflicts import Conflict, Key, Rule, Severity
from eventapp.programme.timetable.entries import Timetable, TimetablePerson, TimetableSession
from eventapp.programme.timetable.rules import common_span, overlapping


@dataclass(frozen=True, slots=True)
class Seat:
    """A guest's place in a session; `person` is the contributor who this guest is as well, if any.

    `guest` is whatever the caller identifies guests by, `name` what they are called.
    """

    guest: Key
    name: str
    session: Key
    person: Key | None = None
    needs_step_free: bool = False


def rooms_are_accessible(seats: Iterable[Seat]) -> Check:
    """The rule that no guest who needs a way without steps sits where only stairs lead. Hard."""
    needing: dict[Key, set[Key]] = {}
    for seat in seats:
        if seat.needs_step_free:
            needing.setdefault(seat.session, set()).add(seat.guest)

    def check(timetable: Timetable) -> Iterator[Conflict]:
        for session in timetable.sessions if needing else ():
            room = None if session.room is None else timetable.room_of[session.room]
            if room is not None and not room.step_free and session.key in needing:
                yield Conflict(
                    Rule.ROOM_INACCESSIBLE,
                    Severity.HARD,
                    plural_message(
                        "%(count)s guest in %(session)s, %(span)s, needs a way without steps, "
                        "but only stairs lead to %(room)s.",
                        "%(count)s guests in %(session)s, %(span)s, need a way without steps, "
                        "but only stairs lead to %(room)s.",
                        len(needing[session.key]),
                        session=session.label,
                        span=timetable.span(session.starts_at, session.ends_at),
                        room=room.name,
                    ),
                    message("guests who cannot take the stairs"),
                    sessions=(session.key,),
                    rooms=(room.key,),
                    at=session.starts_at,
                )

    return check


def attends_while_contributing(seats: Iterable[Seat]) -> Check:
    """The rule that nobody sits in one session as a guest and is needed in another. Hard."""
    seated: dict[Key, set[Key]] = {}
    for seat in seats:
        if seat.person is not None:
            seated.setdefault(seat.person, set()).add(seat.session)

    def check(timetable: Timetable) -> Iterator[Conflict]:
        session_of = {session.key: session for session in timetable.sessions} if seated else {}
        for person, agenda in timetable.agendas if seated else ():
            own = {session.key for session in agenda}
            sits = [session_of[key] for key in seated.get(person.key, ()) if key in session_of]
            for first, second in overlapping({one.key: one for one in [*agenda, *sits]}.values()):
                if (first.key in own) != (second.key in own):
                    listens, needed = (second, first) if first.key in own else (first, second)
                    yield _guest_and_needed(timetable, person, listens, needed)

    return check


def _guest_and_needed(
    timetable: Timetable,
    person: TimetablePerson,
    listens: TimetableSession,
    needed: TimetableSession,
) -> Conflict:
    return Conflict(
        Rule.GUEST_OVERLAP,
        Severity.HARD,
        message(
            "At %(span)s, %(person)s has a place as a guest in %(listens)s but contributes to "
            "%(needed)s.",
            span=timetable.span(*common_span(listens, needed)),
            person=person.name,
            listens=timetable.place(listens),
            needed=timetable.place(needed),
        ),
        message("guest and needed elsewhere: %(name)s", name=person.last_name),
        sessions=(listens.key, needed.key),
        persons=(person.key,),
        at=max(listens.starts_at, needed.starts_at),
    )


def hears_twice(seats: Iterable[Seat]) -> Check:
    """The rule that nobody sits in a session and in its repetition, or contributes to one. Soft.

    Who gives the same input twice does so on purpose; who is to listen to it twice does not.
    """
    seats_in: dict[Key, list[Seat]] = {}
    for seat in seats:
        seats_in.setdefault(seat.session, []).append(seat)

    def check(timetable: Timetable) -> Iterator[Conflict]:
        for sessions in _offered_twice(timetable) if seats_in else ():
            guests = {seat.guest: seat for one in sessions for seat in seats_in.get(one.key, ())}
            for seat in guests.values():
                met = [one for one in sessions if _sits(seat, seats_in.get(one.key, ()))]
                parts = [one for one in sessions if one not in met and _contributes(seat, one)]
                for first, second in combinations([*met, *parts], 2):
                    if first in met:  # the pairs of two parts are none of a listener's
                        yield _the_same_again(timetable, seat, first, second)

    return check


def _offered_twice(timetable: Timetable) -> list[list[TimetableSession]]:
    """The sessions of each content that is offered more than once."""
    offers: dict[Key, list[TimetableSession]] = {}
    for session in timetable.sessions:
        offers.setdefault(session.content, []).append(session)
    return [sessions for sessions in offers.values() if len(sessions) > 1]


def _sits(guest: Seat, seats: Iterable[Seat]) -> bool:
    return any(seat.guest == guest.guest for seat in seats)


def _contributes(guest: Seat, session: TimetableSession) -> bool:
    return guest.person is not None and any(
        part.person == guest.person and part.counts for part in session.assignments
    )


def _the_same_again(
    timetable: Timetable, seat: Seat, one: TimetableSession, other: TimetableSession
) -> Conflict:
    first, second = sorted((one, other), key=lambda session: session.order)
    return Conflict(
        Rule.SAME_CONTENT_TWICE,
        Severity.SOFT,
        message(
            "%(person)s meets the same content twice: in %(first)s at %(first_span)s and in "
            "%(second)s at %(second_span)s.",
            person=seat.name,
            first=timetable.place(first),
            first_span=timetable.span(first.starts_at, first.ends_at),
            second=timetable.place(second),
            second_span=timetable.span(second.starts_at, second.ends_at),
        ),
        message("the same content twice"),
        sessions=(first.key, second.key),
        at=second.starts_at,
        facts=(str(seat.guest),),
    )
