"""How the outbox stands as a whole, for commands and probes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.mail_states import WAITING, MailState
from eventapp.foundation.outbox import OutboxMail

TOO_LONG = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Mails by state, and those that should go out now."""

    counts: Mapping[MailState, int]
    due: int
    oldest_due_at: datetime | None

    @property
    def is_worrying(self) -> bool:
        """Whether somebody should look: mails failed, or no worker seems to run."""
        waits_long = self.oldest_due_at and clock.now() - self.oldest_due_at > TOO_LONG
        return bool(self.counts[MailState.FAILED] or waits_long)


def mails_standing() -> Standing:
    """All mails of the installation, counted. Two statements."""
    rows = db.session.execute(select(OutboxMail.state, func.count()).group_by(OutboxMail.state))
    counted = {row[0]: row[1] for row in rows}
    due, oldest = db.session.execute(
        select(func.count(), func.min(OutboxMail.next_attempt_at)).where(
            OutboxMail.state.in_(WAITING), OutboxMail.next_attempt_at <= clock.now()
        )
    ).one()
    return Standing({state: counted.get(state, 0) for state in MailState}, due, oldest)
