"""What an event's rail tells on every organiser page of the event."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, func, select

from eventapp.desk.figures import NOT_OUT
from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.message import Message, message, plural_message
from eventapp.invitations.models import Invitation
from eventapp.programme.kinds import SessionKind
from eventapp.programme.models import Session
from eventapp.programme.states import SessionState
from eventapp.registrations.models import Registration
from eventapp.registrations.states import REGISTERED

WITHOUT_A_DAY = frozenset({EventState.CANCELLED, EventState.POSTPONED})
_EVENT_ID: Any = bindparam("event_id")
_TAKES_PLACE = Session.state != SessionState.CANCELLED


def _count(event_id: Any, *only: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(event_id == _EVENT_ID, *only).scalar_subquery()


_NUMBERS = select(
    _count(Registration.event_id, Registration.state.in_(REGISTERED)).label("guests"),
    _count(
        Invitation.event_id,
        Invitation.state.not_in(NOT_OUT),
        Invitation.substitute_for_id.is_(None),
    ).label("invitations"),
    _count(Session.event_id, _TAKES_PLACE).label("programme"),
    _count(Session.event_id, _TAKES_PLACE, Session.kind == SessionKind.TALK_ROUND).label("rounds"),
)


@dataclass(frozen=True)
class Rail:
    """How near the event is, and the numbers beside the entries (by their key)."""

    nearness: Message | str
    counts: dict[str, int]


def rail_of(event: Event) -> Rail:
    """How many guests, invitations, sessions and talk rounds the event has. One statement.

    They are counted as the overview counts them, so that no two pages disagree.
    """
    counts = db.session.execute(_NUMBERS, {"event_id": event.id}).one()._mapping
    return Rail(_nearness(event), dict(counts))


def _nearness(event: Event) -> Message | str:
    if event.state in WITHOUT_A_DAY:
        return ""
    days = (event.starts_on - clock.today(event.zone)).days
    if days > 0:
        return plural_message("tomorrow", "in %(count)s days", days)
    return message("today") if days == 0 else ""
