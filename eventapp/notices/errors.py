"""What can go wrong with notices, in domain words."""

from eventapp.foundation.errors import Refused
from eventapp.foundation.message import Message, message


class NoSuchStep(Refused):
    """The notice has moved on since the person saw it."""

    @staticmethod
    def default() -> Message:
        """Point to the current state."""
        return message("This has changed in the meantime; the step is not possible any more.")


class NotReady(Refused):
    """Something stands against reviewing or sending the notice; says what."""


class TooManyReminders(Refused):
    """Nobody wants to be reminded more often."""

    @staticmethod
    def default() -> Message:
        """Say the limit's reason."""
        return message("There are reminders enough. Please change one of them.")
