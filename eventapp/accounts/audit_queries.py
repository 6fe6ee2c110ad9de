"""Named reads of the trail, and the one change of it that there is: values about a person go."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from eventapp.accounts.models import AuditEntry
from eventapp.foundation.database import db


def entries_about(
    kind: str, number: int, *, until: datetime | None = None
) -> Sequence[Row[tuple[int, str, datetime, dict[str, Any], dict[str, Any], str]]]:
    """What the trail says of a row, up to a moment, each entry with its id. One statement."""
    columns = (
        AuditEntry.id, AuditEntry.action, AuditEntry.at,
        AuditEntry.before, AuditEntry.after, AuditEntry.reason,
    )  # fmt: skip
    statement = select(*columns).where(
        AuditEntry.subject_kind == kind, AuditEntry.subject_id == str(number)
    )
    if until is not None:
        statement = statement.where(AuditEntry.at <= until)
    return db.session.execute(statement.order_by(AuditEntry.id)).all()


def overwrite(entry_id: int, values: Mapping[str, Any]) -> None:
    """Put these values into an entry; the database refuses all but deleted ones."""
    db.session.execute(
        update(AuditEntry)
        .where(AuditEntry.id == entry_id)
        .values(dict(values))
        .execution_options(synchronize_session=False)
    )
