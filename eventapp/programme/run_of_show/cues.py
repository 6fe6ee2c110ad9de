"""The plan as people read it: every line with its times, words and delay worked out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from eventapp.events.models import Event
from eventapp.foundation.i18n import localised
from eventapp.programme.models import Session
from eventapp.programme.run_of_show.delays import Squeeze, Timed, beginnings, squeezes
from eventapp.programme.run_of_show.models import ShowLine, ShowPlan
from eventapp.programme.run_of_show.trades import Trade
from eventapp.programme.states import SessionState

MOMENT_LASTS = timedelta(minutes=2)
"""For so long something without a length counts as happening now."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One line as it stands by now; `begins_at` is None while its session has no time."""

    line: ShowLine
    begins_at: datetime | None
    planned_at: datetime | None
    minutes: int
    what: str
    where: str
    who: str

    @property
    def id(self) -> int:
        """The line's number."""
        return self.line.id

    @property
    def ends_at(self) -> datetime | None:
        """When it is over; at its begin if it has no length."""
        return self.begins_at and self.begins_at + timedelta(minutes=self.minutes)

    @property
    def shown_until(self) -> datetime | None:
        """Until when it counts as happening now."""
        return self.ends_at and max(self.ends_at, (self.begins_at or self.ends_at) + MOMENT_LASTS)

    @property
    def late(self) -> int:
        """By how many minutes it begins later than planned, or earlier if below zero."""
        if self.begins_at is None or self.planned_at is None:
            return 0
        return round((self.begins_at - self.planned_at).total_seconds() / 60)

    @property
    def is_off(self) -> bool:
        """Whether its session was cancelled."""
        return is_off(self.line)

    @property
    def timed(self) -> Timed:
        """Its times for the rules about delays; only of a line that has one."""
        at = self.planned_at
        if at is None:
            raise ValueError("a line without a time")
        return Timed(self.id, at, self.minutes, self.line.late_minutes, fixed=self.line.fixed)

    def said_to(self, trade: Trade) -> str:
        """What the line tells a trade."""
        text: str = getattr(self.line, trade.value)
        return text


@dataclass(frozen=True, slots=True)
class RunOfShow:
    """All of an event's plan. `cues` stand by time as planned, those without a time last."""

    event: Event
    plan: ShowPlan | None
    cues: Sequence[Cue]
    unplanned: Sequence[Session]

    @property
    def timed(self) -> list[Timed]:
        """The times of all lines that take place."""
        return [cue.timed for cue in self.cues if cue.planned_at and not cue.is_off]

    @property
    def squeezes(self) -> list[Squeeze]:
        """What does not fit any more."""
        return squeezes(self.timed)

    @property
    def is_late(self) -> bool:
        """Whether any line has been shifted."""
        return any(cue.line.late_minutes for cue in self.cues)

    @property
    def mark(self) -> str:
        """Another one as soon as a time changes; says whether a preview still holds."""
        times = ((one.id, one.planned_at, one.minutes, one.late, one.fixed) for one in self.timed)
        return ";".join(
            f"{number}.{at:%Y%m%d%H%M}.{minutes}.{late}.{fixed:d}"
            for number, at, minutes, late, fixed in times
        )

    def cue(self, line_id: int) -> Cue:
        """The cue of a line of this plan."""
        return next(cue for cue in self.cues if cue.id == line_id)

    def days(self, trade: Trade | None = None) -> list[tuple[date | None, list[Cue]]]:
        """The cues day by day on the wall clock, all or those that tell a trade something."""
        wanted = [cue for cue in self.cues if trade is None or cue.said_to(trade)]
        zone = ZoneInfo(self.event.zone)

        def day(cue: Cue) -> date | None:
            return cue.begins_at.astimezone(zone).date() if cue.begins_at else None

        return [(key, list(group)) for key, group in groupby(wanted, key=day)]


def is_off(line: ShowLine) -> bool:
    """Whether the line's session was cancelled, so that it does not take place."""
    return line.session is not None and line.session.state is SessionState.CANCELLED


def planned_at(line: ShowLine) -> datetime | None:
    """When it was to begin: its own time, else that of its session."""
    if line.starts_at or line.session is None or line.session.starts_at is None:
        return line.starts_at
    return line.session.starts_at + timedelta(minutes=line.offset_minutes)


def minutes_of(line: ShowLine) -> int:
    """How long it takes: its own length, else that of the session with which it begins."""
    session = line.session
    if line.minutes is not None:
        return line.minutes
    if session is None or line.offset_minutes or not session.starts_at or not session.ends_at:
        return 0
    return round((session.ends_at - session.starts_at).total_seconds() / 60)


def title_of(session: Session) -> str:
    """What a session is called here: "T1 Fachkräfte …"."""
    return f"{session.code} {localised(session, 'title')}".strip()


def people_of(session: Session) -> str:
    """Who has agreed to be there, in the order of the podium; a crew learns of nobody before."""
    names = [one.contributor.full_name for one in session.contributions if one.named_in_public]
    return ", ".join(dict.fromkeys(names))


def cues_of(lines: Sequence[ShowLine]) -> list[Cue]:
    """The lines worked out, by time as planned; those without a time last."""
    cues = sorted((_cue(line) for line in lines), key=_by_plan)
    timed = [cue.timed for cue in cues if cue.planned_at and not cue.is_off]
    begins = beginnings(timed)
    return [replace(cue, begins_at=begins.get(cue.id, cue.planned_at)) for cue in cues]


def _cue(line: ShowLine) -> Cue:
    session = line.session
    room = session.room.name if session and session.room else ""
    return Cue(
        line=line,
        begins_at=None,
        planned_at=planned_at(line),
        minutes=minutes_of(line),
        what=line.what or (title_of(session) if session else ""),
        where=line.where or room,
        who=line.who or (people_of(session) if session else ""),
    )


def _by_plan(cue: Cue) -> tuple[bool, str, str, int]:
    session = cue.line.session
    at = cue.planned_at.isoformat() if cue.planned_at else ""
    return not at, at, session.key if session else "", cue.id
