"""What can go wrong with accounts, in domain words."""

from eventapp.foundation.errors import DomainError
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


class AuditIsFinal(RuntimeError):
    """Code tried to change or remove an audit entry."""
