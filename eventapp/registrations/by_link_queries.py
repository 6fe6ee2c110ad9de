"""The one read with which each link of a guest begins."""

from typing import NamedTuple, cast

from sqlalchemy import Table, bindparam, exists, select

from eventapp.consents.models import Consent, Needs
from eventapp.events.queries import SURROUNDED, surrounded
from eventapp.foundation.database import connection
from eventapp.foundation.side_by_side import SideBySide, belongs
from eventapp.invitations.models import Invitation
from eventapp.questions.models import Question
from eventapp.registrations.models import Registration

_GUEST = SideBySide(Registration, Invitation, *SURROUNDED)
_registrations, _invitations, _events, *_ = _GUEST.tables
_companions = _registrations.alias()
_consents, _needs, _questions = (cast(Table, one.__table__) for one in (Consent, Needs, Question))
_BY_PUBLIC_ID = (
    select(
        *_GUEST.columns,
        exists().where(_companions.c.main_id == _registrations.c.id),
        exists().where(_consents.c.registration_id == _registrations.c.id),
        exists().where(_needs.c.registration_id == _registrations.c.id),
        exists().where(_questions.c.event_id == _events.c.id),
    )
    .select_from(
        surrounded(
            _registrations.outerjoin(
                _invitations, _invitations.c.id == _registrations.c.invitation_id
            ).join(_events, _events.c.id == _registrations.c.event_id)
        )
    )
    .where(_registrations.c.public_id == bindparam("public_id"))
)


class Opened(NamedTuple):
    """What a link opens, and whether there is more to read about this guest."""

    registration: Registration
    is_asked: bool
    has_told_needs: bool


def opened_by_public_id(public_id: str) -> Opened | None:
    """The registration with event, venue, host, series and invitation, whether the event asks its
    guests anything, and whether this one told needs.

    One statement; companions and consents are read when asked for, where there are any.
    """
    row = connection().execute(_BY_PUBLIC_ID, {"public_id": public_id}).first()
    if row is None:
        return None
    registration: Registration
    registration, invitation, event, host, venue, series = _GUEST.entities(row)
    belongs(event, host=host, venue=venue, series=series)
    belongs(registration, event=event, invitation=invitation)
    has_companions, has_consents, has_needs, has_questions = row[-4:]
    if not has_companions:
        belongs(registration, companions=[])
    if not has_consents:
        belongs(registration, consents=[])
    return Opened(registration, is_asked=has_questions, has_told_needs=has_needs)
