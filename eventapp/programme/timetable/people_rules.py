"""Rules about people: nobody in two places, nobody hurried, nobody named too early."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from eventapp.foundation.message import N_, Message, message, plural_message
from eventapp.programme.kinds import Role
from eventapp.programme.timetable.conflicts import Conflict, Rule, Severity
from eventapp.programme.timetable.entries import Timetable, TimetablePerson, TimetableSession
from eventapp.programme.timetable.rules import common_span, overlapping

MINUTE = timedelta(minutes=1)
UNSURE = N_("%(person)s has not agreed yet; %(session)s, %(span)s, appears without the name.")
NOT_COMING = N_("%(person)s will not come but is still entered in %(session)s, %(span)s.")
ROLE_PHRASES = {
    Role.OVERALL_MODERATION: N_("as master of ceremonies"),
    Role.MODERATION: N_("as moderator"),
    Role.WELCOME: N_("for the welcome"),
    Role.GREETING: N_("with a greeting"),
    Role.KEYNOTE: N_("with the keynote"),
    Role.INPUT: N_("with an input"),
    Role.PANEL: N_("on the panel"),
    Role.SIGNING: N_("to sign"),
    Role.PROTOCOL: N_("for the minutes"),
}


def person_overlap(timetable: Timetable) -> Iterator[Conflict]:
    """Nobody is in two sessions at once; named for the minutes if that is all they do in one."""
    for person, agenda in timetable.agendas:
        for first, second in overlapping(agenda):
            roles = _role_in(first, person), _role_in(second, person)
            rule = Rule.PROTOCOL_OVERLAP if Role.PROTOCOL in roles else Rule.SPEAKER_OVERLAP
            yield Conflict(
                rule,
                Severity.HARD,
                _twice_at_once(timetable, person, (first, second), roles),
                message("twice at once: %(name)s", name=person.last_name),
                sessions=(first.key, second.key),
                persons=(person.key,),
                at=second.starts_at,
            )


def _twice_at_once(
    timetable: Timetable,
    person: TimetablePerson,
    sessions: tuple[TimetableSession, TimetableSession],
    roles: tuple[Role, Role],
) -> Message:
    common = {
        "person": person.name,
        "span": timetable.span(*common_span(*sessions)),
        "first": timetable.place(sessions[0]),
        "second": timetable.place(sessions[1]),
    }
    if roles[0] is roles[1]:
        return message(
            "At %(span)s, %(person)s is in %(first)s and in %(second)s, both times %(role)s.",
            role=message(ROLE_PHRASES[roles[0]]),
            **common,
        )
    return message(
        "At %(span)s, %(person)s is in %(first)s %(first_role)s and in %(second)s %(second_role)s.",
        first_role=message(ROLE_PHRASES[roles[0]]),
        second_role=message(ROLE_PHRASES[roles[1]]),
        **common,
    )


def _role_in(session: TimetableSession, person: TimetablePerson) -> Role:
    """What a person does there first of all; the minutes only if there is nothing else."""
    roles = [part.role for part in session.assignments if part.person == person.key]
    return min(roles, key=lambda role: role is Role.PROTOCOL)


def duplicate_assignment(timetable: Timetable) -> Iterator[Conflict]:
    """A person has each role once in a session."""
    for session in timetable.sessions:
        parts = Counter((part.person, part.role) for part in session.assignments)
        for (key, role), times in parts.items():
            if times > 1:
                person = timetable.person_of[key]
                yield Conflict(
                    Rule.DUPLICATE_ASSIGNMENT,
                    Severity.HARD,
                    message(
                        "%(person)s is entered twice in %(session)s, %(span)s, %(role)s.",
                        person=person.name,
                        session=timetable.place(session),
                        span=timetable.span(session.starts_at, session.ends_at),
                        role=message(ROLE_PHRASES[role]),
                    ),
                    message("entered twice: %(name)s", name=person.last_name),
                    sessions=(session.key,),
                    persons=(person.key,),
                    at=session.starts_at,
                )


def speaker_unavailable(timetable: Timetable) -> Iterator[Conflict]:
    """People are there when they can be; hard only where they said that it is fixed."""
    for person, agenda in timetable.agendas:
        for session in agenda:
            if not person.is_there(session.starts_at, session.ends_at):
                yield _not_there(timetable, person, session)


def _not_there(
    timetable: Timetable, person: TimetablePerson, session: TimetableSession
) -> Conflict:
    return Conflict(
        Rule.SPEAKER_UNAVAILABLE,
        Severity.HARD if person.availability_fixed else Severity.SOFT,
        message(
            "%(person)s is there only %(when)s, but %(session)s is at %(span)s.",
            person=person.name,
            when=_availability(timetable, person),
            session=timetable.place(session),
            span=timetable.span(session.starts_at, session.ends_at),
        ),
        message("not there: %(name)s", name=person.last_name),
        sessions=(session.key,),
        persons=(person.key,),
        at=session.starts_at,
        facts=(session.starts_at, session.ends_at, person.available_from, person.available_until),
    )


def _availability(timetable: Timetable, person: TimetablePerson) -> Message:
    start, end = person.available_from, person.available_until
    if start and end:
        return message(
            "from %(start)s to %(end)s",
            start=timetable.wall(start),
            end=timetable.wall(end),
        )
    if start:
        return message("from %(start)s", start=timetable.wall(start))
    return message("until %(end)s", end=timetable.wall(end) if end else "")


def break_too_short(timetable: Timetable) -> Iterator[Conflict]:
    """Between sessions in different rooms people have time to change rooms.

    Whatever lies between them: nothing that is added takes a hint away.
    """
    minimum = timedelta(minutes=timetable.settings.min_room_change_minutes)
    for person, agenda in timetable.agendas:
        starts = [session.starts_at for session in agenda]
        for session in agenda:
            first = bisect_left(starts, session.ends_at)
            last = bisect_left(starts, session.ends_at + minimum)
            for following in agenda[first:last]:
                if len({session.room, following.room} - {None}) == 2:
                    yield _hurried(timetable, person, (session, following))


def _hurried(
    timetable: Timetable,
    person: TimetablePerson,
    sessions: tuple[TimetableSession, TimetableSession],
) -> Conflict:
    first, second = sessions
    return Conflict(
        Rule.BREAK_TOO_SHORT,
        Severity.SOFT,
        plural_message(
            "From %(time)s on, %(person)s has only %(count)s minute to get from %(first)s "
            "to %(second)s; it should be %(minimum)s.",
            "From %(time)s on, %(person)s has only %(count)s minutes to get from %(first)s "
            "to %(second)s; it should be %(minimum)s.",
            (second.starts_at - first.ends_at) // MINUTE,
            time=timetable.wall(first.ends_at),
            person=person.name,
            first=timetable.place(first),
            second=timetable.place(second),
            minimum=timetable.settings.min_room_change_minutes,
        ),
        message("short break: %(name)s", name=person.last_name),
        sessions=(first.key, second.key),
        persons=(person.key,),
        rooms=tuple(each.room for each in sessions if each.room is not None),
        at=first.ends_at,
        facts=(first.ends_at, second.starts_at),
    )


def speaker_not_confirmed(timetable: Timetable) -> Iterator[Conflict]:
    """Who has not agreed is not named in public; who will not come should be replaced."""
    for session in timetable.sessions:
        unsure = {person: part for person, part in timetable.parts(session) if not part.agreed}
        for person, part in unsure.items():
            yield Conflict(
                Rule.SPEAKER_NOT_CONFIRMED,
                Severity.SOFT,
                message(
                    UNSURE if part.counts else NOT_COMING,
                    person=person.name,
                    session=timetable.place(session),
                    span=timetable.span(session.starts_at, session.ends_at),
                ),
                message("not agreed: %(name)s", name=person.last_name),
                sessions=(session.key,),
                persons=(person.key,),
                at=session.starts_at,
                facts=(part.state.value, session.starts_at, session.ends_at),
            )


PEOPLE_RULES = (
    person_overlap,
    duplicate_assignment,
    speaker_unavailable,
    break_too_short,
    speaker_not_confirmed,
)
