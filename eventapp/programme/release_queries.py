"""Named reads of what was released."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, Select, String, bindparam, cast, func, literal, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.events.models import Event, Room
from eventapp.events.states import Direction
from eventapp.foundation.database import db
from eventapp.programme.comparing import Version
from eventapp.programme.models import Contributor, Session
from eventapp.programme.public import PublicProgramme, Shown, programme_shown
from eventapp.programme.release_models import ProgrammeRelease, ReleasedSession
from eventapp.programme.snapshots import as_released


def newest_release_id(event_id: object) -> ScalarSelect[int]:
    """The number of the row that everybody sees, as part of a larger statement."""
    release = ProgrammeRelease.__table__.c
    return (
        select(release.id)
        .where(release.event_id == event_id)
        .order_by(release.number.desc())
        .limit(1)
        .scalar_subquery()
    )


_Reading = Select[ReleasedSession, bool, str, Direction]


def _shown_in(release_id: object) -> _Reading:
    return (
        select(ReleasedSession, Room.step_free, Room.floor, Room.direction)
        .join(ReleasedSession.session)
        .join(ReleasedSession.release)
        .outerjoin(Room, Room.id == ReleasedSession.room_id)
        .options(contains_eager(ReleasedSession.session), contains_eager(ReleasedSession.release))
        .where(ReleasedSession.release_id == release_id)
        .execution_options(populate_existing=True)
    )


_NEWEST = _shown_in(newest_release_id(bindparam("event")))
_ONE = _shown_in(bindparam("release"))


def public_programme(event: Event) -> PublicProgramme:
    """What everybody may read, in the language of the page, by time. One statement.

    The caller makes sure that the event itself is public. See `programme/public.py` for what is in
    an entry: `for entry in programme.entries: for session in entry.sessions: …`.
    """
    return _programme(_NEWEST, {"event": event.id})


def programme_in(release: ProgrammeRelease) -> PublicProgramme:
    """The same as it was in a release. One statement."""
    return _programme(_ONE, {"release": release.id})


def _programme(statement: _Reading, values: dict[str, int]) -> PublicProgramme:
    rows = db.session.execute(statement, values)
    return programme_shown(
        [
            Shown(row, bool(step_free), floor or "", direction or Direction.UNKNOWN)
            for row, step_free, floor, direction in rows
        ]
    )


@dataclass(frozen=True)
class Kept:
    """A release with what it shows; without one, nothing is shown and its number is 0."""

    release: ProgrammeRelease | None
    sessions: Version

    @property
    def number(self) -> int:
        """Its number among the event's releases."""
        return self.release.number if self.release else 0


def newest_kept(event: Event) -> Kept:
    """What everybody sees, to be compared. Two statements."""
    return kept(newest_release(event))


def kept(release: ProgrammeRelease | None) -> Kept:
    """What a release shows, to be compared. One statement."""
    if release is None:
        return Kept(None, {})
    rows = db.session.scalars(
        select(ReleasedSession)
        .where(ReleasedSession.release_id == release.id)
        .execution_options(populate_existing=True)
    )
    return Kept(release, {row.session_id: as_released(row) for row in rows})


def newest_release(event: Event) -> ProgrammeRelease | None:
    """What everybody sees of the event's programme."""
    return db.session.scalar(
        select(ProgrammeRelease)
        .where(ProgrammeRelease.event_id == event.id)
        .order_by(ProgrammeRelease.number.desc())
        .limit(1)
    )


def releases_of(event: Event) -> Sequence[ProgrammeRelease]:
    """The event's releases, newest first, with who made them."""
    return db.session.scalars(
        select(ProgrammeRelease)
        .options(joinedload(ProgrammeRelease.released_by))
        .where(ProgrammeRelease.event_id == event.id)
        .order_by(ProgrammeRelease.number.desc())
    ).all()


def release_of(event: Event, number: int) -> ProgrammeRelease | None:
    """One release of this event."""
    return db.session.scalar(
        select(ProgrammeRelease).where(
            ProgrammeRelease.event_id == event.id, ProgrammeRelease.number == number
        )
    )


def changed_sessions(event: Event) -> Sequence[ReleasedSession]:
    """What each release of the event changed, oldest release first. One statement."""
    return db.session.scalars(
        select(ReleasedSession)
        .join(ReleasedSession.release)
        .where(
            ProgrammeRelease.event_id == event.id,
            ReleasedSession.since == ProgrammeRelease.number,
        )
        .order_by(ProgrammeRelease.number, ReleasedSession.session_id)
        .execution_options(populate_existing=True)
    ).all()


def released_now(session: Session) -> ReleasedSession | None:
    """What everybody sees of a session."""
    return db.session.scalar(
        select(ReleasedSession)
        .where(
            ReleasedSession.release_id == newest_release_id(session.event_id),
            ReleasedSession.session_id == session.id,
        )
        .execution_options(populate_existing=True)
    )


def events_that_show(room: Room) -> Sequence[Event]:
    """The events of whose programme everybody sees something in the room, by number."""
    newest = (
        select(func.max(ProgrammeRelease.number))
        .where(ProgrammeRelease.event_id == Event.id)
        .correlate(Event)
        .scalar_subquery()
    )
    return db.session.scalars(
        select(Event)
        .where(
            select(ReleasedSession.session_id)
            .join(ReleasedSession.release)
            .where(
                ProgrammeRelease.event_id == Event.id,
                ProgrammeRelease.number == newest,
                ReleasedSession.room_id == room.id,
            )
            .exists()
        )
        .order_by(Event.id)
    ).all()


def ids_shown(event: Event) -> Select[int]:
    """The sessions that everybody sees, as part of a larger statement."""
    return select(ReleasedSession.session_id).where(
        ReleasedSession.release_id == newest_release_id(event.id)
    )


def rows_to_copy(
    release: ProgrammeRelease, release_id: int, *, but: Sequence[int]
) -> tuple[list[str], Select[Any]]:
    """What a release shows, but for some sessions, as rows of another: columns and statement."""
    table = ReleasedSession.__table__.c
    columns = [column.name for column in table if column.name != "release_id"]
    rows = select(literal(release_id), *(table[name] for name in columns)).where(
        table.release_id == release.id, table.session_id.not_in(but)
    )
    return ["release_id", *columns], rows


def rows_naming(contributor: Contributor) -> list[ReleasedSession]:
    """What names the person in all releases of the event; the text of the people is a first
    sieve."""
    rows = db.session.scalars(
        select(ReleasedSession)
        .join(ReleasedSession.release)
        .where(
            ProgrammeRelease.event_id == contributor.event_id,
            cast(ReleasedSession.people, String).like(f'%"contributor_id": {contributor.id},%'),
        )
        .execution_options(populate_existing=True)
    )
    return [
        row for row in rows if any(one["contributor_id"] == contributor.id for one in row.people)
    ]
