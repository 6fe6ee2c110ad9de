"""Guests' own pages, rendered once for all guests to whom the same applies.

What a page says of one guest alone stands in slots, see `foundation/slots.py`; what it says of all
guests in the same position is named by its facts. Who renders a page is given the event and the
facts and nothing of a guest, so there is nothing of another guest that it could show.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import session

from eventapp.events.models import Event
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.shelf import Shelf
from eventapp.foundation.slots import SlottedPage

FLASHES = "_flashes"  # where Flask keeps what the last action did
Facts = TypeVar("Facts", bound=tuple[Any, ...])
Words = Mapping[str, Callable[[], object]]

SHEETS: Shelf[tuple[Any, ...], SlottedPage] = Shelf(150)  # 2 MB, if all are large


def kept_sheet(
    render: Callable[[Event, Facts], str], event: Event, facts: Facts, words: Words
) -> str:
    """The page in the reader's language, its slots filled with the words of this guest.

    `render` may show of the event what its own row and those of host, series and venue say, but
    not how many places are taken: that changes without a new version, and belongs to the facts.
    Who is to be told first what the last action did gets a page that is not kept.
    """
    key = (render, current_locale(), face_of(event), facts)
    told = FLASHES in session
    page = None if told else SHEETS.get(key)
    if page is None:
        page = SlottedPage(render(event, facts))
        if not told:
            SHEETS.put(key, page)
    return page.filled(words)


def face_of(event: Event) -> tuple[object, ...]:
    """What tells one state of an event, its host, series and venue from the next.

    Versions count whatever people change of a row; the moment of the last change stands beside
    them, because a restored backup counts its versions anew.
    """
    around = (event.host, event.series, event.venue)
    versions = tuple(row.version if row is not None else None for row in around)
    return (event.uid, event.version, event.revision, event.last_modified_at, versions)
