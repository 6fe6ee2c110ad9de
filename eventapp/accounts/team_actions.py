"""What administrators can do with the colleagues of their organisation.

Every step locks the organisation first, so that two administrators who part with each other at the
same moment do not leave it without any.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from eventapp.accounts import actions, factor_actions, queries
from eventapp.accounts.audit import record_change
from eventapp.accounts.errors import LastAdministrator, NotAccepted, WorksElsewhere
from eventapp.accounts.link_actions import has_begun, send_welcome
from eventapp.accounts.mails import queue_joined
from eventapp.accounts.models import Account, HostOrganisation, Membership
from eventapp.accounts.permissions import works_elsewhere
from eventapp.accounts.states import ORGANISERS, Role
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid, Refused
from eventapp.foundation.message import message
from eventapp.foundation.text import normalised_email


@dataclass(frozen=True)
class Invitee:
    """Whom to let in, for what, and in which language to write; "" is that of who invites."""

    email: str
    role: Role
    name: str = ""
    locale: str = ""


def invite_colleague(host: HostOrganisation, wanted: Invitee, *, by: Account) -> Membership:
    """Let somebody in, by a mail that only the owner of the address can read.

    Who has an account already, at another organisation, keeps it, is asked by mail, and accepts on
    the own page; the page that asked learns nothing of it, and until then has no say over the
    account. Raises Invalid where the person is in the team, or invited to it, already.
    """
    email = normalised_email(wanted.email)
    with transaction():
        lock(host)
        account = queries.account_by_email(email)
        if account is not None and any(one.host_id == host.id for one in account.memberships):
            raise Invalid("email", message("This person is in your team already."))
        locale = wanted.locale or by.locale
        account = account or Account(email=email, name=wanted.name, locale=locale)
        membership = Membership(host=host, role=wanted.role)
        account.memberships.append(membership)
        db.session.add(account)
        db.session.flush()
        _ask(membership, by=by, locale=locale)
        after = {"email": email, "role": wanted.role}
        record_change(by, "account.invited", account, host_id=host.id, after=after)
    return membership


def send_welcome_again(membership: Membership, *, by: Account, locale: str = "") -> None:
    """The invitation once more; an earlier link is dead. Raises Refused for who has begun."""
    with _team_of(membership):
        if membership.accepted_at is not None and has_begun(membership.account):
            raise Refused(message("This person has chosen a password already."))
        _ask(membership, by=by, locale=locale or by.locale)
        record_change(by, "account.welcomed", membership.account, host_id=membership.host_id)


def _ask(membership: Membership, *, by: Account, locale: str) -> None:
    """By link to choose a password, or to accept on the own page for who has one; in the same
    language for both, as its copy in the outbox must not tell the one from the other."""
    account = membership.account
    if has_begun(account):
        membership.invited_at = clock.now()
        queue_joined(account, membership.host, membership.role, invited_by=by.name, locale=locale)
    else:
        send_welcome(membership, invited_by=by.name, locale=locale)


def change_role(membership: Membership, role: Role, *, by: Account) -> None:
    """Give a colleague another role; their sessions end. Raises LastAdministrator."""
    with _team_of(membership):
        if role is not membership.role:
            _expect_another_administrator(membership)
            actions.set_role(membership, role, actor=by)


def grant_needs_right(membership: Membership, *, by: Account) -> None:
    """Let a colleague know what support guests need. Raises Refused for who is no organiser."""
    with _team_of(membership):
        if membership.role not in ORGANISERS:
            raise Refused(message("Only organisers and administrators can have this right."))
        if not membership.sees_needs:
            membership.sees_needs = True
            _note_right(membership, "account.needs_granted", by)


def revoke_needs_right(membership: Membership, *, by: Account) -> None:
    """Take the right back; it ends with the next page."""
    with _team_of(membership):
        if membership.sees_needs:
            membership.sees_needs = False
            _note_right(membership, "account.needs_revoked", by)


def _note_right(membership: Membership, step: str, by: Account) -> None:
    record_change(by, step, membership.account, host_id=membership.host_id)


def disable_colleague(membership: Membership, *, by: Account) -> None:
    """Keep a colleague out. Raises LastAdministrator, NotAccepted or WorksElsewhere."""
    with _team_of(membership):
        _expect_accepted(membership)
        _expect_ours_alone(membership)
        _expect_another_administrator(membership)
        actions.disable_account(membership.account, actor=by)


def enable_colleague(membership: Membership, *, by: Account) -> None:
    """Let a colleague in again. Raises NotAccepted or WorksElsewhere."""
    with _team_of(membership):
        _expect_accepted(membership)
        _expect_ours_alone(membership)
        actions.enable_account(membership.account, actor=by)


def reset_colleagues_factor(membership: Membership, *, by: Account) -> None:
    """Turn off a colleague's lost second factor. Raises NotAccepted or WorksElsewhere."""
    with _team_of(membership):
        _expect_accepted(membership)
        _expect_ours_alone(membership)
        factor_actions.reset_factor(membership.account, actor=by, host_id=membership.host_id)


def remove_colleague(membership: Membership, *, by: Account) -> None:
    """Take a colleague out of the team; what they did stays in the trail.

    Their sessions end. The account stays, for other organisations or for good without any: nobody
    enters with it, and it can be invited again. Raises LastAdministrator.
    """
    account = membership.account
    with _team_of(membership):
        _expect_another_administrator(membership)
        if membership.accepted_at is not None:
            actions.end_sessions(account)
        before = {"email": account.email, "role": membership.role}
        record_change(by, "account.removed", account, host_id=membership.host_id, before=before)
        account.memberships.remove(membership)


@contextmanager
def _team_of(membership: Membership) -> Iterator[None]:
    """A transaction in which nobody else changes the team; raises NotFound if who is meant left."""
    with transaction():
        lock(membership.host)
        lock(membership)
        yield


def _expect_another_administrator(membership: Membership) -> None:
    """Raise LastAdministrator where nobody else could let colleagues in."""
    account = membership.account
    works = membership.accepted_at is not None and account.disabled_at is None
    counts = membership.role is Role.ADMINISTRATOR and works and has_begun(account)
    if counts and queries.administrators(membership.host) <= 1:
        raise LastAdministrator


def _expect_accepted(membership: Membership) -> None:
    if membership.accepted_at is None:
        raise NotAccepted


def _expect_ours_alone(membership: Membership) -> None:
    """Raise WorksElsewhere; who has only been invited elsewhere does not work there."""
    if works_elsewhere(membership):
        raise WorksElsewhere
