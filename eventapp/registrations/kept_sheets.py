"""Guests' own pages, rendered once for all guests to whom the same applies.

What a page says of one guest alone stands in slots, see `foundation/slots.py`; what it says of all
guests in the same position is named by its facts. Who renders a page is given the event and the
facts and nothing of a guest, so there is nothing of another guest that it could show.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from eventapp.events.models import Event
from eventapp.foundation.slots import KeptPages, Words

Facts = TypeVar("Facts", bound=tuple[Any, ...])

SHEETS = KeptPages(150)


def kept_sheet(
    render: Callable[[Event, Facts], str], event: Event, facts: Facts, words: Words
) -> str:
    """The page in the reader's language, its slots filled with the words of this guest.

    `render` may show of the event what its own row and those of host, series and venue say, but
    not how many places are taken: that changes without a new version, and belongs to the facts.
    """
    key = (render, face_of(event), facts)
    return SHEETS.page(key, lambda: render(event, facts), words)


def face_of(event: Event) -> tuple[object, ...]:
    """What tells one state of an event, its host, series and venue from the next.

    Versions count whatever people change of a row; the moment of the last change stands beside
    them, because a restored backup counts its versions anew.
    """
    around = (event.host, event.series, event.venue)
    versions = tuple(row.version if row is not None else None for row in around)
    return (event.uid, event.version, event.revision, event.last_modified_at, versions)
