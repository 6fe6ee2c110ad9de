"""What can go wrong with invitations, in domain words."""

from eventapp.foundation.errors import Invalid, NotFound, Refused
from eventapp.foundation.message import Message, message


class UnknownLink(NotFound):
    """A personal link that opens nothing: mistyped, cut off, of another page, or withdrawn."""

    @staticmethod
    def default() -> Message:
        """The same words in every case, so that trying out links reveals nothing."""
        return message("This link is not valid, or not valid any more.")


class WithdrawnInvitation(UnknownLink):
    """The genuine link of an invitation that was taken back; only who holds it learns that."""

    def __init__(self, locale: str) -> None:
        """`locale` is the language of whoever was invited."""
        self.locale = locale
        super().__init__()


class ErasedInvitation(UnknownLink):
    """The genuine link of somebody who had what is stored about them deleted."""


class NoSuchStep(Refused):
    """The invitation or wave has moved on since the person saw it."""

    @staticmethod
    def default() -> Message:
        """Point to the current state."""
        return message("This has changed in the meantime; the step is not possible any more.")


class NotReadyToSend(Refused):
    """The wave or its event lacks something that an invitation needs; says what."""


class CannotInvite(Refused):
    """The rules of all waves leave this person out; says why."""


class WaveHasChanged(Refused):
    """Between preview and sending, other people have come to be invited."""

    def __init__(self, *, seen: int, now: int) -> None:
        """`seen` people stood in the preview, `now` would be invited."""
        super().__init__(
            message(
                "%(now)s people would be invited now; the preview said %(seen)s. "
                "Nothing was sent. Please look at the preview again.",
                now=now,
                seen=seen,
            )
        )


class NoAddress(Refused):
    """There is no e-mail address to which a link could go."""

    @staticmethod
    def default() -> Message:
        """Say what to do first."""
        return message("There is no e-mail address. Please add one to the contact first.")


class NoMailWanted(Refused):
    """Whoever has this address has objected to mails of the host."""

    @staticmethod
    def default() -> Message:
        """Say where this can be changed."""
        return message(
            "This address wants no more mail. If the person asks for it again, lift the block on "
            "the contact’s page first."
        )


class OwnSubstitute(Invalid):
    """Somebody named themselves as their substitute."""

    def __init__(self) -> None:
        """Belongs beside the address."""
        super().__init__("email", message("These are your own details. Who comes in your place?"))


class UnavailableSubstitute(Invalid):
    """Whoever was named is registered already, or objects to mail; the words fit both."""

    def __init__(self) -> None:
        """Belongs beside the address; a guest learns nothing certain about somebody else."""
        super().__init__(
            "email",
            message(
                "We cannot invite this person in your place, for instance because they are "
                "registered already. Please name somebody else, or write to us."
            ),
        )


class SubstituteComes(Refused):
    """The substitute has accepted already; the place is theirs."""

    @staticmethod
    def default() -> Message:
        """Name the way out."""
        return message(
            "Your substitute has accepted already. If you would like to come yourself, please "
            "write to us."
        )
