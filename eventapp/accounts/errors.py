"""What can go wrong with accounts, in domain words."""

from eventapp.foundation.errors import DomainError, Refused
from eventapp.foundation.message import Message, message, plural_message


class WrongSignIn(DomainError):
    """Unknown account, wrong password, disabled: the answer is the same for all."""

    @staticmethod
    def default() -> Message:
        """Says nothing about which of the two was wrong."""
        return message("E-mail address and password do not belong together.")


class TooManyAttempts(DomainError):
    """Guessing is slowed down; the wait is short and ends by itself."""

    def __init__(self, wait_seconds: int) -> None:
        """`wait_seconds`: from when on the next attempt is looked at."""
        self.wait_seconds = wait_seconds
        super().__init__(
            plural_message(
                "Too many attempts. Please wait one second.",
                "Too many attempts. Please wait %(count)s seconds.",
                wait_seconds,
            )
        )


class CodeNeeded(DomainError):
    """The password was right; now the second factor is asked for."""

    def __init__(self, account_id: int) -> None:
        """`account_id`: who stands at the door."""
        self.account_id = account_id
        super().__init__()


class DeadLink(DomainError):
    """A link to an account that opens nothing: unknown, used, replaced or too old; all alike."""

    @staticmethod
    def default() -> Message:
        """Says nothing about which of them it was."""
        return message("This link opens nothing any more.")


class LastAdministrator(Refused):
    """Somebody must be left who can let colleagues in."""

    @staticmethod
    def default() -> Message:
        """Name the way out."""
        return message(
            "This is the only administrator of your organisation. "
            "Please make somebody else administrator first."
        )


class WorksElsewhere(Refused):
    """The account is another organisation's as well, so it is not for this one to lock."""

    @staticmethod
    def default() -> Message:
        """Name the way out."""
        return message(
            "This person also works for another organisation, so their account is not yours alone. "
            "You can take them out of your team."
        )


class NotAccepted(Refused):
    """Who has only been invited is not in the team: the account is theirs, or another's."""

    @staticmethod
    def default() -> Message:
        """Name the way out."""
        return message(
            "This person has not accepted the invitation yet. You can take the invitation back."
        )


class AuditIsFinal(RuntimeError):
    """Code tried to change or remove an audit entry."""
