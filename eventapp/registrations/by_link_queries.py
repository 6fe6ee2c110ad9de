"""The one read with which each link of a guest begins."""

from typing import cast

from sqlalchemy import Table, bindparam, exists, select

from eventapp.accounts.models import HostOrganisation
from eventapp.consents.models import Consent
from eventapp.events.models import Event, Series, Venue
from eventapp.foundation.database import db
from eventapp.foundation.side_by_side import SideBySide, belongs
from eventapp.invitations.models import Invitation
from eventapp.registrations.models import Registration

_GUEST = SideBySide(Registration, Event, HostOrganisation, Venue, Series, Invitation)
_registrations, _events, _hosts, _venues, _series, _invitations = _GUEST.tables
_companions, _consents = _registrations.alias(), cast(Table, Consent.__table__)
_BY_PUBLIC_ID = (
    select(
        *_GUEST.columns,
        exists().where(_companions.c.main_id == _registrations.c.id),
        exists().where(_consents.c.registration_id == _registrations.c.id),
    )
    .select_from(
        _registrations.join(_events, _events.c.id == _registrations.c.event_id)
        .join(_hosts, _hosts.c.id == _events.c.host_id)
        .outerjoin(_venues, _venues.c.id == _events.c.venue_id)
        .outerjoin(_series, _series.c.id == _events.c.series_id)
        .outerjoin(_invitations, _invitations.c.id == _registrations.c.invitation_id)
    )
    .where(_registrations.c.public_id == bindparam("public_id"))
)


def registration_by_public_id(public_id: str) -> Registration | None:
    """The registration with event, venue, host, series and invitation. One statement; companions
    and consents are read when asked for, where there are any."""
    row = db.session.connection().execute(_BY_PUBLIC_ID, {"public_id": public_id}).first()
    if row is None:
        return None
    registration: Registration
    registration, event, host, venue, series, invitation = _GUEST.entities(row)
    belongs(event, host=host, venue=venue, series=series)
    belongs(registration, event=event, invitation=invitation)
    has_companions, has_consents = row[-2:]
    if not has_companions:
        belongs(registration, companions=[])
    if not has_consents:
        belongs(registration, consents=[])
    return registration
