"""Values signed as itsdangerous signs them, whose keys are worked out once and not for each value.

Every request of a guest reads a signed cookie and reads or writes a signed token. What they look
like is itsdangerous' own; only the way there is shorter, and tests compare the two.
"""

import hmac
from typing import Any

from itsdangerous import Serializer, Signer, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode
from itsdangerous.signer import HMACAlgorithm

SHORT = 300  # bytes; a session holds half of it


class _AtOnce(HMACAlgorithm):
    """The same signature by one call of OpenSSL."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        """HMAC with SHA-1, which is what itsdangerous signs with."""
        return hmac.digest(key, value, "sha1")


class _KeyedSigner(TimestampSigner):
    """Derives the key from each secret only once."""

    def __init__(self, secrets: list[bytes], **options: Any) -> None:
        """As itsdangerous'."""
        super().__init__(secrets, algorithm=_AtOnce(), **options)
        self._derived: dict[str | bytes | None, bytes] = {}

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        """The key of this signer's salt and one of its secrets, the newest if none is named."""
        if secret_key not in self._derived:
            self._derived[secret_key] = super().derive_key(secret_key)
        return self._derived[secret_key]


class KeyedSerializer(URLSafeTimedSerializer):
    """Signs and reads values with one signer, for as long as its secrets are those of the app."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """As itsdangerous'."""
        super().__init__(*args, signer=_KeyedSigner, **options)
        self._signer = super().make_signer()

    def dump_payload(self, obj: Any) -> bytes:
        """As itsdangerous', which tries for 0.06 ms to make shorter what is seldom long."""
        plain = Serializer.dump_payload(self, obj)
        return base64_encode(plain) if len(plain) <= SHORT else super().dump_payload(obj)

    def make_signer(self, salt: str | bytes | None = None) -> Signer:
        """The one that is there, unless another salt is asked for."""
        return self._signer if salt in {None, self.salt} else super().make_signer(salt)
