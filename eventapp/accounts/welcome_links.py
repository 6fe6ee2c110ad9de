"""Links with which colleagues begin: each belongs to one team's invitation, not to the account.

Another team that invites the same address sends a link of its own, and neither kills the other.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from eventapp.accounts.models import Account, Membership
from eventapp.foundation import clock
from eventapp.foundation.mail_links import link_placeholder
from eventapp.foundation.tokens import LinkKind, verify

WELCOME_LASTS = timedelta(days=7)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
GENERATIONS = 10**9


def welcome_link(membership: Membership) -> str:
    """The placeholder of the link that the team's latest welcome holds."""
    generation = _generation(membership)
    return link_placeholder(LinkKind.ACCOUNT, membership.account.public_id, generation)


def welcoming_team(account: Account, token: str) -> Membership | None:
    """The membership whose latest welcome held this link; None for every other link.

    A welcome is over after seven days, and once a password is chosen.
    """
    if account.password_hash:
        return None
    since = clock.now() - WELCOME_LASTS
    fresh = [one for one in account.memberships if one.invited_at > since]
    return next((one for one in fresh if _opens(token, one)), None)


def _opens(token: str, membership: Membership) -> bool:
    return verify(token, LinkKind.ACCOUNT, _generation(membership))


def _generation(membership: Membership) -> int:
    """Another one with each invitation, so that an earlier link of the same team is dead."""
    asked = (membership.invited_at - EPOCH) // timedelta(microseconds=1)
    digest = sha256(f"{membership.id}:{asked}".encode()).digest()
    return int.from_bytes(digest[:8]) % GENERATIONS
