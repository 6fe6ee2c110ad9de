"""What can go wrong with registrations, in domain words."""

from eventapp.foundation.errors import Invalid, Refused
from eventapp.foundation.message import Message, message, plural_message
from eventapp.invitations.errors import UnknownLink


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


class AnsweredMeanwhile(Refused):
    """An answer came before this one, which names people who are not among those noted."""

    @staticmethod
    def default() -> Message:
        """What became of the names, and where they can be added."""
        return message(
            "There has been an answer in the meantime. Who was entered here to come along is not"
            " noted yet; please add them to the registration."
        )


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


class OfferIsOver(Refused):
    """The deadline of an offer has passed; the place goes to the next in line."""

    @staticmethod
    def default() -> Message:
        """Say so, and that it is not the end."""
        return message(
            "The deadline for this place is over; it is open to others again. You can ask again at "
            "any time."
        )


class NotEnoughPlaces(Refused):
    """Staff wants to give out more places than are free."""

    def __init__(self, *, needed: int, free: int) -> None:
        """Both numbers help to decide what to do."""
        super().__init__(
            plural_message(
                "One place is needed, %(free)s are free. Nobody is promised a place that is not "
                "there.",
                "%(count)s places are needed, %(free)s are free. Nobody is promised a place that "
                "is not there.",
                needed,
                free=free,
            )
        )


class TooManyCompanions(Refused):
    """More people would come along than the guest may bring."""

    def __init__(self, allowed: int) -> None:
        """How many there may be; none at all is said in its own words."""
        super().__init__(
            plural_message(
                "You can bring one person along, not more.",
                "You can bring %(count)s people along, not more.",
                allowed,
            )
            if allowed
            else message("You cannot bring anybody along to this event.")
        )


class PartyDoesNotFit(Refused):
    """Places are free, but not for everybody who would come, and there is no waiting list."""

    def __init__(self, free: int) -> None:
        """How many are free helps to decide who comes."""
        super().__init__(
            plural_message(
                "Only one place is free, and there is no waiting list. You can come alone.",
                "Only %(count)s places are free, and there is no waiting list. Please come with "
                "fewer people.",
                free,
            )
        )


class NoRoomForCompanion(Refused):
    """No place can be given to another person now; the main guest's own is not touched."""

    @staticmethod
    def default() -> Message:
        """Say what stays, first of all."""
        return message(
            "Your own place is safe. For another person no place is free at the moment, or others "
            "have been waiting for it."
        )


class TooManySubstitutes(Refused):
    """The guest has named so many people that it is time to speak with the organisers."""

    @staticmethod
    def default() -> Message:
        """Name the way out."""
        return message(
            "You have named several people already. Please write to us who comes in your place."
        )


class PartyHasChanged(Refused):
    """Somebody else changed who comes along since this person saw it."""

    @staticmethod
    def default() -> Message:
        """Point to what stands there now."""
        return message(
            "Who comes along has been changed in the meantime. Please look at it once more."
        )


class ReasonNeeded(Invalid):
    """Who passes over the waiting list, or fills it by hand, says why."""

    def __init__(self) -> None:
        """Belongs beside the field of the reason."""
        super().__init__("reason", message("Please say why; it stays in the history."))


class AlreadyRegistered(Refused):
    """The same person (address and name) has another live registration for the event."""

    @staticmethod
    def default() -> Message:
        """Only the bearer of a link to this very address reads it."""
        return message(
            "You are registered for this event already. If you need the link to your personal "
            "page, have it sent to you again."
        )


class AwaitsConfirmation(Refused):
    """Somebody entered the same name and address, and has not shown yet that it is theirs."""

    @staticmethod
    def default() -> Message:
        """Fits the guest and staff; both ways it ends by itself."""
        return message(
            "Somebody has registered under this name and address and has not confirmed it yet. "
            "As long as the link in that mail is valid, at most two days, the name stays free for "
            "them."
        )


class EventHasBegun(Refused):
    """Places can be given up until the event starts."""

    @staticmethod
    def default() -> Message:
        """Say why."""
        return message("The event has begun; nothing can be changed any more.")


class RegistrationClosed(Refused):
    """Strangers cannot register at this moment; the page says why."""

    @staticmethod
    def default() -> Message:
        """Say so plainly."""
        return message("Registration is not possible at the moment.")


class UnknownConfirmation(UnknownLink):
    """The link of a confirmation mail that opens nothing: wrong, or older than two days."""


class ForgottenConfirmation(UnknownConfirmation):
    """It was a link of ours; what it confirmed was deleted after two days."""


class ConfirmationExpired(Refused):
    """The link came more than two days ago; what was entered is deleted within the hour."""

    @staticmethod
    def default() -> Message:
        """Point to the way out."""
        return message("This link was valid for two days. Please register once more.")


class AllErased(UnknownLink):
    """The link of somebody who had everything about them deleted."""


class SameAddress(Invalid):
    """The new address is the one that is stored."""

    def __init__(self) -> None:
        """Belongs beside the field of the address."""
        super().__init__("email", message("This is the address that we have already."))


class WrongCode(Invalid):
    """The code is not the one that was mailed, or it is too old."""

    def __init__(self) -> None:
        """Belongs beside the field of the code."""
        super().__init__("code", message("This is not the code, or it is too old."))


class MergedAway(UnknownLink):
    """The link of a registration that was merged with another one of the same person."""

    def __init__(self, locale: str) -> None:
        """`locale` is the language in which the guest registered."""
        self.locale = locale
        super().__init__()


class DoubleIsGone(Refused):
    """One of the two has left in the meantime, or a colleague has decided about the pair."""

    @staticmethod
    def default() -> Message:
        """Nothing happened; the page shows what is left."""
        return message(
            "Nothing was changed: one of the two has cancelled in the meantime, or somebody else "
            "has decided about them."
        )
