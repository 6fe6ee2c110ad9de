"""The public form while nobody has typed anything, and the page after it: rendered once for all.

What differs from visitor to visitor stands in slots, see `foundation/slots.py`. A page is kept in
the memory of this process, and is handed out only while things stand as when it was rendered.
"""

from collections.abc import Callable, Mapping

from flask import session

from eventapp.events.models import Event
from eventapp.events.permissions import public_event
from eventapp.foundation.errors import found
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.shelf import Shelf
from eventapp.foundation.slots import SlottedPage
from eventapp.registrations.front_door.form_state import FormState, state_of
from eventapp.registrations.front_door.queries import form_facts

Render = Callable[[Event, FormState], str]
FLASHES = "_flashes"  # where Flask keeps what the last action did

PAGES: Shelf[tuple[Render, str, FormState], SlottedPage] = Shelf(100)  # 3 MB, if all are large


def blank_page(slug: str, render: Render, words: Mapping[str, Callable[[], str]]) -> str:
    """The page of an event in the reader's language, its slots filled with these words.

    Raises NotFound for drafts and strangers. Who is to be told first what the last action did gets
    a page of their own.
    """
    state = _state(slug)
    key = (render, current_locale(), state)
    own = FLASHES in session
    page = None if own else PAGES.get(key)
    if page is None:
        page = SlottedPage(render(public_event(slug), state))
        if not own and state == _state(slug):  # else it may show what came in between
            PAGES.put(key, page)
    return page.filled(words)


def _state(slug: str) -> FormState:
    return state_of(found(form_facts(slug)))
