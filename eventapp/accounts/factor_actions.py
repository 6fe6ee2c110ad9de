"""What people can do with their second factor: turn it on and off, and sign in with it."""

from dataclasses import dataclass

from eventapp.accounts import actions, factor_queries, queries, throttle
from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.errors import WrongSignIn
from eventapp.accounts.mails import queue_account_notice
from eventapp.accounts.models import Account, RecoveryCode
from eventapp.accounts.permissions import SignedIn, home_membership
from eventapp.accounts.second_factor import (
    matching_step,
    new_recovery_codes,
    recovery_hash,
    shared_secrets,
)
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid, Refused
from eventapp.foundation.message import message

WRONG_CODE = message("This code is wrong or was used already. Please take the one shown now.")
FACTOR_OFF = message("The second factor of your account was turned off.")
FACTOR_ON = message("A second factor was turned on for your account.")


@dataclass(frozen=True)
class CodeRequest:
    """Which code came from which browser; `device` as for signing in."""

    code: str
    user_agent: str = ""
    device: str = ""


@dataclass(frozen=True)
class TurnedOn:
    """A new session, and the recovery codes, which nobody sees again."""

    person: SignedIn
    codes: list[str]


def candidate_secret(account: Account) -> str:
    """The secret that the next second factor of this account would have."""
    return shared_secrets(account.public_id, account.totp_generation + 1)[0]


def turn_on(person: SignedIn, *, password: str, code: str) -> TurnedOn:
    """Ask for a code at each sign-in from now on; other browsers are signed out.

    Raises Invalid for a wrong password or code, TooManyAttempts, Refused where it is on already.
    """
    account = person.account
    actions.expect_password(account, password)
    with transaction():
        lock(account)
        if account.totp_since is not None:
            raise Refused(message("The second factor is on already."))
        shared = shared_secrets(account.public_id, account.totp_generation + 1)[:1]
        step = matching_step(code, shared, at=clock.now(), after=0)
        if step is None:
            raise Invalid("code", WRONG_CODE)
        account.totp_generation += 1
        account.totp_since, account.totp_last_step = clock.now(), step
        codes = _renewed_codes(account)
        renewed = _changed(person, "account.factor_on")
        queue_account_notice(account, FACTOR_ON)
    return TurnedOn(renewed, codes)


def turn_off(person: SignedIn, *, password: str) -> SignedIn:
    """Let the password alone be enough again; other browsers are signed out.

    Raises Invalid for a wrong password, or TooManyAttempts.
    """
    actions.expect_password(person.account, password)
    with transaction():
        lock(person.account)
        _forget(person.account)
        renewed = _changed(person, "account.factor_off")
        queue_account_notice(person.account, FACTOR_OFF)
    return renewed


def renew_recovery_codes(person: SignedIn, *, password: str) -> list[str]:
    """Ten new recovery codes; the old ones open nothing any more. Raises as `turn_off`."""
    account = person.account
    actions.expect_password(account, password, field="current")
    with transaction():
        lock(account)
        if account.totp_since is None:
            raise Refused(message("There is no second factor that they could replace."))
        codes = _renewed_codes(account)
        record_change(account, "account.codes_renewed", account, host_id=person.membership.host_id)
    return codes


def reset_factor(account: Account, *, actor: Actor, host_id: int | None) -> None:
    """Turn the second factor off for somebody who lost it, and sign out all their browsers."""
    with transaction():
        lock(account)
        _forget(account)
        actions.end_sessions(account)
        record_change(actor, "account.factor_reset", account, host_id=host_id)
        queue_account_notice(account, FACTOR_OFF)


def confirm_code(account: Account, request: CodeRequest) -> SignedIn:
    """The second step of signing in: by a code of now, or by a recovery code, once.

    Raises Invalid for a wrong one, TooManyAttempts, and WrongSignIn for who may not enter at all.
    """
    guessed = throttle.code_key(account.id, request.device)
    actions.count_attempt((guessed,))
    with transaction():
        lock(account)  # two browsers with one code: the second one comes too late
        membership = home_membership(account)
        if account.disabled_at is not None or membership is None or not is_on(account):
            raise WrongSignIn
        if not _is_right(account, request.code):
            raise Invalid("code", WRONG_CODE)
        queries.forget_failures([guessed], before=clock.now() - throttle.REMEMBERED)
        return actions.enter(membership, request.user_agent)


def is_on(account: Account) -> bool:
    """Whether signing in takes a second step."""
    return account.totp_since is not None


def _is_right(account: Account, code: str) -> bool:
    shared = shared_secrets(account.public_id, account.totp_generation)
    step = matching_step(code, shared, at=clock.now(), after=account.totp_last_step)
    if step is not None:
        account.totp_last_step = step
        return True
    used = recovery_hash(account.public_id, code)
    if not factor_queries.use_recovery_code(account, used, at=clock.now()):
        return False
    record_change(account, "account.recovery_code_used", account, host_id=actions.home_of(account))
    return True


def _renewed_codes(account: Account) -> list[str]:
    factor_queries.forget_recovery_codes(account)
    codes = new_recovery_codes()
    db.session.add_all(
        RecoveryCode(account_id=account.id, code_hash=recovery_hash(account.public_id, code))
        for code in codes
    )
    return codes


def _forget(account: Account) -> None:
    account.totp_since = None
    factor_queries.forget_recovery_codes(account)


def _changed(person: SignedIn, action: str) -> SignedIn:
    actions.end_sessions(person.account)
    record_change(person.account, action, person.account, host_id=person.membership.host_id)
    return actions.begin_session(person.membership, person.session.user_agent)
