"""The audit trail: who changed what, when, from what to what. Rows are only ever added.

Other slices call `record_change` inside the transaction of the change it reports. Diet and access
needs never go into `before` or `after`. The database refuses later changes by triggers of its own
(migration 0008): only `account_id` may be emptied, and only entries older than 24 months may go.
"""

from collections.abc import Mapping
from typing import Any, NoReturn

from sqlalchemy import event

from eventapp.accounts.errors import AuditIsFinal
from eventapp.accounts.models import Account, AuditEntry
from eventapp.foundation.database import Model, db

SYSTEM = "system"
GUEST = "guest"
NEVER_KEPT = frozenset({"diet", "access", "needs", "password", "token"})
"""Names of values that must not stand in the trail, whoever hands them in."""

Actor = Account | str


def record_change(
    actor: Actor,
    action: str,
    subject: Model,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    scope: str = "",
    reason: str = "",
    host_id: int | None = None,
) -> AuditEntry:
    """Add one entry to the current transaction.

    `actor` is an account, SYSTEM, GUEST or another word; `action` reads "invitation.withdrawn";
    `scope` like "event:7" collects what belongs together; `host_id` is the subject's if left out.
    """
    if getattr(subject, "id", None) is None:
        db.session.flush()  # a new subject gets its id
    entry = AuditEntry(
        actor=actor.name if isinstance(actor, Account) else actor,
        account_id=actor.id if isinstance(actor, Account) else None,
        action=action,
        subject_kind=subject.__tablename__,
        subject_id=str(getattr(subject, "id", "")),
        before=_plain(before),
        after=_plain(after),
        scope=scope,
        reason=reason,
        host_id=host_id if host_id is not None else getattr(subject, "host_id", None),
    )
    db.session.add(entry)
    return entry


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """The values as JSON can hold them, without those that are nobody's business."""
    return {
        name: value if isinstance(value, int | float | bool | None) else str(value)
        for name, value in (values or {}).items()
        if name not in NEVER_KEPT
    }


def _refuse(*_: object) -> NoReturn:
    raise AuditIsFinal("audit entries are only ever added")


event.listen(AuditEntry, "before_update", _refuse)
event.listen(AuditEntry, "before_delete", _refuse)
