"""Named reads of accounts, sessions, failures and legal pages."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    Text,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from eventapp.accounts.models import (
    Account,
    HostOrganisation,
    LegalPage,
    Membership,
    SignInAttempt,
    SignInSession,
)
from eventapp.accounts.states import LegalKind, Role
from eventapp.accounts.throttle import Failures
from eventapp.foundation import clock
from eventapp.foundation.database import connection, db
from eventapp.foundation.errors import NotFound
from eventapp.foundation.message import message
from eventapp.foundation.pages import Page, paginate

NAMED = 5


def account_by_email(email: str) -> Account | None:
    """The account with this normalised address, with its memberships."""
    return db.session.scalars(
        select(Account)
        .options(selectinload(Account.memberships).joinedload(Membership.host))
        .where(Account.email == email)
    ).first()


def all_accounts() -> Sequence[Account]:
    """Every account with its memberships, by address. Two statements."""
    return db.session.scalars(
        select(Account)
        .options(selectinload(Account.memberships).joinedload(Membership.host))
        .order_by(Account.email)
    ).all()


def account_by_public_id(public_id: str) -> Account | None:
    """The account whose links carry this id, read afresh, with memberships and hosts."""
    return db.session.scalars(
        select(Account)
        .options(selectinload(Account.memberships).joinedload(Membership.host))
        .where(Account.public_id == public_id)
        .execution_options(populate_existing=True)
    ).first()


def membership_in(host: HostOrganisation, membership_id: int) -> Membership | None:
    """A membership of this organisation, with its account."""
    return db.session.scalars(
        select(Membership)
        .options(joinedload(Membership.account).selectinload(Account.memberships))
        .where(Membership.id == membership_id, Membership.host_id == host.id)
    ).first()


def administrators(host: HostOrganisation) -> int:
    """How many can sign in and let colleagues in."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Membership)
            .join(Membership.account)
            .where(
                Membership.host_id == host.id,
                Membership.role == Role.ADMINISTRATOR,
                Membership.accepted_at.is_not(None),
                Account.disabled_at.is_(None),
                Account.password_hash != "",
            )
        )
        or 0
    )


def administrators_of(host: HostOrganisation) -> Sequence[Account]:
    """Who can let colleagues in, by name, the first few. One statement."""
    return db.session.scalars(
        select(Account)
        .join(Account.memberships)
        .where(
            Membership.host_id == host.id,
            Membership.role == Role.ADMINISTRATOR,
            Account.disabled_at.is_(None),
            Account.password_hash != "",
        )
        .order_by(Account.name, Account.id)
        .limit(NAMED)
    ).all()


def colleagues(host: HostOrganisation, number: int) -> Page[Membership]:
    """A page of the organisation's people by name, who has not begun yet by address."""
    return paginate(colleagues_wanted(host), number, size=100)


def colleagues_wanted(host: HostOrganisation) -> Select[Membership]:
    """Selects the organisation's people by name: for the page and for the file."""
    return (
        select(Membership)
        .join(Membership.account)
        .options(contains_eager(Membership.account))
        .where(Membership.host_id == host.id)
        .order_by(func.lower(_known_name()), Account.email)
    )


def _known_name() -> ColumnElement[str]:
    """What people are called is theirs to tell: by accepting the invitation."""
    return case((Membership.accepted_at.is_not(None), Account.name), else_="")


def last_seen(account_ids: Sequence[int]) -> dict[int, datetime]:
    """When each account was last seen in any browser. One statement."""
    rows = db.session.execute(
        select(SignInSession.account_id, func.max(SignInSession.seen_at))
        .where(SignInSession.account_id.in_(account_ids))
        .group_by(SignInSession.account_id)
    )
    return {row[0]: row[1] for row in rows}


def last_seen_of(host: HostOrganisation) -> dict[int, datetime]:
    """When each of the organisation's people was last seen in any browser. One statement."""
    rows = db.session.execute(
        select(SignInSession.account_id, func.max(SignInSession.seen_at))
        .join(Membership, Membership.account_id == SignInSession.account_id)
        .where(Membership.host_id == host.id, Membership.accepted_at.is_not(None))
        .group_by(SignInSession.account_id)
    )
    return {row[0]: row[1] for row in rows}


# built once: every page of a person who is signed in needs it
_SESSION = (
    select(SignInSession)
    .options(
        joinedload(SignInSession.account)
        .selectinload(Account.memberships)
        .joinedload(Membership.host)
    )
    .where(
        SignInSession.secret_hash == bindparam("secret_hash"), SignInSession.revoked_at.is_(None)
    )
)


def session_by_hash(secret_hash: str) -> SignInSession | None:
    """The session with its account and the account's memberships and hosts. Two statements."""
    return db.session.scalars(_SESSION, {"secret_hash": secret_hash}).first()


