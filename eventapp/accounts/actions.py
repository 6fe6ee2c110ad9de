"""What people can do with accounts and with their organisation's settings."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from eventapp.accounts import passwords, queries, throttle
from eventapp.accounts.audit import SYSTEM, Actor, record_change
from eventapp.accounts.errors import CodeNeeded, TooManyAttempts, WrongSignIn
from eventapp.accounts.joining import accept_membership
from eventapp.accounts.models import (
    Account,
    HostOrganisation,
    Membership,
    SignInSession,
)
from eventapp.accounts.permissions import (
    SignedIn,
    home_membership,
    person_by_secret,
    secret_hash,
)
from eventapp.accounts.states import ORGANISERS, Role
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid, Refused
from eventapp.foundation.message import message
from eventapp.foundation.text import normalised_email

SECRET_BYTES = 32
SEEN_STEP = timedelta(minutes=5)  # a page view is not worth a write


@dataclass(frozen=True)
class SignInRequest:
    """Who wants in, from where, and the mark of a browser that this account has used before."""

    email: str
    password: str
    address: str
    user_agent: str = ""
    device: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Under which names a failure counts; a known browser does not pay for strangers."""
        if self.device:
            return (throttle.device_key(self.device),)
        return (throttle.account_key(self.email), throttle.address_key(self.address))

    @property
    def own_keys(self) -> tuple[str, ...]:
        """What a success wipes clean: the person's, never the address's, which others share."""
        return tuple(key for key in self.keys if key != throttle.address_key(self.address))


@dataclass(frozen=True)
class NewAccount:
    """A colleague to be added."""

    email: str
    name: str
    password: str
    role: Role


def sign_in(request: SignInRequest) -> SignedIn:
    """Begin a session with a new secret. Raises WrongSignIn, TooManyAttempts, or CodeNeeded where
    the password was right and a second factor is on.

    Two transactions: the attempt must be counted before the slow check of the password, so that
    parallel guesses see each other, and no lock is held during it.
    """
    count_attempt(request.keys)
    account = queries.account_by_email(request.email)
    stored = account.password_hash if account else ""
    if not passwords.matches(stored, request.password) or account is None:
        raise WrongSignIn
    membership = home_membership(account)
    if account.disabled_at is not None or membership is None:
        raise WrongSignIn
    with transaction():
        queries.forget_failures(request.own_keys, before=clock.now() - throttle.REMEMBERED)
        queries.forget_latest(throttle.address_key(request.address))
        if passwords.is_outdated(stored):
            account.password_hash = passwords.hashed(request.password)
        if account.totp_since is None:
            return enter(membership, request.user_agent)
    raise CodeNeeded(account.id)


def enter(membership: Membership, user_agent: str) -> SignedIn:
    """Begin a session for somebody who has proved who they are, in the current transaction."""
    account = membership.account
    accept_membership(membership)
    record_change(account, "account.signed_in", account, host_id=membership.host_id)
    return begin_session(membership, user_agent)


def count_attempt(keys: tuple[str, ...]) -> None:
    """Note an attempt under all its keys. Raises TooManyAttempts, and notes nothing, if one must
    wait; counted in the database, so that it holds for several workers.

    What counts several times stands several times among the keys.
    """
    now = clock.now()
    with transaction():
        queries.wait_for_turn(keys)
        known = queries.failures(keys, since=now - throttle.REMEMBERED)
        wait = max(
            throttle.wait_seconds(known.get(key), free=throttle.free_attempts(key), now=now)
            for key in keys
        )
        if wait:
            raise TooManyAttempts(wait)
        queries.note_attempts(keys)


def begin_session(membership: Membership, user_agent: str) -> SignedIn:
    """A session with a new secret, in the current transaction."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session = SignInSession(
        secret_hash=secret_hash(secret),
        account=membership.account,
        host_id=membership.host_id,
        user_agent=user_agent[:300],
    )
    db.session.add(session)
    return SignedIn(secret, session, membership)


def continue_session(secret: str) -> SignedIn | None:
    """The person behind a cookie's secret, noted as seen now and then; None where it is over."""
    person = person_by_secret(secret)
    if person is not None and clock.now() - person.session.seen_at >= SEEN_STEP:
        with transaction():
            person.session.seen_at = clock.now()
    return person


def sign_out(person: SignedIn) -> None:
    """End this browser's session; a copy of its cookie is worth nothing from now on."""
    with transaction():
        person.session.revoked_at = clock.now()


def revoke_session(account: Account, session_id: int) -> None:
    """End one of the account's sessions. Raises NotFound for another's."""
    session = queries.own_session(account, session_id)
    with transaction():
        session.revoked_at = session.revoked_at or clock.now()
        record_change(account, "account.session_revoked", account, host_id=session.host_id)


