"""What changes something comes from a form of ours: it carries the token that its page was given.

Tokens and the check are Flask-WTF's; it makes a new signer and asks the settings anew each time.
"""

from functools import lru_cache
from hashlib import sha1
from hmac import compare_digest
from os import urandom

from flask import current_app, g, request, session
from flask_wtf.csrf import CSRFProtect
from itsdangerous import BadData

from eventapp.foundation.signing import KeyedSerializer

NAME = "csrf_token"
SALT = "wtf-csrf-token"
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@lru_cache(maxsize=2)
def _signed_with(secret: str | bytes) -> KeyedSerializer:
    return KeyedSerializer(secret, salt=SALT)


def form_token() -> str:
    """The token for the forms of this visitor's page, signed; the same for the whole request."""
    if NAME not in g:
        raw = session.get(NAME)
        if not isinstance(raw, str):
            raw = session[NAME] = sha1(urandom(64), usedforsecurity=False).hexdigest()
        setattr(g, NAME, _signed_with(_secret()).dumps(raw))
    token: str = g.get(NAME)
    return token


def _secret() -> str | bytes:
    secret = current_app.secret_key
    if not secret:
        raise RuntimeError("no key to sign with")
    return secret


class FormGuard(CSRFProtect):  # type: ignore[misc]  # Flask-WTF says nothing of its types
    """Wants a token from what changes something; all else it would only let pass."""

    def protect(self, apply_exemptions: bool = False) -> None:  # noqa: FBT001, FBT002 - as above it
        """As Flask-WTF's, for requests that can change something.

        Over TLS Flask-WTF would want a Referer too, which our secret pages never send; what comes
        from another site is refused by its Origin (`http`).
        """
        if request.method not in CHANGING:
            return
        if apply_exemptions and (not request.endpoint or self._is_exempt()):
            return
        reason = _wrong_with(self._get_csrf_token())
        if reason:
            self._error_response(reason)
        g.csrf_valid = True  # for the form itself, which would look once more


def _wrong_with(token: str | None) -> str:
    """Why a token is not that of this visitor; "" where it is. For the log, not for people."""
    if not token:
        return "The CSRF token is missing."
    own = session.get(NAME)
    if not isinstance(own, str):
        return "The CSRF session token is missing."
    try:
        raw = _signed_with(_secret()).loads(token)
    except BadData:
        return "The CSRF token is invalid."
    return "" if isinstance(raw, str) and _same(own, raw) else "The CSRF tokens do not match."


def _same(own: str, other: str) -> bool:
    return compare_digest(own.encode(), other.encode())


csrf = FormGuard()
