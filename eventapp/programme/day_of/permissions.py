"""When a programme may be changed at once."""

from datetime import date, timedelta

from eventapp.events.models import Event
from eventapp.events.states import TAKES_PLACE
from eventapp.foundation import clock
from eventapp.programme.comparing import ShownSession
from eventapp.programme.day_of.errors import NotTheDay


def is_the_day(event: Event) -> bool:
    """Whether it is a day of the event, or the day before, and the event is not over."""
    today = clock.today(event.zone)
    soon = today >= event.starts_on - timedelta(days=1)
    return soon and clock.now() < event.ends_at and event.state in TAKES_PLACE


def require_the_day(event: Event) -> None:
    """Raises NotTheDay at any other time."""
    if not is_the_day(event):
        raise NotTheDay


def day_shown(event: Event) -> date:
    """Today; on the day before, the first day of the event."""
    return max(clock.today(event.zone), event.starts_on)


def may_change(shown: ShownSession) -> bool:
    """Whether it is not over yet."""
    return shown.ends_at > clock.now()
