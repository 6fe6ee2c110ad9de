"""Named reads of second factors."""

from datetime import datetime

from sqlalchemy import delete, func, select, update

from eventapp.accounts.models import Account, RecoveryCode
from eventapp.foundation.database import db


def use_recovery_code(account: Account, code_hash: str, *, at: datetime) -> bool:
    """Cross out a code that has not been used. Whether there was one."""
    found = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_hash == code_hash,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(RecoveryCode.id)
    )
    return found.first() is not None


def forget_recovery_codes(account: Account) -> None:
    """Remove all of them, used or not."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))


def recovery_codes_left(account: Account) -> int:
    """How many still work."""
    return (
        db.session.scalar(
            select(func.count()).where(
                RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None)
            )
        )
        or 0
    )


def account_by_id(account_id: int) -> Account | None:
    """The account that has passed the first step of signing in."""
    return db.session.get(Account, account_id)
