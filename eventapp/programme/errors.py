"""What can go wrong with a programme, in domain words."""

from collections.abc import Mapping, Sequence

from eventapp.foundation.errors import Invalid, Refused, Stale
from eventapp.foundation.message import Message, message, plural_message
from eventapp.programme.timetable.conflicts import Conflict


class NotNow(Refused):
    """The life of a session or contribution does not lead there."""

    @staticmethod
    def default() -> Message:
        """Point to what may have happened."""
        return message("This step is not possible any more. Somebody may have been faster.")


class NotPublishable(Refused):
    """The programme breaks hard rules; carries the conflicts."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        """`conflicts` are the hard ones, in the order in which to read them."""
        self.conflicts = list(conflicts)
        super().__init__(
            plural_message(
                "One conflict keeps the programme from being published: %(first)s",
                "%(count)s conflicts keep the programme from being published. The first: %(first)s",
                len(self.conflicts),
                first=self.conflicts[0].text,
            )
        )


class OnlyHints(Refused):
    """Only a soft conflict that is there right now can be taken note of."""

    @staticmethod
    def default() -> Message:
        """It may have been solved, or be another one by now."""
        return message("This hint is not there any more. The programme has changed since then.")


class WouldCollide(Refused):
    """A move that was to do no harm would create a hard conflict by now."""

    def __init__(self, conflict: Conflict) -> None:
        """`conflict` is the first that would be new."""
        super().__init__(
            message("Nothing was moved. By now it would mean: %(why)s", why=conflict.text)
        )


class MovedMeanwhile(Stale):
    """A session that was to be moved is not as the person saw it."""

    def __init__(self, number: int, different: Mapping[str, tuple[object, object]]) -> None:
        """`number` is the session's id."""
        super().__init__(different)
        self.number = number


class NothingToPublish(Refused):
    """The draft is as it was released."""

    @staticmethod
    def default() -> Message:
        """Say how things stand."""
        return message("There is nothing to publish: the draft is as everybody sees it.")


class DraftMoved(Refused):
    """The draft is not as it was when the person decided to release it."""

    @staticmethod
    def default() -> Message:
        """Say why the page is shown again."""
        return message("The draft has changed since you opened this page. Please look again.")


class StillPublic(Refused):
    """Others have seen the session: it can be cancelled, not deleted."""

    @staticmethod
    def default() -> Message:
        """Say what to do instead, and why."""
        return message(
            "Only drafts can be deleted. A published session is cancelled instead, "
            "so that it vanishes from calendars as well."
        )


class StillInvolved(Refused):
    """A person who does something in a session stays."""

    @staticmethod
    def default() -> Message:
        """Say what to do first."""
        return message("This person still has a part in a session. Please end that first.")


class KeyTaken(Invalid):
    """Something else of the event has this short name."""

    def __init__(self) -> None:
        """Belongs beside the field of the short name."""
        super().__init__("key", message("This short name is taken already."))


class EndBeforeStart(Invalid):
    """A session or slot would end before it begins."""

    def __init__(self) -> None:
        """Belongs beside the field of the end."""
        super().__init__("ends", message("The end must come after the start."))


class NeedsTime(Invalid):
    """What others have in their calendars must not silently vanish from there."""

    def __init__(self) -> None:
        """Belongs beside the field of the start."""
        super().__init__(
            "starts",
            message(
                "The session is published and needs a time. Cancel it if it does not take place."
            ),
        )
