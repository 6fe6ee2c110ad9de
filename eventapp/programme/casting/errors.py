"""What can go wrong when people are asked to contribute, in domain words."""

from collections.abc import Sequence

from eventapp.foundation.errors import Invalid, Refused
from eventapp.foundation.message import Message, message


class ReasonMissing(Invalid):
    """A refusal is noted with its reason."""

    def __init__(self) -> None:
        """Belongs beside the field of the reason."""
        super().__init__("reason", message("Please give the reason, in a few words."))


class ThereAlready(Invalid):
    """Nobody has the same part in a session twice."""

    def __init__(self, name: str) -> None:
        """`name` is whose part it is."""
        super().__init__("person", message("%(name)s is there already in this role.", name=name))


class StillAList(Invalid):
    """Who is taken out of a session's form would take the list for their place along."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        """Belongs beside the people; says who is on the list, and the ways out."""
        super().__init__(
            "parts",
            message(
                "Somebody is on the list for the place of %(name)s: %(candidates)s. Enter who "
                "follows in the same role, or give up the place under “Casting”.",
                name=name,
                candidates=", ".join(candidates),
            ),
        )


class NobodyOnTheList(Refused):
    """There is no next candidate."""

    @staticmethod
    def default() -> Message:
        """Somebody may have taken the last one."""
        return message("Nobody is left on the list for this place.")


class OthersByNow(Refused):
    """The podium that was put in order is not the one that is stored."""

    @staticmethod
    def default() -> Message:
        """Say why nothing was changed."""
        return message("Other people are on the podium by now. Nothing was changed.")


class NobodyToAsk(Refused):
    """All whom the request was for have been asked, or have left."""

    @staticmethod
    def default() -> Message:
        """Say how things stand."""
        return message("Nobody is left to be asked here. A colleague may have been faster.")