def change_password(person: SignedIn, *, current: str, new: str) -> SignedIn:
    """Set a new password, end all sessions and begin a new one here.

    Raises Invalid or TooManyAttempts: who sits down at a browser left open must not find out the
    current password by trying. Counted before the slow check, as for `sign_in`.
    """
    account = person.account
    passwords.expect_strong(new, known=known_words(account), field="new")
    expect_password(account, current, field="current")
    with transaction():
        lock(account)
        store_password(account, new)
        record_change(
            account, "account.password_changed", account, host_id=person.membership.host_id
        )
        return begin_session(person.membership, person.session.user_agent)


def expect_password(account: Account, typed: str, *, field: str = "password") -> None:
    """Raise Invalid, beside `field`, for a wrong password, or TooManyAttempts after some of them.

    Counted before the slow check, as for `sign_in`; forgotten when it was right.
    """
    guessed = throttle.current_password_key(account.id)
    count_attempt((guessed,))
    if not passwords.matches(account.password_hash, typed):
        raise Invalid(field, message("This is not your current password."))
    with transaction():
        queries.forget_failures([guessed], before=clock.now() - throttle.REMEMBERED)


def reset_password(account: Account, password: str, *, actor: Actor) -> None:
    """Set a password for somebody who lost theirs, and end all their sessions. Raises Invalid."""
    passwords.expect_strong(password, known=known_words(account))
    with transaction():
        lock(account)
        store_password(account, password)
        record_change(actor, "account.password_reset", account, host_id=home_of(account))


def store_password(account: Account, password: str) -> None:
    """Set a checked password and sign out all browsers, in the current transaction."""
    account.password_hash = passwords.hashed(password)
    end_sessions(account)


def known_words(account: Account) -> tuple[str, ...]:
    """What others know about the person, so that it makes no password."""
    return (account.email, account.name, *(m.host.name for m in account.memberships))


def home_of(account: Account) -> int | None:
    """In whose audit trail it stands what concerns the account as such."""
    home = home_membership(account)
    return home.host_id if home is not None else None


def end_sessions(account: Account) -> None:
    """Sign out all browsers of an account, in the current transaction."""
    queries.revoke_sessions(account, at=clock.now())


def add_host(name: str, slug: str) -> HostOrganisation:
    """Set up a host organisation. Raises Refused where the short name is taken."""
    if queries.host_or_none(slug) is not None:
        raise Refused(message("There is already an organisation with this short name."))
    with transaction():
        host = HostOrganisation(name=name, slug=slug)
        db.session.add(host)
        record_change(SYSTEM, "host.added", host, after={"name": name, "slug": slug})
    return host


def add_account(host: HostOrganisation, new: NewAccount, *, actor: Actor) -> Account:
    """Add a colleague of the organisation. Raises Invalid for a weak password, Refused if known."""
    email = normalised_email(new.email)
    passwords.expect_strong(new.password, known=(email, new.name, host.name))
    if queries.account_by_email(email) is not None:
        raise Refused(message("There is already an account with this e-mail address."))
    with transaction():
        account = Account(email=email, name=new.name, password_hash=passwords.hashed(new.password))
        account.memberships.append(Membership(host=host, role=new.role, accepted_at=clock.now()))
        db.session.add(account)
        record_change(
            actor,
            "account.added",
            account,
            host_id=host.id,
            after={"email": email, "role": new.role},
        )
    return account


def set_role(membership: Membership, role: Role, *, actor: Actor) -> None:
    """Give a colleague another role; their sessions end, so that no page remembers the old one.

    The sessions of who has only been invited are none of this organisation's business.
    """
    with transaction():
        before, membership.role = membership.role, role
        membership.sees_needs = membership.sees_needs and role in ORGANISERS
        if membership.accepted_at is not None:
            end_sessions(membership.account)
        record_change(
            actor,
            "account.role_changed",
            membership.account,
            host_id=membership.host_id,
            before={"role": before},
            after={"role": role},
        )


def disable_account(account: Account, *, actor: Actor) -> None:
    """Keep somebody out from now on; their entries in the audit trail stay."""
    with transaction():
        account.disabled_at = account.disabled_at or clock.now()
        end_sessions(account)
        record_change(actor, "account.disabled", account, host_id=home_of(account))


def enable_account(account: Account, *, actor: Actor) -> None:
    """Let somebody in again who was kept out, with the password and the roles they had."""
    with transaction():
        account.disabled_at = None
        record_change(actor, "account.enabled", account, host_id=home_of(account))
