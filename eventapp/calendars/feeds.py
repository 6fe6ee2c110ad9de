"""Makes the bytes of feeds and files, and remembers them: only what changed is rendered again."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from eventapp.calendars import queries
from eventapp.calendars.colour_names import nearest_name
from eventapp.calendars.queries import FeedVersion, SessionMark
from eventapp.calendars.shelf import Shelf
from eventapp.events.calendar_entry import event_calendar_file, page_of
from eventapp.events.models import Event
from eventapp.foundation.i18n import localised
from eventapp.foundation.ics import (
    RENDERER_VERSION,
    FeedHead,
    calendar_feed,
    calendar_file,
    render_entry,
)
from eventapp.foundation.logs import log
from eventapp.programme.calendar_entry import entry_for_session
from eventapp.programme.models import Session

MEGABYTE = 1024 * 1024
BODIES = Shelf(16 * MEGABYTE)  # some eighty feeds of 300 sessions
ENTRIES = Shelf(8 * MEGABYTE)  # some ten thousand sessions


def etag_of(version: FeedVersion, *what: str) -> str:
    """The strong validator of the bytes that this version gives for a feed or file.

    It names all the bytes depend on, so that it can be told before anything is rendered.
    """
    key = (RENDERER_VERSION, version.event_id, version.revision, version.host_version,
           version.shows_cancelled, *what)  # fmt: skip
    return sha256(repr(key).encode()).hexdigest()[:32]


def event_feed(version: FeedVersion, etag: str, locale: str, base_url: str) -> bytes:
    """All sessions of an event as a calendar to subscribe to."""
    body = BODIES.get(etag)
    if body is None:
        event = queries.event_with_place(version.event_id)
        marks = queries.session_marks(version)
        entries = _entries(event, marks, locale, base_url)
        body = calendar_feed(_head(event, locale, base_url), entries)
        BODIES.put(etag, body)
    return body


def event_file(version: FeedVersion, locale: str, base_url: str) -> bytes:
    """The event itself as one entry to download."""
    event = queries.event_with_place(version.event_id)
    return event_calendar_file(event, locale, base_url)


def session_file(session: Session, locale: str, base_url: str) -> bytes:
    """One session as an entry to download."""
    return calendar_file(entry_for_session(session, locale, base_url))


def _entries(
    event: Event, marks: Sequence[SessionMark], locale: str, base_url: str
) -> list[bytes]:
    """The entries of the sessions in their order; those that cannot be rendered are left out."""
    place = (event.uid, event.slug, event.zone, event.state, event.sequence,
             event.venue and (event.venue.id, event.venue.version), locale, base_url)  # fmt: skip
    kept = {mark: ENTRIES.get((mark, place)) for mark in marks}
    missing = {mark.session_id: mark for mark, entry in kept.items() if entry is None}
    for session, entry in _rendered(list(missing), locale, base_url):
        mark = missing[session.id]
        kept[mark] = entry
        ENTRIES.put((mark, place), entry)
    return [entry for entry in kept.values() if entry is not None]


def _rendered(
    ids: Sequence[int], locale: str, base_url: str
) -> Iterator[tuple[Session, bytes]]:
    if not ids:
        return
    for session in queries.sessions_with_people(ids):
        try:
            yield session, render_entry(entry_for_session(session, locale, base_url))
        except Exception:  # one bad row must not empty everybody's calendar
            log.exception("session left out of the calendar", session=session.uid)


def _head(event: Event, locale: str, base_url: str) -> FeedHead:
    page = page_of(event, base_url)
    return FeedHead(
        name=localised(event, "title", locale),
        description=localised(event, "subtitle", locale),
        zone=event.zone,
        url=page,
        source=f"{page}calendar.ics",
        colour=nearest_name(event.host.colour),
    )
