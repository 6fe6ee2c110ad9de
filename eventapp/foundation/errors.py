"""What can go wrong, in domain words; `app.py` turns each kind into one HTTP status."""

from collections.abc import Mapping
from typing import TypeVar

from eventapp.foundation.message import Message, message

Thing = TypeVar("Thing")


class DomainError(Exception):
    """A refusal that a person should read; carries the sentence to show."""

    def __init__(self, text: Message | None = None) -> None:
        """Keep the sentence; the class's own is used where none is given."""
        self.text = text or self.default()
        super().__init__(self.text.in_english())

    @staticmethod
    def default() -> Message:
        """The sentence of this kind of error."""
        return message("That is not possible.")


class NotFound(DomainError):
    """There is no such thing, or it is none of this person's business (404)."""

    @staticmethod
    def default() -> Message:
        """Say the same for absent and for foreign things, so that addresses reveal nothing."""
        return message("This page does not exist.")


def found(thing: Thing | None) -> Thing:
    """What a look-up gave. Raises NotFound where that is nothing."""
    if thing is None:
        raise NotFound
    return thing


class NotAllowed(DomainError):
    """The person may be here but not do this (403)."""

    @staticmethod
    def default() -> Message:
        """Name the way out."""
        return message("You are not allowed to do this. An administrator can change that.")


class Refused(DomainError):
    """The state of things forbids it (409)."""


class Stale(Refused):
    """Somebody else has changed the thing since this person saw it (409)."""

    def __init__(self, differences: Mapping[str, tuple[object, object]] | None = None) -> None:
        """`differences` maps a field to (what is stored now, what this person wanted)."""
        self.differences = dict(differences or {})
        super().__init__()

    @staticmethod
    def default() -> Message:
        """Nothing is overwritten."""
        return message("Somebody else has changed this in the meantime. Nothing was overwritten.")


class Overtaken(Refused):
    """What is to be undone is not as that step left it (409)."""

    @staticmethod
    def default() -> Message:
        """Something else counts by now."""
        return message("Something else has happened since then. It cannot be undone any more.")


class Invalid(DomainError):
    """Input that only the rest of the world can judge; names the field it belongs to."""

    def __init__(self, field: str, text: Message) -> None:
        """`field` is the form's field name, so that the message stands beside it."""
        self.field = field
        super().__init__(text)
