"""What a long table asks once for the page instead of once for each of its rows."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import get_template_attribute, url_for

K = TypeVar("K")
MARK = 7_070_707_070


class Kept(dict[K, str]):
    """Answers kept while one page is written: its rows say the same few words again and again.

    In the reader's language, so it is made anew for every page.
    """

    def __init__(self, ask: Callable[[K], object]) -> None:
        """`ask` gives what is to be shown for a key."""
        super().__init__()
        self._ask = ask

    def __missing__(self, key: K) -> str:
        """Asked when it is shown for the first time."""
        answer = self._ask(key)
        self[key] = text = answer if isinstance(answer, str) else str(answer)
        return text


def badges(label: Callable[[K], object], kinds: Mapping[K, str]) -> Kept[K]:
    """The badges of states, as the component draws them."""
    badge = get_template_attribute("components/badge.html", "badge")
    return Kept(lambda state: badge(str(label(state)), kinds.get(state, "plain")))


def address_of_each(endpoint: str, number: str, **values: Any) -> str:
    """A pattern of the addresses that differ in one number: `pattern % 7`."""
    marked: dict[str, Any] = {**values, number: MARK}
    before, _mark, after = url_for(endpoint, **marked).rpartition(str(MARK))
    return f"{before.replace('%', '%%')}%d{after.replace('%', '%%')}"
