"""Named reads for pages that show several slices."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from eventapp.accounts.models import HostOrganisation
from eventapp.desk.phases import Moments, Phase, phase_at
from eventapp.events.models import Event
from eventapp.events.states import PUBLIC
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

_WAITING = (
    select(func.count())
    .where(
        Registration.event_id == Event.id,
        Registration.state == RegistrationState.WAITING,
    )
    .scalar_subquery()
)
_FRONT = (
    select(
        Event.id, Event.revision, Event.places_taken, _WAITING, HostOrganisation.version,
        Event.state, Event.zone, Event.starts_at, Event.ends_at, Event.registration_opens_at,
        Event.reply_by_on,
    )
    .join(HostOrganisation, HostOrganisation.id == Event.host_id)
    .where(Event.slug == bindparam("wanted"), Event.state.in_(PUBLIC))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FrontVersion:
    """What tells one state of a public page from the next: equal versions, equal pages."""

    event_id: int
    revision: int
    places_taken: int
    waiting: int
    host_version: int
    phase: Phase


def front_version(slug: str) -> FrontVersion | None:
    """The version of a public page; None for drafts and strangers. One statement."""
    row = db.session.execute(_FRONT, {"wanted": slug}).one_or_none()
    if row is None:
        return None
    event_id, revision, taken, waiting, host_version, *moments = row
    return FrontVersion(event_id, revision, taken, waiting, host_version,
                        phase_at(Moments(*moments), clock.now()))
