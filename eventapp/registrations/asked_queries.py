"""Reads about who answered the organiser's questions, and who has not yet."""

from collections.abc import Collection

from sqlalchemy import select

from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.pages import Page, paginate
from eventapp.questions.tally import Person
from eventapp.registrations.asked import steps_of
from eventapp.registrations.models import Registration
from eventapp.registrations.states import HOLDS_PLACE, REGISTERED


def people_asked(event: Event) -> list[Person]:
    """Everybody who registered and has not left, without companions. One statement."""
    rows = db.session.execute(
        select(Registration.id, Registration.state).where(
            Registration.event_id == event.id,
            Registration.main_id.is_(None),
            Registration.state.in_(REGISTERED),
        )
    )
    return [Person(row[0], steps_of(row[1]), row[1] in HOLDS_PLACE) for row in rows]


def named(event: Event, ids: Collection[int], number: int) -> Page[Registration]:
    """One page of these people, by name as Germans sort. Two statements."""
    statement = select(Registration).where(
        Registration.event_id == event.id, Registration.id.in_(ids)
    )
    return paginate(statement.order_by(Registration.sort_name, Registration.id), number)
