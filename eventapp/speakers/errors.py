"""What can go wrong on a contributor's page, in domain words."""

from eventapp.foundation.errors import Refused
from eventapp.foundation.message import Message, message


class ChangedMeanwhile(Refused):
    """The session is not as the person saw it when they answered."""

    @staticmethod
    def default() -> Message:
        """Nothing was promised that nobody has read."""
        return message(
            "Something about this session has changed since you opened the page. Please look at it"
            " again; nothing was sent."
        )


class NotAnyMore(Refused):
    """The event has begun, is over, or does not take place."""

    @staticmethod
    def default() -> Message:
        """Say whom to ask."""
        return message("This cannot be changed here any more. Please write to us.")


class TextChanged(Refused):
    """Somebody else has written the same text in the meantime; says what stands there now."""

    def __init__(self, stored: str) -> None:
        """`stored` is the text that nothing has overwritten."""
        self.stored = stored
        super().__init__(
            message(
                "Somebody has taken out in the meantime what stood here. If you save again, your"
                " words stand."
            )
            if not stored
            else message(
                "Somebody has changed this in the meantime. Nothing was overwritten; now it says:"
                " “%(stored)s”. If you save again, your words stand.",
                stored=stored,
            )
        )


class NoAddress(Refused):
    """There is no address to send the link to."""

    @staticmethod
    def default() -> Message:
        """Say what to do first."""
        return message("There is no e-mail address of this person. Please enter one first.")


class StillAGuest(Refused):
    """Who is a guest as well deletes everything on their guest's page."""

    @staticmethod
    def default() -> Message:
        """Point there."""
        return message("You are a guest as well: everything is deleted on your guest’s page.")


class AskedAsGuest(Refused):
    """Nobody is asked twice what they eat."""

    @staticmethod
    def default() -> Message:
        """Point to the one place."""
        return message("You are a guest as well: please say this on your guest’s page.")
