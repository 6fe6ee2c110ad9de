"""Named reads for pages that show several slices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, bindparam, case, func, select

from eventapp.accounts.models import HostOrganisation
from eventapp.desk.phases import Moments, Phase, news_day, phase_at
from eventapp.events.models import Event
from eventapp.events.states import PUBLIC
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.registrations.models import Registration
from eventapp.registrations.place_queries import KEPT_USED_OF_EVENT, kept_places_used_in
from eventapp.registrations.states import RegistrationState

# Tables instead of models, and a connection instead of the session: this is all that a repeated
# visit costs, and the session alone would cost as much again.
_event, _host = Event.__table__.c, HostOrganisation.__table__.c
_registration = Registration.__table__.c
_WAITING = (
    select(func.count())
    .where(
        _registration.event_id == _event.id,
        _registration.state == RegistrationState.WAITING,
    )
    .scalar_subquery()
)
_KEPT_USED = case(
    (_event.reserved_places > 0, KEPT_USED_OF_EVENT.scalar_subquery()), else_=0
)  # counted only where places are kept
_FRONT = select(
    _event.uid, _event.revision, _event.last_modified_at, _event.places_taken, _WAITING,
    _event.reserved_places, _KEPT_USED,
    _host.version, _event.state, _event.zone, _event.starts_at, _event.ends_at,
    _event.registration_opens_at, _event.reply_by_on,
).where(_event.slug == bindparam("wanted"), _host.id == _event.host_id)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FrontVersion:
    """What tells one state of a public page from the next: equal versions, equal pages.

    The moment of the last change stands beside the revision, because a restored backup counts its
    revisions anew.
    """

    event_uid: str
    revision: int
    changed_at: datetime
    places_taken: int
    waiting: int
    places_kept: int
    host_version: int
    phase: Phase
    news_on: date | None

    @property
    def of_programme(self) -> tuple[object, ...]:
        """What of it pages show that say nothing of places."""
        return (self.event_uid, self.revision, self.changed_at, self.host_version, self.phase,
                self.news_on)  # fmt: skip


def front_version(slug: str, engine: Engine | None = None) -> FrontVersion | None:
    """The version of a public page; None for drafts and strangers. One statement.

    Who knows the `engine` needs no application around it.
    """
    with (engine or db.engine).connect() as connection:
        row = connection.execute(_FRONT, {"wanted": slug}).one_or_none()
    if row is None or row.state not in PUBLIC:
        return None
    uid, revision, changed_at, taken, waiting, reserved, used, host_version, *moments = row
    told, now = Moments(*moments), clock.now()
    return FrontVersion(uid, revision, changed_at, taken, waiting, max(0, reserved - used),
                        host_version, phase_at(told, now), news_day(told, now))  # fmt: skip


def with_versions(events: Sequence[Event]) -> list[tuple[Event, FrontVersion]]:
    """Each event with what its public page would say now. Two statements at most for all."""
    rows = db.session.execute(
        select(Registration.event_id, func.count())
        .where(
            Registration.event_id.in_([event.id for event in events]),
            Registration.state == RegistrationState.WAITING,
        )
        .group_by(Registration.event_id)
    )
    waiting = {row[0]: row[1] for row in rows}
    used = kept_places_used_in(events)
    return [
        (event, _version_of(event, waiting.get(event.id, 0), used.get(event.id, 0)))
        for event in events
    ]


def _version_of(event: Event, waiting: int, used: int) -> FrontVersion:
    kept = max(0, event.reserved_places - used)
    return FrontVersion(event.uid, event.revision, event.last_modified_at, event.places_taken,
                        waiting, kept, event.host.version, phase_of(event),
                        news_day(_moments(event), clock.now()))  # fmt: skip


def phase_of(event: Event) -> Phase:
    """What can be done about coming to the event, now."""
    return phase_at(_moments(event), clock.now())


def _moments(event: Event) -> Moments:
    return Moments(
        event.state,
        event.zone,
        event.starts_at,
        event.ends_at,
        event.registration_opens_at,
        event.reply_by_on,
    )
