"""The audit trail: who changed what, when, from what to what. Rows are only ever added.

Other slices call `record_change` inside the transaction of the change it reports. Diet and access
needs never go into `before` or `after`.
"""

from collections.abc import Mapping
from typing import Any, NoReturn

from sqlalchemy import event

from eventapp.accounts.errors import AuditIsFinal
from eventapp.accounts.models import Account, AuditEntry
from eventapp.foundation.database import Model, db

SYSTEM = "system"
GUEST = "guest"
KEPT_MONTHS = 24

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
    """The values as JSON can hold them."""
    return {name: value if isinstance(value, int | float | bool | None) else str(value)
            for name, value in (values or {}).items()}


def _refuse(*_: object) -> NoReturn:
    raise AuditIsFinal("audit entries are only ever added")


event.listen(AuditEntry, "before_update", _refuse)
event.listen(AuditEntry, "before_delete", _refuse)


def trigger_statements(dialect: str) -> tuple[str, ...]:
    """SQL that makes the database itself refuse to change or remove entries; for the migration.

    Two doors stay open: an account that is removed leaves its entries without `account_id`, and
    entries older than the kept time may be purged.
    """
    return _POSTGRESQL if dialect == "postgresql" else _SQLITE


def drop_statements(dialect: str) -> tuple[str, ...]:
    """SQL that takes the triggers away again."""
    on_table = " ON audit_entry" if dialect == "postgresql" else ""
    drops = tuple(f"DROP TRIGGER {name}{on_table}" for name in _TRIGGERS)
    return (*drops, *_DROP_FUNCTIONS) if dialect == "postgresql" else drops


_TRIGGERS = ("audit_entry_no_update", "audit_entry_no_delete")
_DROP_FUNCTIONS = ("DROP FUNCTION audit_entry_refuse_update()",
                   "DROP FUNCTION audit_entry_refuse_delete()")
_FINAL_COLUMNS = ("id", "host_id", "scope", "at", "actor", "action", "subject_kind", "subject_id",
                  "before", "after", "reason")
_SQLITE_CHANGED = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in _FINAL_COLUMNS)
_POSTGRESQL_CHANGED = " OR ".join(
    f'OLD."{name}"::text IS DISTINCT FROM NEW."{name}"::text' for name in _FINAL_COLUMNS
)
_SQLITE = (
    "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry "
    f"WHEN {_SQLITE_CHANGED} OR NEW.account_id IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'audit entries are final'); END",
    "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry "
    f"WHEN OLD.at > datetime('now', '-{KEPT_MONTHS} months') "
    "BEGIN SELECT RAISE(ABORT, 'audit entries are final'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION audit_entry_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF {_POSTGRESQL_CHANGED} OR NEW.account_id IS NOT NULL THEN "
    "RAISE EXCEPTION 'audit entries are final'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry "
    "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse_update()",
    "CREATE FUNCTION audit_entry_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF OLD.at > now() - interval '{KEPT_MONTHS} months' THEN "
    "RAISE EXCEPTION 'audit entries are final'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry "
    "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse_delete()",
)
