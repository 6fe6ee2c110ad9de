"""A session as a calendar entry: the same in every feed and file."""

from collections.abc import Iterator
from itertools import groupby

from eventapp.events.calendar_entry import address_of, marked, page_of, status_of
from eventapp.foundation.i18n import localised, use_locale
from eventapp.foundation.ics import CalendarEvent, EntryStatus
from eventapp.foundation.message import message
from eventapp.programme.kinds import KIND_WORDS, ROLE_WORDS, Role
from eventapp.programme.models import Contribution, Session
from eventapp.programme.states import SessionState


def entry_for_session(session: Session, locale: str, base_url: str) -> CalendarEvent:
    """One session; needs its event with venue, its room, and its contributions with their people.

    A session stands and falls with its event: it is cancelled with it, and the event's moves to
    another place count among its own. One that everybody saw and that is internal now is cancelled
    for them, and says no word any more. Raises ValueError where it has no time yet.
    """
    if session.starts_at is None or session.ends_at is None:
        raise ValueError(f"{session.uid} has no time yet")
    event, status = session.event, _status(session)
    with use_locale(locale):
        return CalendarEvent(
            uid=session.uid,
            sequence=session.sequence + event.sequence,
            created_at=session.created_at,
            last_modified_at=session.last_modified_at,
            starts=session.starts_at,
            ends=session.ends_at,
            zone=event.zone,
            summary=marked(_title(session), status, event),
            description=page_of(event, base_url) if session.internal else _words(session, base_url),
            location="" if session.internal else _location(session),
            url=page_of(event, base_url),
            status=status,
            categories=() if session.internal else (str(message(KIND_WORDS[session.kind])),),
        )


def _status(session: Session) -> EntryStatus:
    if session.internal or session.state is SessionState.CANCELLED:
        return EntryStatus.CANCELLED
    return status_of(session.event)


def _title(session: Session) -> str:
    return str(message("Session")) if session.internal else localised(session, "title")


def _location(session: Session) -> str:
    room = session.room.name if session.room else ""
    return ", ".join(part for part in (room, address_of(session.event.venue)) if part)


def _words(session: Session, base_url: str) -> str:
    """What it is about, who contributes (those who agreed), and where to read more."""
    parts = [localised(session, "teaser"), "\n".join(_people(session)),
             page_of(session.event, base_url)]  # fmt: skip
    return "\n\n".join(part for part in parts if part)


def _people(session: Session) -> Iterator[str]:
    """A line for each role, as in "Moderation: Dr. Ute Möhn (IT-Kontor), Jan Kolb"."""
    shown = [part for part in session.contributions if _is_named(part)]
    shown.sort(key=lambda part: list(Role).index(part.role))
    for role, parts in groupby(shown, key=lambda part: part.role):
        names = ", ".join(_person(part) for part in parts)
        yield f"{message(ROLE_WORDS[role])}: {names}"


def _is_named(part: Contribution) -> bool:
    return part.named_in_public and part.role is not Role.PROTOCOL


def _person(part: Contribution) -> str:
    person = part.contributor
    organisation = person.organisation_name
    return f"{person.full_name} ({organisation})" if organisation else person.full_name
