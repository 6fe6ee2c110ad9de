"""What can go wrong with a plan, in domain words."""

from eventapp.foundation.errors import Refused
from eventapp.foundation.message import Message, message


class PlanMoved(Refused):
    """The times of the plan are not those of the preview any more."""

    @staticmethod
    def default() -> Message:
        """Nothing was shifted."""
        return message("The plan has changed since this preview. Nothing was shifted; look again.")


class NothingToShift(Refused):
    """A line without a time, or one that does not take place, cannot be late."""

    @staticmethod
    def default() -> Message:
        """Point to what is missing."""
        return message("This line has no time or does not take place.")


class LinkClosed(Refused):
    """There is no link that could be renewed."""

    @staticmethod
    def default() -> Message:
        """Somebody may have closed it."""
        return message("The link of the crew is closed already.")
