"""Pages that are the same for everybody but for a few words, which each visitor gets afresh.

Such a page is rendered once with a slot for each of these words; who knows that nothing else in it
has changed fills the slots and need not render again.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from secrets import token_hex

from flask import session
from markupsafe import escape

from eventapp.foundation.i18n import current_locale
from eventapp.foundation.shelf import Shelf

Words = Mapping[str, Callable[[], object]]
FLASHES = "_flashes"  # where Flask keeps what the last action did
_PROCESS = token_hex(16)  # nobody outside knows it, so nobody can write a slot into a text
_SLOT = re.compile(rf"slot-([a-z]+)-{_PROCESS}")


def slot(name: str) -> str:
    """Stands for the words of this name while a page is rendered."""
    return f"slot-{name}-{_PROCESS}"


class SlottedPage:
    """A rendered page, cut at its slots."""

    def __init__(self, html: str) -> None:
        """`html` may hold any number of slots."""
        self._pieces = tuple(_SLOT.split(html))  # text, name of a slot, text, …

    def filled(self, words: Mapping[str, Callable[[], object]]) -> str:
        """The page with the words of this visitor, escaped; what it has no slot for is not asked.

        Raises KeyError for a slot without words: a page with a hole goes to nobody.
        """
        pieces = list(self._pieces)
        said = {name: str(escape(words[name]())) for name in set(pieces[1::2])}
        pieces[1::2] = [said[name] for name in pieces[1::2]]
        return "".join(pieces)


class KeptPages:
    """The pages with slots that were asked for last, in the memory of this process."""

    def __init__(self, places: int) -> None:
        """`places` is how many pages are kept; one takes some 30 kB."""
        self._pages: Shelf[Hashable, SlottedPage] = Shelf(places)

    def page(
        self,
        key: Hashable,
        render: Callable[[], str],
        words: Words,
        *,
        is_still_so: Callable[[], bool] = lambda: True,
    ) -> str:
        """The page of this key in the reader's language, its slots filled with these words.

        The key names all else that the page shows, so a kept page is never out of date. Where
        others may change that while the page is rendered, `is_still_so` asks once more. Who is to
        be told first what the last action did gets a page that is not kept.
        """
        told, key = FLASHES in session, (current_locale(), key)
        page = None if told else self._pages.get(key)
        if page is None:
            page = SlottedPage(render())
            if not told and is_still_so():
                self._pages.put(key, page)
        return page.filled(words)

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._pages.contents())

    def clear(self) -> None:
        """Forget everything, as a new process would."""
        self._pages.clear()
