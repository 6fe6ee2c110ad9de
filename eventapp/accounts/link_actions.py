"""What people do with a link to their account: begin as a colleague, or choose a new password."""

from dataclasses import dataclass
from datetime import timedelta

from eventapp.accounts import actions, passwords, queries, throttle
from eventapp.accounts.audit import record_change
from eventapp.accounts.mails import queue_account_notice, queue_reset, queue_welcome
from eventapp.accounts.models import Account, Membership
from eventapp.accounts.permissions import account_for_link, home_membership, team_behind
from eventapp.foundation import clock
from eventapp.foundation.database import lock, transaction
from eventapp.foundation.message import message
from eventapp.foundation.text import normalised_email

RESET_LASTS = timedelta(minutes=60)
NOBODY = "nobody signed in"
PASSWORD_CHANGED = message("A new password was set for your account.")


@dataclass(frozen=True)
class Beginning:
    """What a person chooses by the link; the name only where none is known yet."""

    password: str
    name: str = ""


def has_begun(account: Account) -> bool:
    """Whether the person has ever chosen a password."""
    return bool(account.password_hash)


def send_welcome(membership: Membership, *, invited_by: str, locale: str = "") -> None:
    """Mail a link for seven days, in the current transaction; earlier ones of this team are dead.

    Who begins with it accepts this invitation, not one of another organisation, whose own link
    stays as it is.
    """
    membership.invited_at = clock.now()
    queue_welcome(membership, invited_by=invited_by, locale=locale)


def request_reset(email: str, *, asked_from: str) -> None:
    """Mail a link for an hour to who has this address; nothing to strangers and the kept out.

    Does not say which of the two happened. Raises TooManyAttempts, known or not, where the address
    is asked about too often, or somebody at `asked_from` asks about too many. Who was invited and
    has not begun yet gets the welcome once more.
    """
    address = normalised_email(email)
    actions.count_attempt(throttle.reset_keys(address, asked_from))
    account = queries.account_by_email(address)
    membership = home_membership(account) if account is not None else None
    if account is None or account.disabled_at is not None or membership is None:
        return
    with transaction():
        lock(account)
        if has_begun(account):
            _new_link(account)
            queue_reset(account, membership.host)
        else:
            send_welcome(membership, invited_by=membership.host.name)
        record_change(NOBODY, "account.reset_requested", account, host_id=membership.host_id)


def set_password_by_link(token: str, wanted: Beginning) -> Account:
    """Set name and password of the account that the link opens; the link is used up with it.

    All sessions end, and none begins here: who signs in with it passes the sign-in's own checks.
    Raises DeadLink, or Invalid for a weak password.
    """
    account = account_for_link(token)
    passwords.expect_strong(
        wanted.password, known=(*actions.known_words(account), wanted.name), field="new"
    )
    with transaction():
        lock(account)
        account_for_link(token)  # somebody may have used it, or asked for a newer one, meanwhile
        first, team = not has_begun(account), team_behind(account, token)
        if first and team is not None:
            team.accepted_at = team.accepted_at or clock.now()
        account.name = account.name or wanted.name
        account.link_generation += 1
        account.link_expires_at = None
        actions.store_password(account, wanted.password)
        record_change(
            account,
            "account.begun" if first else "account.password_reset",
            account,
            host_id=actions.home_of(account),
        )
        if not first:
            queue_account_notice(account, PASSWORD_CHANGED)
    return account


def _new_link(account: Account) -> None:
    account.link_generation += 1
    account.link_expires_at = clock.now() + RESET_LASTS
