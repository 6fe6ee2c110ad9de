"""The way from an empty event to its first answers."""

from dataclasses import dataclass

from eventapp.desk.figures import EventFigures
from eventapp.desk.tasks import CONTACTS, LIFE, PROGRAMME, ROOMS, WAVES
from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation.message import Message, message


@dataclass(frozen=True)
class FirstStep:
    """One of the first things to do with a new event, and whether it is done."""

    title: Message
    detail: Message
    page: str
    done: bool


_FIRST = (
    (message("Place and rooms"), message("Where it is, and where people sit."), ROOMS),
    (message("Contacts"), message("Import the list you have, or add people one by one."),
     CONTACTS),
    (message("Programme"), message("Sessions with times, rooms and people."), PROGRAMME),
    (message("Publish the event"), message("Then everybody can see its page."), LIFE),
    (message("Send a wave of invitations"),
     message("To the lists you choose; nobody gets one twice."), WAVES),
)  # fmt: skip


def first_steps(
    event: Event, figures: EventFigures, *, rooms: int, contacts: int
) -> list[FirstStep]:
    """All of them in the order of the work."""
    done = (
        rooms > 0,
        contacts > 0,
        figures.sessions > 0,
        event.state is not EventState.DRAFT,
        figures.invited > 0,
    )
    return [FirstStep(*words, done=step) for words, step in zip(_FIRST, done, strict=True)]
