"""What can go wrong with events, in domain words."""

from eventapp.foundation.errors import Invalid, Refused
from eventapp.foundation.message import Message, message


class NotReady(Refused):
    """The event lacks something that its public page needs."""

    @staticmethod
    def default() -> Message:
        """Name what is needed."""
        return message("An event needs a date and a place before it can be published.")


class NotNow(Refused):
    """The event's state does not allow this step."""

    @staticmethod
    def default() -> Message:
        """Point to the event's state."""
        return message("The event has moved on; this step is not possible any more.")


class OldDate(Refused):
    """A postponed event has no new date yet."""

    @staticmethod
    def default() -> Message:
        """Say what to do first."""
        return message(
            "The event still has its old date. Enter the new one first, under dates and deadlines."
        )


class StillUsed(Refused):
    """Something else refers to the thing, so it stays."""

    @staticmethod
    def default() -> Message:
        """Say what to do first."""
        return message("Sessions take place in this room. Move them to another room first.")


class AddressTaken(Invalid):
    """Another event has this address already."""

    def __init__(self) -> None:
        """Belongs beside the field of the address."""
        super().__init__("slug", message("Another event already has this address."))


class NameTaken(Invalid):
    """Another room of the venue has this name already."""

    def __init__(self) -> None:
        """Belongs beside the field of the name."""
        super().__init__("name", message("There is already a room with this name."))


class MoreKeptThanThere(Invalid):
    """More places are kept for invited people than the event has."""

    def __init__(self, capacity: int) -> None:
        """Belongs beside the field of the kept places."""
        super().__init__(
            "reserved_places",
            message("The event has %(capacity)s places; it cannot keep more.", capacity=capacity),
        )


class OutOfOrder(Invalid):
    """Two moments of the event contradict each other."""
