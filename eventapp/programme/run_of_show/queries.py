"""Named reads of a plan."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.programme import queries as programme_queries
from eventapp.programme.models import Contribution, Session
from eventapp.programme.run_of_show.cues import RunOfShow, cues_of
from eventapp.programme.run_of_show.models import ShowLine, ShowPlan
from eventapp.programme.states import SessionState


def run_of_show(event: Event) -> RunOfShow:
    """The whole plan, with the sessions that have no line yet. Six statements, however long."""
    lines = lines_of(event)
    met = {line.session_id for line in lines}
    return RunOfShow(
        event=event,
        plan=plan_of(event),
        cues=cues_of(lines),
        unplanned=[
            one
            for one in programme_queries.sessions_of(event)
            if one.id not in met and one.starts_at and one.state is not SessionState.CANCELLED
        ],
    )


def plan_of(event: Event) -> ShowPlan | None:
    """What belongs to the event's plan as a whole; None before its first step."""
    return db.session.scalar(select(ShowPlan).where(ShowPlan.event_id == event.id))


def plan_by_public_id(public_id: str) -> ShowPlan | None:
    """The plan whose link has this id, with its event."""
    return db.session.scalar(
        select(ShowPlan)
        .options(joinedload(ShowPlan.event).joinedload(Event.host))
        .where(ShowPlan.public_id == public_id)
    )


def lines_of(event: Event) -> Sequence[ShowLine]:
    """The event's lines as they were entered, with session, room and people. Three statements."""
    return db.session.scalars(_with_session().where(ShowLine.event_id == event.id)).all()


def line_of(event: Event, line_id: int) -> ShowLine | None:
    """A line of this event with its session."""
    return db.session.scalar(
        _with_session().where(ShowLine.id == line_id, ShowLine.event_id == event.id)
    )


def lines_of_session(session: Session) -> Sequence[ShowLine]:
    """The lines that belong to a session."""
    return db.session.scalars(_with_session().where(ShowLine.session_id == session.id)).all()


def lines_with_time(event: Event) -> Sequence[ShowLine]:
    """The event's lines that have a time of their own."""
    return db.session.scalars(
        select(ShowLine)
        .where(ShowLine.event_id == event.id, ShowLine.starts_at.is_not(None))
        .order_by(ShowLine.id)
    ).all()


def _with_session() -> Select[ShowLine]:
    session = selectinload(ShowLine.session)
    return (
        select(ShowLine)
        .options(
            session.joinedload(Session.room),
            session.selectinload(Session.contributions).joinedload(Contribution.contributor),
        )
        .order_by(ShowLine.id)
        .execution_options(populate_existing=True)
    )
