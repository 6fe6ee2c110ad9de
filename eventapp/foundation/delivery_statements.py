"""What the worker asks of the outbox, built once, and the mails that it gets.

Both are of the table, past the session: to load an entity and to look for copies of a row in the
session takes longer than sending the mail.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Integer, Table, and_, bindparam, or_, select, update

from eventapp.foundation.database import UtcDateTime
from eventapp.foundation.mail_states import WAITING, MailState
from eventapp.foundation.outbox import Attachment, OutboxMail, files_of

_table = cast(Table, OutboxMail.__table__)
_NOW = bindparam("now", type_=UtcDateTime())
SENT_FROM = (MailState.INFLIGHT, MailState.STOPPED, MailState.RECALLED)
"""What was stopped or taken back while the server took it is sent all the same."""


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A row of the outbox in the hands of one worker, as it was when it was claimed."""

    id: int
    public_id: str
    message_id: str
    kind: str
    to_email: str
    to_name: str
    from_name: str
    reply_to: str
    locale: str
    subject: str
    text: str
    html: str
    attachments: list[dict[str, Any]]
    headers: Mapping[str, Any]
    dedupe_key: str | None
    bulk: bool
    attempts: int
    next_attempt_at: datetime
    leased_until: datetime
    lease_id: str
    created_at: datetime

    def files(self) -> list[Attachment]:
        """The attached files with their bytes."""
        return files_of(self.attachments)


def _in(states: Iterable[MailState]) -> ColumnElement[bool]:
    return or_(*(_table.c.state == one for one in states))  # `in_` is written out for each use


_DUE = (
    select(_table.c.id)
    .where(
        or_(
            and_(_in(WAITING), _table.c.next_attempt_at <= _NOW),
            and_(_table.c.state == MailState.INFLIGHT, _table.c.leased_until < _NOW),
        )
    )
    .order_by(_table.c.bulk, _table.c.next_attempt_at, _table.c.id)
    .limit(bindparam("count", type_=Integer()))
    .with_for_update(skip_locked=True)
    .cte("due")
)
"""Waiting mails whose time has come, and those whose worker has died."""

CLAIM = (
    update(_table)
    .where(_table.c.id.in_(select(_DUE.c.id)))
    .values(
        state=MailState.INFLIGHT,
        lease_id=bindparam("lease"),
        leased_until=bindparam("until", type_=UtcDateTime()),
    )
    .returning(*(_table.c[name] for name in ClaimedMail.__dataclass_fields__))
)
"""Take them, in one statement; their order is to be made anew."""

LEASES = select(_table.c.id, _table.c.lease_id).where(
    _table.c.id.in_(bindparam("mails", expanding=True)),
    _table.c.state == MailState.INFLIGHT,
)
_HELD = and_(_table.c.id == bindparam("mail"), _table.c.lease_id == bindparam("lease"))
SETTLE = update(_table).where(_HELD, _table.c.state == MailState.INFLIGHT)
SETTLE_SENT = update(_table).where(_HELD, _in(SENT_FROM))
