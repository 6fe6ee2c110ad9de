"""The second factor: codes by the clock (RFC 6238), and recovery codes for who has lost the phone.

The shared secret is derived from the installation's key, the account and a generation, and stored
nowhere; a copy of the database makes no codes. Pure but for the keys in `foundation.tokens`.
"""

import hmac
import re
import secrets
from base64 import b32encode
from datetime import datetime
from hashlib import sha256

from eventapp.foundation.tokens import derived

STEP_SECONDS = 30
TOLERANCE = (-1, 0, 1)  # steps by which a phone's clock may be wrong
SECRET_BYTES = 20  # what RFC 4226 recommends; apps draw it as 32 letters
RECOVERY_CODES = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is mistaken for something else
_GROUPS, _GROUP_LENGTH = 4, 4
_DIGITS = re.compile(r"[0-9]{6}")


def shared_secrets(public_id: str, generation: int) -> list[str]:
    """The secret in base32, made with the current key first, then with each older one."""
    return [
        b32encode(key[:SECRET_BYTES]).decode() for key in derived("totp", public_id, generation)
    ]


def enrolment_uri(secret: str, *, email: str, issuer: str) -> str:
    """What the QR code tells the app on the phone."""
    from pyotp import TOTP  # noqa: PLC0415 - for those who set up a second factor

    return TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def matching_step(code: str, shared: list[str], *, at: datetime, after: int) -> int | None:
    """The time step to which a code belongs, if it is near `at` and later than `after`.

    A code that was used, or an older one, is thereby refused: nobody enters with what they saw.
    """
    typed, now = re.sub(r"\s", "", code), int(at.timestamp()) // STEP_SECONDS
    if _DIGITS.fullmatch(typed) is None:
        return None
    from pyotp import TOTP  # noqa: PLC0415 - for those who type a code

    found = None
    for secret in shared:  # all of them, so that the time tells nothing
        totp = TOTP(secret, interval=STEP_SECONDS)
        for step in (now + shift for shift in TOLERANCE):
            if hmac.compare_digest(totp.generate_otp(step), typed) and step > after:
                found = step
    return found


def spaced(secret: str) -> str:
    """The secret in groups of four, for who types it."""
    return " ".join(re.findall(".{1,4}", secret))


def new_recovery_codes() -> list[str]:
    """Ten codes of nearly 80 random bits, each good once."""
    return [
        "-".join(
            "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS)
        )
        for _ in range(RECOVERY_CODES)
    ]


def recovery_hash(public_id: str, code: str) -> str:
    """What is kept of a recovery code, however it was typed; random enough for a plain hash."""
    plain = re.sub(r"[^a-z0-9]", "", code.casefold())
    return sha256(f"{public_id}:{plain}".encode()).hexdigest()
