"""What can go wrong with contacts, in domain words."""

from eventapp.foundation.errors import Refused
from eventapp.foundation.message import Message, message


class FileRefused(Refused):
    """A contact list that cannot be read as a whole; nothing of it is taken."""


class StillNeeded(Refused):
    """Something else refers to it, so it cannot go."""


class ImportOver(Refused):
    """The staged list has been imported or discarded already, or is too old to be undone."""

    @staticmethod
    def default() -> Message:
        """Nothing happens twice."""
        return message("This list has already been dealt with.")


class NothingKept(Refused):
    """No rows that an import left out are there: it left out none, or they have been forgotten."""

    @staticmethod
    def default() -> Message:
        """Where to look instead."""
        return message("No rows of this list are kept any more.")


class ContactsChanged(Refused):
    """One of two contacts was changed, merged or removed since the page showed them."""

    @staticmethod
    def default() -> Message:
        """Nothing happened; the page shows what is there now."""
        return message(
            "Nothing was changed: somebody else has worked on one of the two in the meantime. "
            "Please look again."
        )
