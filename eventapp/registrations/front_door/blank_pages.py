"""The public form while nobody has typed anything, and the page after it: rendered once for all.

What differs from visitor to visitor stands in slots, see `foundation/slots.py`.
"""

from collections.abc import Callable

from eventapp.events.models import Event
from eventapp.events.permissions import public_event
from eventapp.foundation.errors import found
from eventapp.foundation.slots import KeptPages, Words
from eventapp.registrations.front_door.form_state import FormState, state_of
from eventapp.registrations.front_door.queries import form_facts, form_facts_in_session

PAGES = KeptPages(100)


def blank_page(slug: str, render: Callable[[Event, FormState], str], words: Words) -> str:
    """The page of an event as things stand, its slots filled with the words of this visitor.

    Raises NotFound for drafts and strangers.
    """
    state = state_of(found(form_facts(slug)))
    return PAGES.page(
        (render, state),
        lambda: render(public_event(slug), state),
        words,
        is_still_so=lambda: state == state_of(found(form_facts_in_session(slug))),
    )
