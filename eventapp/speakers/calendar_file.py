"""A contributor's own sessions as a calendar file: as everybody reads them, or as provisional."""

from eventapp.events.calendar_entry import address_of, page_of
from eventapp.events.states import PUBLIC
from eventapp.foundation.i18n import current_locale, localised
from eventapp.foundation.ics import (
    CalendarEvent,
    EntryStatus,
    FeedHead,
    calendar_feed,
    render_entry,
)
from eventapp.foundation.message import message
from eventapp.foundation.outbox import base_url
from eventapp.programme.calendar_entry import entry_for_session
from eventapp.programme.models import Contribution, Contributor
from eventapp.programme.states import OUT, SessionState
from eventapp.speakers import queries


def own_calendar(person: Contributor) -> bytes | None:
    """All sessions that the person was asked for and has not declined; None where none has a time.

    Under the same names as everywhere else, so that no entry of the event's calendar is doubled.
    """
    event, locale = person.event, current_locale()
    parts = {one.session_id: one for one in queries.parts_of(person) if one.state not in OUT}
    released = queries.released_sessions(event, list(parts))
    entries = [
        entry_for_session(released[number], event, locale, base_url())
        if number in released
        else _provisional(part)
        for number, part in parts.items()
    ]
    rendered = [render_entry(entry) for entry in entries if entry is not None]
    if not rendered:
        return None
    head = FeedHead(name=localised(event, "title"), zone=event.zone, url=page_of(event, base_url()))
    return calendar_feed(head, rendered)


def _provisional(part: Contribution) -> CalendarEvent | None:
    session = part.session
    event, starts, ends = session.event, session.starts_at, session.ends_at
    if starts is None or ends is None or session.state is SessionState.CANCELLED:
        return None
    places = (session.room.name if session.room else "", address_of(event.venue))
    return CalendarEvent(
        uid=session.uid,
        sequence=session.sequence + event.sequence,
        created_at=session.created_at,
        last_modified_at=session.last_modified_at,
        starts=starts,
        ends=ends,
        zone=event.zone,
        summary=str(message("Provisional: %(title)s", title=localised(session, "title"))),
        description="",
        location=", ".join(one for one in places if one),
        url=page_of(event, base_url()) if event.state in PUBLIC else "",
        status=EntryStatus.TENTATIVE,
        categories=(),
    )
