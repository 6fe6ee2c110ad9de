"""What an event's rail tells on every organiser page of the event."""

from dataclasses import dataclass

from eventapp.desk.rail_queries import rail_counts
from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.message import Message, message, plural_message

WITHOUT_A_DAY = frozenset({EventState.CANCELLED, EventState.POSTPONED})


@dataclass(frozen=True)
class Rail:
    """How near the event is, and the numbers beside the entries (by their key)."""

    nearness: Message | str
    counts: dict[str, int]


def rail_of(event: Event) -> Rail:
    """What stands beside the rail's entries. One statement."""
    return Rail(_nearness(event), rail_counts(event))


def _nearness(event: Event) -> Message | str:
    if event.state in WITHOUT_A_DAY:
        return ""
    days = (event.starts_on - clock.today(event.zone)).days
    if days > 0:
        return plural_message("tomorrow", "in %(count)s days", days)
    return message("today") if days == 0 else ""
