"""Codes that show whose a new address is: derived, never stored, worth something only on the
personal page to which they belong."""

from datetime import datetime, timedelta
from hmac import compare_digest

from eventapp.foundation.text import normalised_email
from eventapp.foundation.tokens import derived
from eventapp.registrations.models import Registration

DIGITS = 6
PERIOD = timedelta(hours=1)


def code_for(registration: Registration, email: str, at: datetime) -> str:
    """The code for this new address, valid for one to two hours."""
    return _codes(registration, email, _period(at))[0]


def is_code(registration: Registration, email: str, typed: str, at: datetime) -> bool:
    """Whether this is the code that was mailed to the new address within the last hour or two."""
    digits = "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
    valid = False
    for period in (_period(at), _period(at) - 1):
        for code in _codes(registration, email, period):
            valid |= compare_digest(digits, code)
    return valid


def _period(at: datetime) -> int:
    return int(at.timestamp() // PERIOD.total_seconds())


def _codes(registration: Registration, email: str, period: int) -> list[str]:
    purpose = f"new address {normalised_email(email)} {period}"
    secrets = derived(purpose, registration.public_id, registration.link_generation)
    return [f"{int.from_bytes(one[:8], 'big') % 10**DIGITS:0{DIGITS}}" for one in secrets]
