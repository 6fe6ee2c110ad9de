"""What an event has that its next edition can take over."""

from dataclasses import dataclass

from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.notices.queries import stored_notices
from eventapp.programme.queries import programme_of
from eventapp.questions.queries import asked_questions


@dataclass(frozen=True)
class Template:
    """How many of each thing there are."""

    rooms: int
    partners: int
    questions: int
    notices: int
    slots: int
    sessions: int
    cancelled: int
    people: int


def template_of(event: Event) -> Template:
    """What would come along if all of it were wanted. Ten statements, however much it is."""
    programme = programme_of(event)
    kept = programme.kept
    return Template(
        rooms=len(rooms_of(event)),
        partners=len(event.partners),
        questions=len(asked_questions(event)),
        notices=len(stored_notices(event)),
        slots=len(programme.slots),
        sessions=len(kept),
        cancelled=len(programme.sessions) - len(kept),
        people=len(programme.taking_part),
    )
