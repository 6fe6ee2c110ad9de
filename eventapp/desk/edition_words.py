"""How much there is of each thing that the next edition can take over, in words."""

from collections.abc import Mapping, Sequence

from eventapp.desk.edition_queries import Template
from eventapp.events.editions import Taken
from eventapp.events.models import Event
from eventapp.foundation.message import Message, message, plural_message

Counts = Sequence[Message | str]
NONE = message("none so far")
NOBODY_TOLD = message("Nobody is asked or told. Please take only those you mean to ask again.")


def counted(event: Event, template: Template) -> Mapping[Taken, Counts]:
    """For each part that can be taken over, short phrases to stand beside it."""
    questions, notices = template.questions, template.notices
    own_words = plural_message(
        "one with words of your own", "%(count)s with words of your own", notices
    )
    return {
        Taken.PLACE: _place(event, template),
        Taken.PARTNERS: _some(
            template.partners,
            plural_message("one partner", "%(count)s partners", template.partners),
        ),
        Taken.SETTINGS: [plural_message("one place", "%(count)s places", event.target_capacity)],
        Taken.QUESTIONS: _some(
            questions, plural_message("one question", "%(count)s questions", questions)
        ),
        Taken.NOTICES: [own_words] if notices else [message("with the usual words")],
        Taken.PROGRAMME: _programme(template),
        Taken.PEOPLE: [*_people(template.people), NOBODY_TOLD],
    }


def _some(count: int, words: Message) -> Counts:
    return [words if count else NONE]


def _place(event: Event, template: Template) -> Counts:
    if event.venue is None:
        return [NONE]
    rooms = plural_message("one room", "%(count)s rooms", template.rooms)
    return [event.venue.name, *([rooms] if template.rooms else [])]


def _people(people: int) -> Counts:
    return _some(people, plural_message("one person", "%(count)s persons", people))


def _programme(template: Template) -> Counts:
    sessions, slots, off = template.sessions, template.slots, template.cancelled
    known = [
        (sessions, plural_message("one session", "%(count)s sessions", sessions)),
        (slots, plural_message("one slot", "%(count)s slots", slots)),
        (off, plural_message("without one cancelled", "without %(count)s cancelled", off)),
    ]
    return [words for count, words in known if count] or [NONE]
