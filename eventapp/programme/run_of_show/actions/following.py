"""What a plan does when something below it moves: it follows in the same transaction."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from eventapp.accounts.audit import Actor, erase_values
from eventapp.events.models import Event
from eventapp.events.signals import days_shifted
from eventapp.programme.actions.revision import note
from eventapp.programme.models import Contributor, Session
from eventapp.programme.run_of_show import queries
from eventapp.programme.run_of_show.cues import minutes_of, people_of, planned_at
from eventapp.programme.run_of_show.models import TEXTS
from eventapp.programme.signals import contributor_leaves, session_goes

NOBODY = "N. N."


@session_goes.connect
def keep_lines(session: Session) -> None:
    """The cues of a deleted draft stay, as lines of their own that say what it said."""
    for line in queries.lines_of_session(session):
        line.starts_at, line.minutes = planned_at(line) or session.event.starts_at, minutes_of(line)
        line.what = line.what or session.title_de or session.title_en or session.key
        line.where = line.where or (session.room.name if session.room else "")
        line.who = line.who or people_of(session)
        line.offset_minutes, line.session_id = 0, None


@contributor_leaves.connect
def forget_name(person: Contributor) -> None:
    """A name that somebody typed into a line goes with the person, from the trail as well."""
    names = [name for name in (person.full_name, person.name) if name]
    for line in queries.lines_of(person.event):
        told = {text: getattr(line, text) for text in TEXTS}
        for text, words in told.items():
            for name in names:
                words = words.replace(name, NOBODY)
            setattr(line, text, words)
        if any(getattr(line, text) != words for text, words in told.items()):
            erase_values(line.__tablename__, line.id)
    plan = queries.plan_of(person.event)
    if plan is not None and queries.names_in_steps(plan, names):
        erase_values(plan.__tablename__, plan.id)


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
