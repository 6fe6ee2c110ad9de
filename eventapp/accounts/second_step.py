"""Between password and code: who stands at the door, kept in the signed cookie for ten minutes.

What the cookie holds opens nothing: it is tied to the password that was typed, and the code is
still asked for.
"""

from datetime import timedelta
from hashlib import sha256

from flask import session

from eventapp.accounts import factor_queries
from eventapp.accounts.models import Account
from eventapp.foundation import clock

KEPT = "second_step"
LASTS = timedelta(minutes=10)


def remember(account_id: int) -> None:
    """Begin the second step; whatever the cookie held before is gone."""
    account = factor_queries.account_by_id(account_id)
    if account is None:
        return
    session.clear()
    session[KEPT] = {
        "account": account.id,
        "password": _mark(account),
        "until": (clock.now() + LASTS).timestamp(),
    }


def account_at_the_door() -> Account | None:
    """Who has typed the right password in this browser, less than ten minutes ago."""
    kept = session.get(KEPT)
    if not isinstance(kept, dict) or clock.now().timestamp() > kept["until"]:
        return None
    account = factor_queries.account_by_id(kept["account"])
    return account if account is not None and _mark(account) == kept["password"] else None


def _mark(account: Account) -> str:
    """Changes with the password and with the second factor itself."""
    text = f"{account.public_id}:{account.password_hash}:{account.totp_generation}"
    return sha256(text.encode()).hexdigest()[:16]
