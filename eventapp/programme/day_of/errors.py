"""What can go wrong with a change of the day, in domain words."""

from collections.abc import Sequence

from eventapp.foundation.errors import Refused, Stale
from eventapp.foundation.message import Message, message
from eventapp.programme.timetable.conflicts import Conflict


class NotTheDay(Refused):
    """The event is neither today nor tomorrow, or it does not take place."""

    @staticmethod
    def default() -> Message:
        """Say where else to change the programme."""
        return message(
            "Changes of the day are for the days of the event and the day before. At any other "
            "time please change the draft and publish it."
        )


class NothingChanges(Refused):
    """The session is like that already."""

    @staticmethod
    def default() -> Message:
        """Say how things stand."""
        return message("It is like that already: nothing would change.")


class Impossible(Refused):
    """Somebody or something would be in two places; carries the conflicts."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        """`conflicts` are those that would be new."""
        self.conflicts = list(conflicts)
        super().__init__(message("Nothing was changed: %(why)s", why=self.conflicts[0].text))


class Unasked(Impossible):
    """It breaks a rule that can be broken knowingly, and nobody said so."""


class SeenOtherwise(Stale):
    """What the person decided on is not what it would be now."""
