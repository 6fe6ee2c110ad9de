"""Reads about who answered the organiser's questions, and who has not yet."""

from collections.abc import Collection

from sqlalchemy import Select, select

from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.pages import Page, paginate
from eventapp.questions.given import Given
from eventapp.questions.models import Question
from eventapp.questions.queries import given_answers
from eventapp.questions.tally import Person, who_answered
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


def answers_to(question: Question, value: str = "") -> dict[int, Given]:
    """What people answered to a question, by registration; with `value` only that answer.

    Blanks are left out, and who has left. Two statements, and the event where it is not at hand.
    """
    here = {person.id for person in people_asked(question.event)}
    found = who_answered(question, given_answers(question.event), value)
    return {number: answer for number, answer in found.items() if number in here}


def by_name(event: Event, ids: Collection[int]) -> Select[Registration]:
    """Selects these people, by name as Germans sort."""
    statement = select(Registration).where(
        Registration.event_id == event.id, Registration.id.in_(ids)
    )
    return statement.order_by(Registration.sort_name, Registration.id)


def named(event: Event, ids: Collection[int], number: int) -> Page[Registration]:
    """One page of these people, by name as Germans sort. Two statements."""
    return paginate(by_name(event, ids), number)
