"""Texts that pure code wants to say, kept apart from the language in which they are read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


def N_(msgid: str) -> str:  # noqa: N802 - the name that translation tools look for
    """Mark a text for translation without translating it now."""
    return msgid


@dataclass(frozen=True)
class Message:
    """A translatable sentence with its values; `str()` gives it in the reader's language.

    `plural` and `count` choose the form as gettext does; `count` is among the values as "count".
    """

    msgid: str
    values: dict[str, Any] = field(default_factory=dict, hash=False)
    plural: str | None = None
    count: int = 1

    def __str__(self) -> str:
        """The sentence in the current language, English where none is set up."""
        return translator(self)

    def in_english(self) -> str:
        """The sentence as it stands in the code."""
        text = self.plural if self.plural is not None and self.count != 1 else self.msgid
        return text % self._printable() if self._printable() else text

    def fill(self, translated: str) -> str:
        """A translated pattern with this message's values put in."""
        values = self._printable()
        return translated % values if values else translated

    def _printable(self) -> dict[str, str]:
        values = {name: str(value) for name, value in self.values.items()}
        return values | {"count": str(self.count)} if self.plural is not None else values


def message(msgid: str, /, **values: Any) -> Message:
    """Short form of `Message(msgid, values)`; translation tools find the msgid here."""
    return Message(msgid, values)


def plural_message(msgid: str, plural: str, count: int, /, **values: Any) -> Message:
    """A message whose form depends on a count, which stands in it as %(count)s."""
    return Message(msgid, values, plural, count)


def _english(text: Message) -> str:
    return text.in_english()


translator: Callable[[Message], str] = _english


def install_translator(translate: Callable[[Message], str]) -> None:
    """Called once by the edge that knows the reader's language."""
    global translator
    translator = translate
