"""Makes the bytes of feeds and files, and remembers them: only what changed is rendered again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from eventapp.calendars import queries
from eventapp.calendars.colour_names import nearest_name
from eventapp.calendars.queries import FeedVersion, SessionMark
from eventapp.events.calendar_entry import event_calendar_file, page_of, status_of
from eventapp.events.models import Event
from eventapp.events.queries import event_with_place
from eventapp.foundation.errors import NotFound
from eventapp.foundation.i18n import localised
from eventapp.foundation.ics import (
    RENDERER_VERSION,
    EntryStatus,
    FeedHead,
    calendar_feed,
    calendar_file,
    render_entry,
)
from eventapp.foundation.logs import log
from eventapp.foundation.shelf import Shelf
from eventapp.programme.calendar_entry import entry_for_session
from eventapp.programme.release_models import ReleasedSession

Entries = Mapping[SessionMark, bytes]


@dataclass(frozen=True)
class KeptFeed:
    """A feed as it was made last, whole and in its entries, and what these have in common."""

    etag: str
    body: bytes
    surroundings: tuple[object, ...]
    entries: Entries


FEEDS: Shelf[tuple[str, str, str], KeptFeed] = Shelf(32)  # at most 14 MB, if all are very large


def etag_of(version: FeedVersion, *what: str) -> str:
    """The strong validator of the bytes that this version gives for a feed or file.

    It names all that the bytes depend on, so that it can be told before anything is rendered. With
    the moment of the change, for a restored backup counts its revisions a second time.
    """
    key = (RENDERER_VERSION, version.uid, version.revision, version.last_modified_at,
           version.host_version, version.stay, *what)  # fmt: skip
    return sha256(repr(key).encode()).hexdigest()[:32]


def event_feed(version: FeedVersion, etag: str, locale: str, base_url: str) -> bytes:
    """All sessions of an event as a calendar to subscribe to."""
    key = (version.uid, locale, base_url)
    kept = FEEDS.get(key)
    if kept is None or kept.etag != etag:
        kept = _made(version, etag, locale, base_url, before=kept)
        FEEDS.put(key, kept)
    return kept.body


def event_file(version: FeedVersion, locale: str, base_url: str) -> bytes:
    """The event itself as one entry to download."""
    event = _event(version)
    return event_calendar_file(event, locale, base_url)


def session_file(
    version: FeedVersion, session: ReleasedSession, locale: str, base_url: str
) -> bytes:
    """One session as an entry to download."""
    event = _event(version)
    return calendar_file(entry_for_session(session, event, locale, base_url))


def _event(version: FeedVersion) -> Event:
    """Raises NotFound for one that was deleted since its version was read."""
    event = event_with_place(version.event_id)
    if event is None:
        raise NotFound
    return event


def _made(
    version: FeedVersion, etag: str, locale: str, base_url: str, *, before: KeptFeed | None
) -> KeptFeed:
    event = _event(version)
    surroundings = _surroundings(event)
    usable = before.entries if before and before.surroundings == surroundings else {}

    def render(new: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        sessions = queries.released_sessions(version, new) if new else ()
        return _rendered(sessions, event, locale, base_url)

    entries = _entries(queries.session_marks(version), usable, render)
    body = calendar_feed(_head(event, locale, base_url), entries.values())
    return KeptFeed(etag, body, surroundings, entries)


def _entries(
    marks: Sequence[SessionMark],
    usable: Entries,
    render: Callable[[Sequence[int]], Iterator[tuple[int, bytes]]],
) -> Entries:
    """The entries in the order of the marks; what cannot be rendered is left out."""
    new = {mark.session_id: mark for mark in marks if mark not in usable}
    fresh = {new[session_id]: entry for session_id, entry in render(list(new))}
    found = {**usable, **fresh}
    return {mark: found[mark] for mark in marks if mark in found}


def _surroundings(event: Event) -> tuple[object, ...]:
    """What the entries of all sessions take from their event."""
    venue = event.venue and (event.venue.id, event.venue.version)
    takes_place = status_of(event) is EntryStatus.CONFIRMED
    moved_at = None if takes_place else event.last_modified_at
    return (event.id, event.slug, event.zone, event.state, event.sequence, venue, moved_at)


def _rendered(
    sessions: Sequence[ReleasedSession], event: Event, locale: str, base_url: str
) -> Iterator[tuple[int, bytes]]:
    for row in sessions:
        try:
            yield row.session_id, render_entry(entry_for_session(row, event, locale, base_url))
        except Exception:  # one bad row must not empty everybody's calendar
            log.exception("session left out of the calendar", session=row.session.uid)


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
