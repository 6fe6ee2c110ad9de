"""What the public page says first: where an event stands for somebody who wants to come. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from eventapp.events.states import EventState
from eventapp.programme.schedule_plan import programme_day

NEWS_BEFORE = timedelta(hours=24)


class Phase(StrEnum):
    """What can be done about coming, today."""

    CALLED_OFF = "called_off"
    POSTPONED = "postponed"
    OVER = "over"
    RUNNING = "running"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    LATE = "late"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments and the state that decide it; `reply_by_on` counts to its midnight there."""

    state: EventState
    zone: str
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime | None
    reply_by_on: date | None


_BY_STATE = {
    EventState.CANCELLED: Phase.CALLED_OFF,
    EventState.POSTPONED: Phase.POSTPONED,
    EventState.ENDED: Phase.OVER,
    EventState.ARCHIVED: Phase.OVER,
}


def phase_at(moments: Moments, now: datetime) -> Phase:
    """The phase at a moment; the clock wins over a state that nobody has moved on yet."""
    fixed = _BY_STATE.get(moments.state)
    if fixed is not None:
        return fixed
    if now >= moments.ends_at:
        return Phase.OVER
    if now >= moments.starts_at:
        return Phase.RUNNING
    return _before_start(moments, now)


def _before_start(moments: Moments, now: datetime) -> Phase:
    if moments.state is EventState.CLOSED:
        return Phase.CLOSED
    if _opens_later(moments, now):
        return Phase.NOT_YET
    today = now.astimezone(ZoneInfo(moments.zone)).date()
    late = moments.reply_by_on is not None and today > moments.reply_by_on
    return Phase.LATE if late else Phase.OPEN


def _opens_later(moments: Moments, now: datetime) -> bool:
    if moments.opens_at is None:
        return moments.state is EventState.RELEASED
    return now < moments.opens_at


def news_day(moments: Moments, now: datetime) -> date | None:
    """The day whose changes of the programme public pages tell; None long before and afterwards."""
    if moments.state in _BY_STATE:
        return None
    if not moments.starts_at - NEWS_BEFORE <= now < moments.ends_at:
        return None
    return programme_day(now, ZoneInfo(moments.zone))