def open_sessions(account: Account, *, since: datetime) -> Sequence[SignInSession]:
    """The account's sessions that are neither revoked nor begun before `since`; latest first."""
    return db.session.scalars(
        select(SignInSession)
        .where(
            SignInSession.account_id == account.id,
            SignInSession.revoked_at.is_(None),
            SignInSession.created_at >= since,
        )
        .order_by(SignInSession.seen_at.desc(), SignInSession.id.desc())
        .limit(100)
    ).all()


def revoke_sessions(account: Account, *, at: datetime) -> None:
    """End every session of the account, however many there are. One statement."""
    db.session.flush()
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.account_id == account.id, SignInSession.revoked_at.is_(None))
        .values(revoked_at=at)
    )


def own_session(account: Account, session_id: int) -> SignInSession:
    """One of the account's own sessions. Raises NotFound for another's."""
    found = db.session.scalars(
        select(SignInSession).where(
            SignInSession.id == session_id, SignInSession.account_id == account.id
        )
    ).first()
    if found is None:
        raise NotFound
    return found


def wait_for_turn(keys: Sequence[str]) -> None:
    """Let attempts under the same key go one by one until the transaction ends.

    SQLite lets only one transaction write anyway; PostgreSQL needs a lock that also exists where
    there is no row yet.
    """
    opened = connection()
    if opened.dialect.name == "postgresql":
        for key in sorted(set(keys)):
            opened.execute(_TURN, {"key": key})


# built once, and of the table: every form that strangers send needs them
_ATTEMPTS = cast(Table, SignInAttempt.__table__)
_TURN = select(func.pg_advisory_xact_lock(func.hashtext(bindparam("key", type_=Text))))
_NOTE = insert(_ATTEMPTS)


@lru_cache
def _failures(keys: int) -> Select[Any]:
    """The statement for so many keys: a list of any length is put together anew each time."""
    named = [bindparam(f"key_{number}", type_=Text) for number in range(keys)]
    return (
        select(_ATTEMPTS.c.key, func.count(), func.max(_ATTEMPTS.c.at))
        .where(_ATTEMPTS.c.key.in_(named), _ATTEMPTS.c.at >= bindparam("since"))
        .group_by(_ATTEMPTS.c.key)
    )


def failures(keys: Sequence[str], *, since: datetime) -> dict[str, Failures]:
    """How often and when last guessing failed under each key since a moment. One statement."""
    named = {f"key_{number}": key for number, key in enumerate(sorted(set(keys)))}
    rows = connection().execute(_failures(len(named)), {**named, "since": since})
    return {key: Failures(count, last_at) for key, count, last_at in rows}


def note_attempts(keys: Sequence[str]) -> None:
    """Note an attempt under each key. One statement."""
    now = clock.now()
    connection().execute(_NOTE, [{"key": key, "at": now} for key in keys])


def forget_failures(keys: Sequence[str], *, before: datetime) -> None:
    """Remove the failures under these keys, and everybody's from before a moment."""
    db.session.execute(
        delete(SignInAttempt).where(SignInAttempt.key.in_(keys) | (SignInAttempt.at < before))
    )


def forget_latest(key: str) -> None:
    """Remove the latest attempt under a key: the one that has just turned out to be right."""
    latest = select(func.max(SignInAttempt.id)).where(SignInAttempt.key == key)
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.id == latest.scalar_subquery()))


def host_by_slug(slug: str) -> HostOrganisation:
    """Raises NotFound."""
    host = db.session.scalars(select(HostOrganisation).where(HostOrganisation.slug == slug)).first()
    if host is None:
        raise NotFound
    return host


def first_host() -> HostOrganisation:
    """The organisation that was set up first. Raises NotFound where there is none yet."""
    host = db.session.scalars(
        select(HostOrganisation).order_by(HostOrganisation.id).limit(1)
    ).first()
    if host is None:
        raise NotFound(message("This installation has not been set up yet."))
    return host


def only_host() -> HostOrganisation | None:
    """The organisation of an installation that has just one, for pages that name none."""
    hosts = db.session.scalars(select(HostOrganisation).limit(2)).all()
    return hosts[0] if len(hosts) == 1 else None


def host_or_none(slug: str) -> HostOrganisation | None:
    """For commands that create what is missing."""
    return db.session.scalars(select(HostOrganisation).where(HostOrganisation.slug == slug)).first()


def legal_page(host: HostOrganisation, kind: LegalKind) -> LegalPage | None:
    """The page as the organisation has edited it, or None where it has not."""
    return db.session.scalars(
        select(LegalPage).where(LegalPage.host_id == host.id, LegalPage.kind == kind)
    ).first()
