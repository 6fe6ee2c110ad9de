"""Secrets in links: derived from a row's random public id, never stored (design: links).

A token is `<public id>.<mac>`; the mac is HMAC-SHA-256 over kind, id and generation, cut to 128
bits, with a key derived from the installation's secret key. Old keys still verify. Raising a row's
generation makes every earlier link dead; a copy of the database opens no door.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256

MAC_BYTES = 16
PUBLIC_ID_BYTES = 12
SEAL_LENGTH = 16
_TOKEN = re.compile(r"(?P<public_id>[A-Za-z0-9_-]{1,40})\.(?P<mac>[A-Za-z0-9_-]{22})")


class LinkKind(StrEnum):
    """What a link opens; the letter stands in its path."""

    INVITATION = "i"
    REGISTRATION = "r"
    CONTRIBUTOR = "s"
    CONFIRMATION = "o"
    UNSUBSCRIBE = "u"
    ACCOUNT = "a"
    CREW = "k"


_keys: list[bytes] = []
_seal_keys: list[bytes] = []
_derivation_keys: list[bytes] = []


def configure(keys: Sequence[str]) -> None:
    """Set the signing key (first) and those that only verify; called once at the start."""
    _keys[:] = [hmac.digest(key.encode(), b"eventapp links", sha256) for key in keys]
    _seal_keys[:] = [hmac.digest(key.encode(), b"eventapp placeholders", sha256) for key in keys]
    _derivation_keys[:] = [hmac.digest(key.encode(), b"eventapp secrets", sha256) for key in keys]


def new_public_id() -> str:
    """96 random bits, safe in an address; says nothing about the row."""
    return secrets.token_urlsafe(PUBLIC_ID_BYTES)


def sign(kind: LinkKind, public_id: str, generation: int) -> str:
    """The token of a row's current link."""
    return f"{public_id}.{_mac(_keys[0], kind, public_id, generation)}"


def public_id_of(token: str) -> str:
    """The part by which the row is found; "" where the token has no such form."""
    found = _TOKEN.fullmatch(token)
    return found["public_id"] if found else ""


def verify(token: str, kind: LinkKind, generation: int) -> bool:
    """Whether the token was signed for this kind and generation; compared in constant time."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return False
    valid = False
    for key in _keys:  # all of them, so that the time does not tell which one fits
        valid |= hmac.compare_digest(found["mac"], _mac(key, kind, found["public_id"], generation))
    return valid


def derived(purpose: str, public_id: str, generation: int) -> list[bytes]:
    """A secret of 256 bits that is stored nowhere: made with the current key first, then with each
    that only verifies."""
    text = f"{purpose}:{public_id}:{generation}".encode()
    return [hmac.digest(key, text, sha256) for key in _derivation_keys]


def seal(text: str) -> str:
    """A short proof that this program wrote `text`; opens nothing, so it may be stored."""
    return _seal(_seal_keys[0], text)


def is_sealed(text: str, mark: str) -> bool:
    """Whether `mark` is the seal of `text`, made with this or an earlier key."""
    return any(hmac.compare_digest(_seal(key, text), mark) for key in _seal_keys)


def _seal(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), sha256).hex()[:SEAL_LENGTH]


def _mac(key: bytes, kind: LinkKind, public_id: str, generation: int) -> str:
    digest = hmac.digest(key, f"{kind}:{public_id}:{generation}".encode(), sha256)
    return urlsafe_b64encode(digest[:MAC_BYTES]).decode().rstrip("=")
