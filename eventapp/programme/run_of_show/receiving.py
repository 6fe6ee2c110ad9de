"""Brings a file and a plan together: what its reader has to know, and the lines that come of it."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from eventapp.events.models import Event
from eventapp.programme import queries as programme_queries
from eventapp.programme.run_of_show import queries
from eventapp.programme.run_of_show.actions import LineChange
from eventapp.programme.run_of_show.cues import people_of, title_of
from eventapp.programme.run_of_show.reading import (
    Around,
    KnownSession,
    PlanRow,
    Verdict,
    read_plan,
)
from eventapp.programme.states import SessionState

TAKEN = frozenset({Verdict.TAKEN, Verdict.HINT})


def read_for(event: Event, text: str, *, rooms: Mapping[str, str] | None = None) -> list[PlanRow]:
    """The rows of a table, read for this event; `rooms` says what short names of rooms mean.

    Contributors are known by their short names. Raises FileRefused with the reason.
    """
    return read_plan(text, _around(event, rooms or {}))


def changes_of(rows: Iterable[PlanRow]) -> list[LineChange]:
    """The lines that the rows become; those that are refused or known are left out."""
    return [_change(row) for row in rows if row.verdict in TAKEN]


def _around(event: Event, rooms: Mapping[str, str]) -> Around:
    show, zone = queries.run_of_show(event), ZoneInfo(event.zone)
    people = sorted(programme_queries.contributors_of(event), key=lambda one: one.key)
    return Around(
        zone=event.zone,
        first_day=event.starts_at.astimezone(zone).date(),
        sessions=[
            KnownSession(
                id=one.id,
                starts_at=one.starts_at,
                minutes=round((one.ends_at - one.starts_at).total_seconds() / 60),
                title=title_of(one),
                room=one.room.name if one.room else "",
                people=people_of(one),
            )
            for one in programme_queries.sessions_of(event)
            if one.starts_at and one.ends_at and one.state is not SessionState.CANCELLED
        ],
        there=frozenset(
            (at, cue.what.casefold())
            for cue in show.cues
            for at in (cue.planned_at, cue.begins_at)
            if at
        ),
        rooms=rooms,
        people={one.key: one.full_name for one in people},
    )


def _change(row: PlanRow) -> LineChange:
    return LineChange(
        session_id=row.session.id if row.session else None,
        starts_at=None if row.session else row.starts_at,
        minutes=row.minutes,
        fixed=row.fixed,
        **row.texts,
    )
