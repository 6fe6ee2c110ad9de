"""Who may see and change a question. Strangers get "not found"."""

from eventapp.events.models import Event
from eventapp.foundation.errors import found
from eventapp.questions import queries
from eventapp.questions.models import Question


def question_for_organiser(event: Event, question_id: int) -> Question:
    """A question of this event. Raises NotFound for those of other events."""
    return found(queries.question_of(event, question_id))
