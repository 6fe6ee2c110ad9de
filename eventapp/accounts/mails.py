"""Mails about the organisation's own pages, and to its colleagues about their accounts."""

from dataclasses import dataclass

from eventapp.accounts.models import Account, HostOrganisation, Membership
from eventapp.accounts.permissions import home_membership
from eventapp.accounts.states import Role
from eventapp.accounts.welcome_links import welcome_link
from eventapp.accounts.words import ROLE_WORDS
from eventapp.foundation.mail_links import link_placeholder
from eventapp.foundation.message import Message
from eventapp.foundation.outbox import Address, base_url, queue_mail
from eventapp.foundation.tokens import LinkKind

NEVER = 0
"""The generation of a link that opens nothing: those of accounts are counted from one."""


@dataclass(frozen=True)
class BarrierReport:
    """What somebody could not use, where, and how to answer, if they want an answer."""

    message: str
    page: str
    email: str


def queue_barrier_report(host: HostOrganisation, report: BarrierReport) -> None:
    """Tell the organisation; its answer goes straight to the person who wrote."""
    queue_mail(
        to=Address(host.email, host.name),
        template="accounts/mail/barrier.txt",
        values={"report": report, "owner": host.name, "site": base_url(), "host": host.slug},
        locale="de",
        scope=f"host:{host.id}",
        reply_to=report.email or None,
    )


def queue_welcome(membership: Membership, *, invited_by: str, locale: str = "") -> None:
    """Ask a new colleague to choose a password; the link is made when the mail leaves."""
    _queue_invitation(
        membership.account,
        membership.host,
        membership.role,
        invited_by=invited_by,
        link=welcome_link(membership),
        locale=locale,
    )


def queue_joined(
    account: Account, host: HostOrganisation, role: Role, *, invited_by: str, locale: str
) -> None:
    """Ask somebody who has an account already to work for one more organisation.

    In the words and the language of the mail to somebody new, and to the address alone: its copy in
    the outbox must not tell the one from the other. Its link to choose a password never worked.
    """
    link = link_placeholder(LinkKind.ACCOUNT, account.public_id, NEVER)
    _queue_invitation(account, host, role, invited_by=invited_by, link=link, locale=locale)


def _queue_invitation(
    account: Account,
    host: HostOrganisation,
    role: Role,
    *,
    invited_by: str,
    link: str,
    locale: str = "",
) -> None:
    values = {"role": ROLE_WORDS[role], "invited_by": invited_by, "link": link}
    _queue("welcome", account, host, values, to=Address(account.email), locale=locale)


def queue_reset(account: Account, host: HostOrganisation) -> None:
    """The link with which somebody chooses a new password."""
    _queue("reset", account, host, {"link": _link(account)})


def queue_account_notice(account: Account, what: Message) -> None:
    """Tell the owner of something that nobody else should have done."""
    home = home_membership(account)
    if home is not None:
        _queue("notice", account, home.host, {"what": what})


def _link(account: Account) -> str:
    return link_placeholder(LinkKind.ACCOUNT, account.public_id, account.link_generation)


def _queue(
    template: str,
    account: Account,
    host: HostOrganisation,
    values: dict[str, object],
    *,
    to: Address | None = None,
    locale: str = "",
) -> None:
    queue_mail(
        to=to or Address(account.email, account.name),
        template=f"accounts/mail/{template}.txt",
        values={
            "owner": host.name,
            "host": host.slug,
            "accent": host.palette.get("light", {}).get("accent"),
            "accent_dark": host.palette.get("dark", {}).get("accent"),
            "account": account,
            **values,
        },
        locale=locale or account.locale,
        scope=f"host:{host.id}",
        reply_to=host.email or None,
    )
