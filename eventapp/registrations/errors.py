"""What can go wrong with registrations, in domain words."""

from eventapp.foundation.errors import Refused
from eventapp.foundation.message import Message, message


class NoSuchStep(Refused):
    """The registration has moved on since the person saw it."""

    @staticmethod
    def default() -> Message:
        """Point to the current state."""
        return message("Your registration has changed in the meantime; this is not possible now.")


class AnswersClosed(Refused):
    """The event takes no answers: it is over, cancelled, or has not been published."""

    @staticmethod
    def default() -> Message:
        """The state in a sentence."""
        return message("This event takes no answers any more.")


class EventIsFull(Refused):
    """No place is free and there is no waiting list."""

    @staticmethod
    def default() -> Message:
        """Say so plainly."""
        return message("All places are taken, and there is no waiting list for this event.")


class DeadlineIsOver(Refused):
    """The day until which answers were wanted has passed, and there is no waiting list."""

    @staticmethod
    def default() -> Message:
        """Say so plainly."""
        return message("The reply deadline is over. Please write to us if you would like to come.")


class AlreadyRegistered(Refused):
    """The same person (address and name) has another live registration for the event."""

    @staticmethod
    def default() -> Message:
        """Only the bearer of a link to this very address reads it."""
        return message(
            "You are registered for this event already. If you need the link to your personal "
            "page, have it sent to you again."
        )


class EventHasBegun(Refused):
    """Places can be given up until the event starts."""

    @staticmethod
    def default() -> Message:
        """Say why."""
        return message("The event has begun; nothing can be changed any more.")
