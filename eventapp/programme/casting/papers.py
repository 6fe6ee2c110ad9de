"""Briefings for speakers and guides for moderators, as PDF in the reader's language.

They say what the draft says, with the day on which they were made: organisers hand them out, guests
never see them. Names of people who have not agreed stay out of them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from eventapp.events.calendar_entry import address_of
from eventapp.events.models import Event, Room
from eventapp.foundation import clock
from eventapp.foundation.i18n import (
    format_day,
    format_moment,
    format_range,
    format_time,
    localised,
    use_locale,
)
from eventapp.foundation.message import message
from eventapp.foundation.papers import typeset
from eventapp.programme.casting.minutes import minute_plan, time_cards
from eventapp.programme.casting.needs import technical_needs
from eventapp.programme.casting.paper_words import BRIEFING, GUIDE, STEPS, written
from eventapp.programme.kinds import MODERATING, Role, role_label
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.queries import Programme
from eventapp.programme.states import NAMED_IN_PUBLIC, OUT, SessionState

AHEAD = timedelta(minutes=30)  # people are there before their first session
MINUTE = timedelta(minutes=1)
Data = dict[str, Any]


def briefing_paper(programme: Programme, person: Contributor) -> bytes:
    """What one contributor has to know, in their language."""
    with use_locale(person.locale):
        return typeset("programme/casting/briefing.typ", briefing_of(programme, person))


def guide_paper(session: Session, locale: str) -> bytes:
    """What a moderator holds in their hands during a session, with time cards and result sheet."""
    with use_locale(locale):
        return typeset("programme/casting/guide.typ", guide_of(session, locale))


def sessions_of(programme: Programme, person: Contributor) -> list[Session]:
    """The sessions for which somebody has agreed, by time."""
    return [
        session
        for session in programme.planned
        if any(_is_sure(part) for part in _parts_of(session, person))
    ]


def moderated_by(programme: Programme, person: Contributor) -> list[Session]:
    """The sessions that somebody has agreed to moderate, by time."""
    return [
        session
        for session in programme.planned
        if any(_is_sure(part) and part.role in MODERATING for part in _parts_of(session, person))
    ]


def people_with_papers(programme: Programme) -> list[Contributor]:
    """Everybody who has agreed to something that has a time, as they were entered."""
    sure = {
        part.contributor_id
        for session in programme.planned
        for part in session.contributions
        if _is_sure(part)
    }
    return [one for one in programme.contributors if one.id in sure]


def _is_sure(part: Contribution) -> bool:
    return part.state in NAMED_IN_PUBLIC


def _parts_of(session: Session, person: Contributor) -> list[Contribution]:
    return [part for part in session.contributions if part.contributor_id == person.id]


def briefing_of(programme: Programme, person: Contributor) -> Data:
    """What the paper of one person says, in the language of the moment."""
    event, own = programme.event, sessions_of(programme, person)
    first = own[0].starts_at if own else None
    return _frame(event, person.locale, str(message("Briefing for contributors"))) | {
        "words": written(BRIEFING),
        "person": person.full_name,
        "where": address_of(event.venue),
        "day": format_day(event.starts_on),
        "arrive": format_moment(first - AHEAD, event.zone) if first else "",
        "ways": _ways(event),
        "sessions": [_session(programme, session, person) for session in own],
        "technical": _lines(technical_needs(event).get(person.id, "")),
        "contact": _contact(event),
    }


def _frame(event: Event, locale: str, kind: str) -> Data:
    light: Mapping[str, str] = (event.host.palette or {}).get("light", {})
    now = format_moment(clock.now(), event.zone)
    return {
        "lang": locale,
        "title": f"{kind}: {localised(event, 'title', locale)}",
        "kind": kind,
        "event": localised(event, "title", locale),
        "accent": light.get("accent") or "#1343c7",
        "foot": str(message("As of %(moment)s", moment=now)),
    }


def _ways(event: Event) -> list[Data]:
    if event.venue is None:
        return []
    named = (("transit", message("By train and bus")), ("parking", message("By car")),
             ("access", message("Accessibility")))  # fmt: skip
    found = [(str(label), localised(event.venue, name)) for name, label in named]
    return [{"label": label, "text": text} for label, text in found if text]


def _contact(event: Event) -> list[str]:
    host = event.host
    return [line for line in (event.signed_by, host.name, host.phone, host.email) if line]


def _session(programme: Programme, session: Session, person: Contributor) -> Data:
    roles = [part.role for part in _parts_of(session, person) if _is_sure(part)]
    before, after = _neighbours(programme, session)
    return {
        "when": _span(session),
        "title": _name(session),
        "role": ", ".join(str(role_label(role)) for role in roles),
        "room": _room(session.room),
        "about": localised(session, "teaser"),
        "questions": _lines(session.questions),
        "people": [
            _person(part)
            for part in session.contributions
            if _is_sure(part) and part.contributor_id != person.id
        ],
        "before": _neighbour(before),
        "after": _neighbour(after),
    }


def _room(room: Room | None) -> Data:
    if room is None:
        return {"name": "", "facts": []}
    facts = [
        room.seating,
        str(message("way without steps")) if room.step_free else str(message("only by stairs")),
        str(message("hearing loop")) if room.hearing_loop else "",
        room.note,
    ]
    return {"name": room.name, "facts": [fact for fact in facts if fact]}


def _neighbours(programme: Programme, session: Session) -> tuple[Session | None, Session | None]:
    """What happens in the same room right before and after, on the same day."""
    if session.room_id is None:
        return None, None
    same = [
        one
        for one in programme.planned
        if one.room_id == session.room_id and _day(one) == _day(session)
    ]
    place = same.index(session)
    before = same[place - 1] if place else None
    return before, same[place + 1] if place + 1 < len(same) else None


def _day(session: Session) -> object:
    moment = session.starts_at
    return moment.astimezone(ZoneInfo(session.event.zone)).date() if moment else None


def _neighbour(session: Session | None) -> str:
    if session is None:
        return ""
    return f"{_span(session)}: {_name(session)}"


def _name(session: Session) -> str:
    title = localised(session, "title")
    return f"{session.code} {title}" if session.code else title


def _span(session: Session) -> str:
    if session.starts_at is None or session.ends_at is None:
        return ""
    span = format_range(session.starts_at, session.ends_at, session.event.zone)
    day = session.starts_at.astimezone(ZoneInfo(session.event.zone)).date()
    return span if day == session.event.starts_on else f"{format_day(day)}, {span}"


def _person(part: Contribution) -> Data:
    person = part.contributor
    return {
        "name": person.full_name,
        "role": str(role_label(part.role)),
        "from": ", ".join(one for one in (person.position, person.organisation_name) if one),
        "about": localised(person, "biography"),
        "sure": _is_sure(part),
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def guide_of(session: Session, locale: str) -> Data:
    """What the guide of a session says, in the language of the moment."""
    event, minutes = session.event, minutes_of(session)
    questions = _lines(session.questions)
    coming = [part for part in session.contributions if part.state not in OUT]
    speakers = [
        part.contributor.full_name
        for part in coming
        if part.role not in MODERATING | {Role.PROTOCOL} and _is_sure(part)
    ]
    return _frame(event, locale, str(message("Moderator’s guide"))) | {
        "words": written(GUIDE),
        "session": _name(session),
        "when": _span(session),
        "room": _room(session.room),
        "minutes": minutes,
        "aim": localised(session, "teaser"),
        "questions": questions,
        "people": [_person(part) for part in coming if _is_sure(part)],
        "open": sum(not _is_sure(part) for part in coming),
        "plan": _plan(session, minutes, speakers, questions),
        "cards": [str(card) for card in time_cards(minutes)],
        "off": session.state is SessionState.CANCELLED,
    }


def minutes_of(session: Session) -> int:
    """How many whole minutes a session is long; 0 without a time."""
    if session.starts_at is None or session.ends_at is None:
        return 0
    return (session.ends_at - session.starts_at) // MINUTE


def _plan(
    session: Session, minutes: int, speakers: Sequence[str], questions: Sequence[str]
) -> list[Data]:
    start, zone = session.starts_at, session.event.zone
    return [
        {
            "at": _at(start, step.begins, zone),
            "minutes": step.minutes,
            "what": str(STEPS[step.kind]),
            "about": step.about,
        }
        for step in minute_plan(session.kind, minutes, speakers, questions)
    ]


def _at(start: datetime | None, minutes: int, zone: str) -> str:
    return format_time(start + minutes * MINUTE, zone) if start else ""
