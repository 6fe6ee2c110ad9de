"""The numbers of an event's rail, as the overview counts them, so that no two pages disagree."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, func, select

from eventapp.desk.figures import NOT_OUT
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.invitations.models import Invitation
from eventapp.programme.kinds import SessionKind
from eventapp.programme.models import Session
from eventapp.programme.states import SessionState
from eventapp.registrations.models import Registration
from eventapp.registrations.states import REGISTERED

_EVENT_ID: Any = bindparam("event_id")
_TAKES_PLACE = Session.state != SessionState.CANCELLED


def _count(event_id: Any, *only: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(event_id == _EVENT_ID, *only).scalar_subquery()


_NUMBERS = select(
    _count(Registration.event_id, Registration.state.in_(REGISTERED)).label("guests"),
    _count(
        Invitation.event_id,
        Invitation.state.not_in(NOT_OUT),
        Invitation.substitute_id.is_(None),
    ).label("invitations"),
    _count(Session.event_id, _TAKES_PLACE).label("programme"),
    _count(Session.event_id, _TAKES_PLACE, Session.kind == SessionKind.TALK_ROUND).label("rounds"),
)


def rail_counts(event: Event) -> dict[str, int]:
    """How many guests, invitations, sessions and talk rounds the event has. One statement."""
    return dict(db.session.execute(_NUMBERS, {"event_id": event.id}).one()._mapping)
