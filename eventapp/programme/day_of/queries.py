"""Named reads for changes of the day."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.programme.comparing import SessionDifference, Version
from eventapp.programme.day_of.planning import Day
from eventapp.programme.history import chapters
from eventapp.programme.queries import programme_of
from eventapp.programme.release_models import ProgrammeRelease
from eventapp.programme.release_queries import (
    changed_sessions,
    kept,
    newest_kept,
    release_of,
    releases_of,
)
from eventapp.programme.states import ReleaseReason

CHANGED = "programme.changed_on_the_day"
LATEST = 10


def day_of(event: Event) -> Day:
    """The programme as it stands. Seven statements."""
    return Day(programme_of(event), newest_kept(event))


@dataclass(frozen=True)
class DayRelease:
    """A release that was made at short notice, with what it changed."""

    release: ProgrammeRelease
    differences: tuple[SessionDifference, ...]


def day_releases(event: Event) -> list[DayRelease]:
    """The newest of them first. Two statements."""
    history = chapters(releases_of(event), changed_sessions(event))
    found = [
        DayRelease(one.release, one.differences)
        for one in history
        if one.release.reason is ReleaseReason.ON_THE_DAY
    ]
    return found[:LATEST]


def differences_of(event: Event, release: ProgrammeRelease) -> tuple[SessionDifference, ...]:
    """What a release made otherwise. Two statements."""
    history = chapters(releases_of(event), changed_sessions(event))
    return next(one.differences for one in history if one.release is release)


def sessions_in(event: Event, number: str) -> Version:
    """What the release of this number showed, as a form carries it; nothing for nonsense."""
    release = release_of(event, int(number[:9])) if number.isdecimal() else None
    return kept(release).sessions


def steps_of(event: Event) -> Sequence[AuditEntry]:
    """The newest steps of the trail that changed the programme on the day."""
    return db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.scope == event.scope, AuditEntry.action == CHANGED)
        .order_by(AuditEntry.id.desc())
        .limit(LATEST)
    ).all()
