"""What the worker asks of the outbox, built once.

What it writes is of the table: to look for copies of a row in the session takes longer than sending
the mail.
"""

from typing import cast

from sqlalchemy import Integer, Table, and_, bindparam, or_, select, update

from eventapp.foundation.database import UtcDateTime
from eventapp.foundation.mail_states import WAITING, MailState
from eventapp.foundation.outbox import OutboxMail

_table = cast(Table, OutboxMail.__table__)
_NOW = bindparam("now", type_=UtcDateTime())
DUE = (
    select(OutboxMail)
    .where(
        or_(
            and_(OutboxMail.state.in_(WAITING), OutboxMail.next_attempt_at <= _NOW),
            and_(OutboxMail.state == MailState.INFLIGHT, OutboxMail.leased_until < _NOW),
        )
    )
    .order_by(OutboxMail.bulk, OutboxMail.next_attempt_at, OutboxMail.id)
    .limit(bindparam("count", type_=Integer()))
    .with_for_update(skip_locked=True)
    .execution_options(populate_existing=True)
)
"""Waiting mails whose time has come, and those whose worker has died."""

LEASES = select(_table.c.id, _table.c.lease_id).where(
    _table.c.id.in_(bindparam("mails", expanding=True)),
    _table.c.state == MailState.INFLIGHT,
)
CLAIM = update(_table).where(_table.c.id.in_(bindparam("mails", expanding=True)))
SETTLE = update(_table).where(
    _table.c.id == bindparam("mail"),
    _table.c.lease_id == bindparam("lease"),
    _table.c.state.in_(bindparam("states", expanding=True)),
)
