"""Named reads for calendars: first the little that tells a version, then what is new in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Engine, String, bindparam, select, type_coerce
from sqlalchemy.orm import contains_eager

from eventapp.accounts.models import HostOrganisation
from eventapp.events.models import Event
from eventapp.events.states import PUBLIC
from eventapp.foundation import clock
from eventapp.foundation.database import connection, db
from eventapp.foundation.side_by_side import SideBySide, belongs
from eventapp.programme.models import Session
from eventapp.programme.release_models import ReleasedSession
from eventapp.programme.release_queries import newest_release_id
from eventapp.programme.states import Appearance

CANCELLED_STAY = timedelta(days=30)


_FEED = (
    select(Event.state, Event.id, Event.uid, Event.revision, HostOrganisation.version,
           Event.ends_at, Event.last_modified_at)
    .join(HostOrganisation, HostOrganisation.id == Event.host_id)
    .where(Event.slug == bindparam("wanted"))
)  # fmt: skip

_NEWEST = newest_release_id(bindparam("event"))

# built once, as all that a changed feed asks: building takes as long as asking
_PAIR = SideBySide(ReleasedSession, Session)
_SESSIONS = (
    select(*_PAIR.columns)
    .select_from(_PAIR.tables[0].join(_PAIR.tables[1]))
    .where(
        ReleasedSession.release_id == _NEWEST,
        ReleasedSession.session_id.in_(bindparam("ids", expanding=True)),
    )
)


class Stay(StrEnum):
    """Whether a feed still shows what was cancelled."""

    CANCELLED_TOO = "cancelled_too"
    RELEASED_ONLY = "released_only"


def _shown(stay: Stay) -> list[ColumnElement[bool]]:
    """Only what was released, and as cancelled what everybody once knew."""
    takes_place = ReleasedSession.appearance == Appearance.TAKES_PLACE
    only = [] if stay is Stay.CANCELLED_TOO else [takes_place]
    return [ReleasedSession.release_id == _NEWEST, *only]


_MARKS = {
    stay: select(Session.id, ReleasedSession.since, Session.sequence,
                 type_coerce(Session.last_modified_at, String))  # as stored: only compared
    .join(Session, Session.id == ReleasedSession.session_id)
    .where(*_shown(stay))
    .order_by(ReleasedSession.starts_at, Session.id)
    for stay in Stay
}  # fmt: skip


@dataclass(frozen=True)
class FeedVersion:
    """What tells one state of an event's calendar from the next; equal versions, equal bytes."""

    event_id: int
    uid: str
    revision: int
    host_version: int
    stay: Stay
    last_modified_at: datetime


class SessionMark(NamedTuple):
    """One session of a feed, since which release it is so, and its place in calendars."""

    session_id: int
    since: int
    sequence: int
    changed_at: str


def feed_version(slug: str, engine: Engine | None = None) -> FeedVersion | None:
    """The version of a public event's calendar; None for drafts and strangers. One statement.

    Cancelled sessions leave 30 days after the event. That is the one change that time makes and
    nobody writes down, so from then on it is the last modification. Who knows the `engine` needs
    no application around it.
    """
    with (
        engine or db.engine
    ).connect() as connection:  # the session would cost three times as much
        row = connection.execute(_FEED, {"wanted": slug}).one_or_none()
    if row is None or row.state not in PUBLIC:
        return None
    _, event_id, uid, revision, host_version, ends_at, changed_at = row
    leave_at = ends_at + CANCELLED_STAY
    stay = Stay.CANCELLED_TOO if clock.now() < leave_at else Stay.RELEASED_ONLY
    modified_at = changed_at if stay is Stay.CANCELLED_TOO else max(changed_at, leave_at)
    return FeedVersion(
        event_id=event_id, uid=uid, revision=revision, host_version=host_version,
        stay=stay, last_modified_at=modified_at,
    )  # fmt: skip


def session_marks(version: FeedVersion) -> Sequence[SessionMark]:
    """The sessions of the feed in the order of their beginning. One statement."""
    # not the session, which looks at each row for its objects
    rows = connection().execute(_MARKS[version.stay], {"event": version.event_id})
    return [SessionMark._make(row) for row in rows.all()]  # all at once: one by one takes twice it


def released_sessions(version: FeedVersion, ids: Sequence[int]) -> Sequence[ReleasedSession]:
    """These sessions as everybody sees them. One statement."""
    rows = connection().execute(_SESSIONS, {"ids": ids, "event": version.event_id})
    pairs = [_PAIR.entities(row) for row in rows.all()]
    for released, session in pairs:
        belongs(released, session=session)
    return [released for released, _session in pairs]


def session_in_calendar(version: FeedVersion, uid: str) -> ReleasedSession | None:
    """The session with this UID, if the event's feed shows it. One statement."""
    return db.session.scalars(
        select(ReleasedSession)
        .join(ReleasedSession.session)
        .options(contains_eager(ReleasedSession.session))
        .where(Session.uid == uid, *_shown(version.stay))
        .execution_options(populate_existing=True),
        {"event": version.event_id},
    ).one_or_none()
