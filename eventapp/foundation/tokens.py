"""Secrets in links: derived from a row's random public id, never stored (design: links).

A token is `<public id>.<mac>`; the mac is HMAC-SHA-256 over kind, id and generation, cut to 128
bits, with a key derived from the installation's secret key. Old keys still verify. Raising a row's
generation makes every earlier link dead; a copy of the database opens no door.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256

MAC_BYTES = 16
MAC_LENGTH = 22  # 16 bytes in base64url without padding
PUBLIC_ID_BYTES = 12


class LinkKind(StrEnum):
    """What a link opens; the letter stands in its path."""

    INVITATION = "i"
    REGISTRATION = "r"
    CONTRIBUTOR = "s"
    CALENDAR = "c"


_keys: list[bytes] = []


def configure(keys: Sequence[str]) -> None:
    """Set the signing key (first) and those that only verify; called once at the start."""
    _keys[:] = [hmac.digest(key.encode(), b"eventapp links", sha256) for key in keys]


def new_public_id() -> str:
    """96 random bits, safe in an address; says nothing about the row."""
    return secrets.token_urlsafe(PUBLIC_ID_BYTES)


def sign(kind: LinkKind, public_id: str, generation: int) -> str:
    """The token of a row's current link."""
    return f"{public_id}.{_mac(_keys[0], kind, public_id, generation)}"


def public_id_of(token: str) -> str:
    """The part by which the row is found; "" where the token has no such form."""
    public_id, dot, mac = token.partition(".")
    return public_id if dot and len(mac) == MAC_LENGTH and len(public_id) <= 40 else ""


def verify(token: str, kind: LinkKind, generation: int) -> bool:
    """Whether the token was signed for this kind and generation; compared in constant time."""
    public_id = public_id_of(token)
    given = token.rpartition(".")[2].encode("utf-8", "replace")
    valid = False
    for key in _keys:
        expected = _mac(key, kind, public_id, generation).encode()
        valid |= hmac.compare_digest(given, expected)
    return bool(public_id) and valid


def _mac(key: bytes, kind: LinkKind, public_id: str, generation: int) -> str:
    digest = hmac.digest(key, f"{kind}:{public_id}:{generation}".encode(), sha256)
    return urlsafe_b64encode(digest[:MAC_BYTES]).decode().rstrip("=")
