"""Mails that may become pointless while they wait: asked about once more before they go out.

The slice that writes a kind of mail says whether one of them is still wanted; `delivery` asks
within the transaction that takes it back if it is not.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eventapp.foundation.delivery_statements import ClaimedMail

_questions: dict[str, "Callable[[ClaimedMail], bool]"] = {}


def ask_before_sending(kind: str, is_still_wanted: "Callable[[ClaimedMail], bool]") -> None:
    """Have mails of this kind (their template) looked at again right before each goes out."""
    _questions[kind] = is_still_wanted


def may_be_recalled(mail: "ClaimedMail") -> bool:
    """Whether somebody wants to be asked about mails of this kind."""
    return mail.kind in _questions


def is_still_wanted(mail: "ClaimedMail") -> bool:
    """What the mail's slice says about it; whatever else it has to forget, it forgets then."""
    return _questions[mail.kind](mail)
