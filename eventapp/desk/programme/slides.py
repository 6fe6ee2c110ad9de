"""What the screen in the foyer shows, and from when until when, in the reader's words. No queries.

A slide knows its own times, so that the screen goes on by the clock when the network is away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from eventapp.desk.programme.arranging import Day, days_of
from eventapp.desk.programme.news import News
from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation.i18n import format_day, format_moment, format_range, format_time, localised
from eventapp.foundation.message import Message, message
from eventapp.programme.public import PublicProgramme, PublicSession
from eventapp.programme.schedule_plan import NIGHT

_OFF = {
    EventState.CANCELLED: message("The event does not take place."),
    EventState.POSTPONED: message("The event is postponed."),
}


@dataclass(frozen=True, slots=True)
class Slide:
    """One thing to read: a heading above, where, what. Shown from `since` on, before `until`."""

    heading: str
    title: str
    where: str = ""
    lines: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    kind: str = ""

    def shown_at(self, now: datetime) -> bool:
        """Whether the screen shows it at a moment."""
        return (self.since is None or self.since <= now) and (
            self.until is None or now < self.until
        )


def slides_of(event: Event, programme: PublicProgramme, news: Sequence[News]) -> list[Slide]:
    """All slides of an event, in the order in which they follow each other."""
    off = _OFF.get(event.state)
    if off is not None:
        return [
            Slide(format_moment(event.starts_at, event.zone), str(off), localised(event, "title"))
        ]
    days = days_of(programme, event.zone)
    if not days:
        return [*_around(event, event.ends_at, event.ends_at)]
    slides = [*_around(event, days[0].entries[0].starts_at, _end(days[-1]))]
    for day in days:
        slides += _of_day(day, event.zone)
    slides += [_break(one, other, event) for one, other in pairwise(days)]
    return slides + [_changed(one, event) for one in news]


def _end(day: Day) -> datetime:
    return max(entry.ends_at for entry in day.entries)


def _begin_of(day: Day, zone: str) -> datetime:
    """From when on a day's first sessions are told: its morning."""
    there = ZoneInfo(zone)
    return datetime(day.day.year, day.day.month, day.day.day, tzinfo=there) + NIGHT


def _around(event: Event, first: datetime, last: datetime) -> Iterator[Slide]:
    """Before it begins, and once it is over."""
    moment = format_day(event.starts_at.astimezone(ZoneInfo(event.zone)).date())
    times = format_range(event.starts_at, event.ends_at, event.zone)
    title, when = localised(event, "title"), (moment, times)
    yield Slide(str(message("A warm welcome")), title, "", when, until=first, kind="before")
    yield Slide(str(message("Thank you for coming")), title, since=last, kind="after")


def _of_day(day: Day, zone: str) -> Iterator[Slide]:
    """Each session twice: as what is on, and as what comes next.

    Where a break comes next, what follows it is told as well: people look for its rooms.
    """
    told_from = _begin_of(day, zone)
    for session in day.sessions:
        until = format_time(session.ends_at, zone)
        yield _session(session, message("Now until %(time)s", time=until), "now",
                       session.starts_at, session.ends_at)  # fmt: skip
    for begins, together in groupby(day.sessions, key=_starts):
        heading = message("Next %(time)s", time=format_time(begins, zone))
        sessions = list(together)
        for session in sessions:
            yield _session(session, heading, "next", told_from, begins)
        if not all(session.calm for session in sessions):
            told_from = max(told_from, begins)


def _starts(session: PublicSession) -> datetime:
    return session.starts_at


def _session(
    session: PublicSession, heading: Message, kind: str, since: datetime, until: datetime
) -> Slide:
    room = session.room.name if session.room else ""
    return Slide(
        heading=str(heading),
        title=session.title,
        where=" · ".join(filter(None, (session.code, room))),
        since=since,
        until=until,
        kind=kind,
    )


def _break(one: Day, other: Day, event: Event) -> Slide:
    """Between two days: when it goes on."""
    begins = other.entries[0].starts_at
    return Slide(
        heading=str(message("Goes on")),
        title=localised(event, "title"),
        lines=(format_moment(begins, event.zone),),
        since=_end(one),
        until=begins,
        kind="before",
    )


def _changed(news: News, event: Event) -> Slide:
    change, since = news.change, format_time(news.since, event.zone)
    return Slide(
        heading=str(message("Changed %(time)s", time=since)),
        title=change.title,
        where=change.code,
        lines=change.lines,
        until=event.ends_at,
        kind="changed",
    )
