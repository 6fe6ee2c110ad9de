"""Pages that are the same for everybody but for a few words, which each visitor gets afresh.

Such a page is rendered once with a slot for each of these words; who knows that nothing else in it
has changed fills the slots and need not render again.
"""

import re
from collections.abc import Callable, Mapping
from secrets import token_hex

from markupsafe import escape

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
