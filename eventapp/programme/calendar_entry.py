"""A session as a calendar entry: the same in every feed and file."""

from collections.abc import Iterator
from itertools import groupby

from eventapp.events.calendar_entry import address_of, marked, page_of, status_of
from eventapp.events.models import Event
from eventapp.foundation.i18n import localised, use_locale
from eventapp.foundation.ics import CalendarEvent, EntryStatus
from eventapp.foundation.message import message
from eventapp.programme.comparing import ShownPerson
from eventapp.programme.kinds import KIND_WORDS, ROLE_WORDS, Role
from eventapp.programme.release_models import ReleasedSession
from eventapp.programme.snapshots import people_in
from eventapp.programme.states import Appearance


def entry_for_session(
    row: ReleasedSession, event: Event, locale: str, base_url: str
) -> CalendarEvent:
    """One session as it was released; needs its session, and the event with its venue.

    A session stands and falls with its event: it is cancelled with it, and the event's moves to
    another place count among its own. One that everybody saw and that is internal now is cancelled
    for them, and says no word any more.
    """
    session, status = row.session, _status(row, event)
    internal = row.appearance is Appearance.WITHDRAWN
    with use_locale(locale):
        return CalendarEvent(
            uid=session.uid,
            sequence=session.sequence + event.sequence,
            created_at=session.created_at,
            last_modified_at=session.last_modified_at,
            starts=row.starts_at,
            ends=row.ends_at,
            zone=event.zone,
            summary=marked(_title(row), status, event),
            description=page_of(event, base_url) if internal else _words(row, event, base_url),
            location="" if internal else _location(row, event),
            url=page_of(event, base_url),
            status=status,
            categories=() if internal else (str(message(KIND_WORDS[row.kind])),),
        )


def _status(row: ReleasedSession, event: Event) -> EntryStatus:
    if row.appearance is not Appearance.TAKES_PLACE:
        return EntryStatus.CANCELLED
    return status_of(event)


def _title(row: ReleasedSession) -> str:
    if row.appearance is Appearance.WITHDRAWN:
        return str(message("Session"))
    return localised(row, "title")


def _location(row: ReleasedSession, event: Event) -> str:
    return ", ".join(part for part in (row.room_name, address_of(event.venue)) if part)


def _words(row: ReleasedSession, event: Event, base_url: str) -> str:
    """What it is about, who contributes (those who agreed), and where to read more."""
    parts = [localised(row, "teaser"), "\n".join(_people(row)), page_of(event, base_url)]
    return "\n\n".join(part for part in parts if part)


def _people(row: ReleasedSession) -> Iterator[str]:
    """A line for each role, as in "Moderation: Dr. Ute Möhn (IT-Kontor), Jan Kolb"."""
    shown = sorted(people_in(row), key=lambda person: list(Role).index(person.role))
    for role, people in groupby(shown, key=lambda person: person.role):
        names = ", ".join(_person(person) for person in people)
        yield f"{message(ROLE_WORDS[role])}: {names}"


def _person(person: ShownPerson) -> str:
    organisation = person.organisation
    return f"{person.name} ({organisation})" if organisation else person.name
