"""What a plan does when something below it moves: it follows in the same transaction."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.events.signals import days_shifted
from eventapp.programme.actions.revision import note
from eventapp.programme.models import Session
from eventapp.programme.run_of_show import queries
from eventapp.programme.run_of_show.cues import minutes_of, people_of, planned_at
from eventapp.programme.signals import session_goes


@session_goes.connect
def keep_lines(session: Session) -> None:
    """The cues of a deleted draft stay, as lines of their own that say what it said."""
    for line in queries.lines_of_session(session):
        line.starts_at, line.minutes = planned_at(line) or session.event.starts_at, minutes_of(line)
        line.what = line.what or session.title_de or session.title_en or session.key
        line.where = line.where or (session.room.name if session.room else "")
        line.who = line.who or people_of(session)
        line.offset_minutes, line.session_id = 0, None


@days_shifted.connect
def move_along(event: Event, days: int, by: Actor) -> None:
    """Lines with a time of their own keep their time of day on the event's new day."""
    zone = ZoneInfo(event.zone)
    for line in queries.lines_with_time(event):
        before = line.starts_at
        if before is not None:
            moved = before.astimezone(zone) + timedelta(days=days)
            line.starts_at = moved.astimezone(UTC)
            different = {"starts_at": (before, line.starts_at)}
            note(by, "show_line.changed", line, event, different=different)
