"""Rules about who does what: minutes, several voices, ways without steps, nobody in every slot."""

from collections.abc import Iterator
from itertools import combinations

from eventapp.foundation.message import Message, message
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.timetable.conflicts import Conflict, Key, Rule, Severity
from eventapp.programme.timetable.entries import Timetable, TimetablePerson, TimetableSession

FEWEST_SLOTS = 3
"""Who is needed in both of two slots has an ordinary day."""


def protocol_missing(timetable: Timetable) -> Iterator[Conflict]:
    """Somebody takes the minutes of a talk round."""
    for session in timetable.sessions:
        if session.kind is SessionKind.TALK_ROUND and not _cast(session, Role.PROTOCOL):
            yield Conflict(
                Rule.PROTOCOL_MISSING,
                Severity.SOFT,
                message(
                    "%(session)s, %(span)s, has nobody for the minutes.",
                    **_where(timetable, session),
                ),
                message("nobody for the minutes"),
                sessions=(session.key,),
                at=session.starts_at,
            )


def only_the_moderator_speaks(timetable: Timetable) -> Iterator[Conflict]:
    """Where inputs are given, somebody else than the moderators gives one."""
    for session in timetable.sessions:
        speaking, moderating = _cast(session, Role.INPUT), _cast(session, Role.MODERATION)
        if speaking and set(speaking) <= set(moderating):
            people = [timetable.person_of[key] for key in speaking]
            yield Conflict(
                Rule.ONLY_THE_MODERATOR_SPEAKS,
                Severity.SOFT,
                message(
                    "In %(session)s, %(span)s, only the moderator gives an input: %(person)s.",
                    person=_names(people),
                    **_where(timetable, session),
                ),
                message("input by the moderator only"),
                sessions=(session.key,),
                persons=tuple(speaking),
                at=session.starts_at,
            )


def moderators_of_one_organisation(timetable: Timetable) -> Iterator[Conflict]:
    """Two who moderate a session together come from two organisations."""
    for session in timetable.sessions:
        people = [timetable.person_of[key] for key in _cast(session, Role.MODERATION)]
        for first, second in combinations(people, 2):
            if _organisation(first) and _organisation(first) == _organisation(second):
                yield Conflict(
                    Rule.MODERATORS_OF_ONE_ORGANISATION,
                    Severity.SOFT,
                    message(
                        "%(persons)s moderate %(session)s, %(span)s, and both belong to "
                        "%(organisation)s.",
                        persons=_names([first, second]),
                        organisation=first.organisation,
                        **_where(timetable, session),
                    ),
                    message("both moderators of one organisation"),
                    sessions=(session.key,),
                    persons=(first.key, second.key),
                    at=session.starts_at,
                    facts=(_organisation(first),),
                )


def room_inaccessible(timetable: Timetable) -> Iterator[Conflict]:
    """Who contributes and needs a way without steps is not sent up the stairs.

    Soft, as one arranges it with the person; for guests it is hard, see `timetable/seats`.
    """
    for session in timetable.sessions:
        room = None if session.room is None else timetable.room_of[session.room]
        if room is None or room.step_free:
            continue
        for key in dict.fromkeys(part.person for part in session.assignments if part.counts):
            person = timetable.person_of[key]
            if person.needs_step_free:
                yield Conflict(
                    Rule.ROOM_INACCESSIBLE,
                    Severity.SOFT,
                    message(
                        "%(person)s needs a way without steps, but %(session)s, %(span)s, is in "
                        "%(room)s, to which only stairs lead.",
                        person=person.name,
                        session=session.label,
                        span=timetable.span(session.starts_at, session.ends_at),
                        room=room.name,
                    ),
                    message("stairs: %(name)s", name=person.last_name),
                    sessions=(session.key,),
                    persons=(person.key,),
                    rooms=(room.key,),
                    at=session.starts_at,
                )


def in_every_slot(timetable: Timetable) -> Iterator[Conflict]:
    """From three slots on, everybody has one in which to listen or to rest."""
    slots = {slot.key for slot in timetable.slots}
    if len(slots) < FEWEST_SLOTS:
        return
    for person, agenda in timetable.agendas:
        rounds = [session for session in agenda if session.slot in slots]
        if {session.slot for session in rounds} == slots:
            yield Conflict(
                Rule.IN_EVERY_SLOT,
                Severity.SOFT,
                message(
                    "%(person)s is needed in every slot: %(sessions)s.",
                    person=person.name,
                    sessions=_list([timetable.place(session) for session in rounds]),
                ),
                message("in every slot: %(name)s", name=person.last_name),
                sessions=tuple(session.key for session in rounds),
                persons=(person.key,),
                at=rounds[0].starts_at,
            )


def _where(timetable: Timetable, session: TimetableSession) -> dict[str, Message | str]:
    return {
        "session": timetable.place(session),
        "span": timetable.span(session.starts_at, session.ends_at),
    }


def _cast(session: TimetableSession, role: Role) -> list[Key]:
    """Who has this role, each once, unless they will not come."""
    parts = [part for part in session.assignments if part.role is role and part.counts]
    return list(dict.fromkeys(part.person for part in parts))


def _organisation(person: TimetablePerson) -> str:
    return " ".join(person.organisation.casefold().split())


def _names(people: list[TimetablePerson]) -> Message | str:
    return _list([*(person.name for person in people)])


def _list(things: list[Message | str]) -> Message | str:
    """ "A and B", "A, B and C", in the reader's language."""
    if len(things) == 1:
        return things[0]
    before: Message | str = things[0]
    for thing in things[1:-1]:
        before = message("%(first)s, %(second)s", first=before, second=thing)
    return message("%(first)s and %(second)s", first=before, second=things[-1])


CASTING_RULES = (
    protocol_missing,
    only_the_moderator_speaks,
    moderators_of_one_organisation,
    room_inaccessible,
)
