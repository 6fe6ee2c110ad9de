"""What was odd in a file, and what was made of it: told to the organiser, never a reason to refuse.

A remark carries its texts as messages, so that it is read in whatever language later.
"""

from dataclasses import dataclass
from enum import StrEnum

from eventapp.foundation.message import N_, Message, message
from eventapp.foundation.text import clean

SHOWN = 120
MOST = 3000
"""So many remarks are kept; a file with more is odd in the same way again and again."""


class Topic(StrEnum):
    """Which part of an entry a remark is about, in the order in which people look at them."""

    FILE = "file"
    DAYS = "days"
    TITLE = "title"
    IDENTITY = "identity"
    START = "start"
    LENGTH = "length"
    ROOM = "room"
    PERSON = "person"
    KIND = "kind"
    LANGUAGE = "language"
    TEXT = "text"


TOPIC_WORDS = {
    Topic.FILE: N_("The file"),
    Topic.DAYS: N_("Days"),
    Topic.TITLE: N_("Title"),
    Topic.IDENTITY: N_("Identifier"),
    Topic.START: N_("Beginning"),
    Topic.LENGTH: N_("Length"),
    Topic.ROOM: N_("Room"),
    Topic.PERSON: N_("Contributors"),
    Topic.KIND: N_("Kind"),
    Topic.LANGUAGE: N_("Language"),
    Topic.TEXT: N_("Text"),
}
WHOLE_FILE = message("The whole file")


def topic_label(topic: Topic) -> Message:
    """What a topic is called, to be translated."""
    return message(TOPIC_WORDS[topic])


@dataclass(frozen=True, slots=True)
class Remark:
    """One oddity: at which entry, about what, what the file says, and what was made of it."""

    entry: Message
    topic: Topic
    found: str
    made: Message


class Notes:
    """Collects remarks while a file is read; the same one is not told twice."""

    def __init__(self) -> None:
        """Begin with a clean sheet."""
        self._remarks: dict[tuple[str, Topic, str, str], Remark] = {}

    def tell(self, entry: Message, topic: Topic, found: str, made: Message) -> None:
        """Note an oddity."""
        shown = clean(found)
        shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]} …"
        key = entry.in_english(), topic, shown, made.in_english()
        if len(self._remarks) < MOST:
            self._remarks.setdefault(key, Remark(entry, topic, shown, made))

    def told(self) -> tuple[Remark, ...]:
        """All remarks, topic by topic, in the order of the file."""
        order = list(Topic)
        return tuple(sorted(self._remarks.values(), key=lambda one: order.index(one.topic)))
