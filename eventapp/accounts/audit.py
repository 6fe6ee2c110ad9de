"""The audit trail: who changed what, when, from what to what. Rows are only ever added.

One thing changes: where a person is deleted, `erase_values` puts the word "deleted" in place of
what entries say about them. Who did what and when stays (decision 0038).

Other slices call `record_change` inside the transaction of the change it reports. Diet and access
needs never go into `before` or `after`. The database refuses later changes by triggers of its own
(migrations 0008 and 0018): only `account_id` may be emptied, only a value about a person may become
"deleted", and only entries older than 24 months may go.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import event

from eventapp.accounts import audit_queries
from eventapp.accounts.errors import AuditIsFinal
from eventapp.accounts.models import Account, AuditEntry
from eventapp.foundation.database import Model, db
from eventapp.foundation.rows import insert_row

SYSTEM = "system"
GUEST = "guest"
NEVER_KEPT = frozenset({"diet", "access", "needs", "password", "token"})
"""Names of values that must not stand in the trail, whoever hands them in."""

ERASED = "deleted"
"""What stands in place of a value about somebody who was deleted."""
IMPERSONAL = frozenset({"state", "kind", "fields", "consent"})
"""Names of values that say nothing about who somebody is; numbers and ids never do."""

Actor = Account | str


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry said before its values were erased."""

    action: str
    at: datetime
    after: Mapping[str, Any]


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
) -> None:
    """Add one entry to the current transaction, at once.

    `actor` is an account, SYSTEM, GUEST or another word; `action` reads "invitation.withdrawn";
    `scope` like "event:7" collects what belongs together; `host_id` is the subject's if left out.
    """
    if getattr(subject, "id", None) is None:
        db.session.flush()  # a new subject gets its id
    insert_row(
        AuditEntry,
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


def erase_values(kind: str, number: int, *, until: datetime | None = None) -> list[Told]:
    """Forget who somebody was in all entries about one row, in the current transaction.

    Numbers may be given again on SQLite: `until` leaves out whoever had this one later. Gives back
    what the entries said of other rows.
    """
    db.session.flush()
    told = []
    for entry in audit_queries.entries_about(kind, number, until=until):
        told.append(Told(entry.action, entry.at, entry.after))
        old = {"before": entry.before, "after": entry.after, "reason": entry.reason}
        new = {
            "before": _erased(entry.before),
            "after": _erased(entry.after),
            "reason": entry.reason and ERASED,
        }
        if new != old:
            audit_queries.overwrite(entry.id, new)
    return told


def _erased(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: ERASED if value and isinstance(value, str) and name not in IMPERSONAL else value
        for name, value in values.items()
    }


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
