"""The worker's side of the outbox: claim, hand over, note the outcome.

Never lost: a mail stays in the table until the server's 250 is committed; a worker that dies leaves
a lease that runs out. At most one worker holds a mail. A second copy can only arise when process or
line dies between the server's 250 and our commit, and it bears the same Message-ID.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from eventapp.foundation import clock
from eventapp.foundation.database import after_commit, db, past_the_session, transaction
from eventapp.foundation.delivery_statements import (
    CLAIM,
    LEASES,
    SETTLE,
    SETTLE_SENT,
    ClaimedMail,
)
from eventapp.foundation.errors import Refused
from eventapp.foundation.logs import log
from eventapp.foundation.mail_draft import draft_of, envelope_recipient, envelope_sender
from eventapp.foundation.mail_message import Unsendable, message_bytes
from eventapp.foundation.mail_server import (
    Deferred,
    Postman,
    Rejected,
    ServerAway,
    read_smtp_url,
)
from eventapp.foundation.mail_states import MailState, may_become
from eventapp.foundation.message import message
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.recall import is_still_wanted, may_be_recalled
from eventapp.foundation.settings import Settings
from eventapp.foundation.wake import wake_worker

BATCH = 25
LEASE = timedelta(minutes=5)
LONGEST_MAIL = timedelta(seconds=90)  # with less of the lease left no further mail is begun
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
LOOK_SECONDS = 1.0  # how soon a mail that is stopped stays here
MOST_ATTEMPTS = 24  # with these pauses about a day and a half
_random = SystemRandom()


def _never() -> bool:
    return False


@dataclass
class Tally:
    """What became of the mails of one run."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    kept: int = 0
    recalled: int = 0

    @property
    def total(self) -> int:
        """All that were touched."""
        return self.sent + self.deferred + self.failed + self.kept + self.recalled


def deliver_due(
    limit: int | None = None,
    *,
    stopping: Callable[[], bool] = _never,
    told: Callable[[Tally], None] = lambda _tally: None,
    postman: Postman | None = None,
) -> Tally:
    """Deliver what is due, urgent before bulk, oldest first, until nothing is left or `limit`.

    `stopping` is asked before each mail; `told` hears the tally after each batch. A `postman` may
    have an open line already. Without a mail server, or in the demo, mails are kept here instead.
    """
    tally = Tally()
    settings = current_app.config["SETTINGS"]
    with (
        nullcontext(postman) if postman else postman_of(settings) as found,
        db.engine.connect() as line,
    ):
        while not stopping():
            count = BATCH if limit is None else min(BATCH, limit - tally.total)
            batch = _claim(count, line) if count > 0 else []
            carried_on = _Round(settings, found, tally, stopping, line).deliver(batch)
            told(tally)
            if not carried_on or len(batch) < BATCH:  # who writes another mail rings the bell
                break
    if db.session.registry.has():  # outcomes went to the table, past what was loaded from it
        db.session.expire_all()
        db.session.rollback()
    if tally.total:
        log.info("mails", **vars(tally))
    return tally


def retry_now(mail: OutboxMail) -> None:
    """Try a mail again at once that failed or waits. Raises Refused for any other."""
    with transaction():
        db.session.refresh(mail, with_for_update=True)
        if not may_become(mail.state, MailState.QUEUED) or mail.state is MailState.INFLIGHT:
            raise Refused(message("This mail is not waiting to be sent again."))
        mail.state = MailState.QUEUED
        mail.attempts, mail.returned_at = 0, None
        mail.next_attempt_at = clock.now()
        after_commit("wake worker", wake_worker)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: doubling, never in step with others."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts - 1, 10)
    return min(doubled, LONGEST_PAUSE) * _random.uniform(0.8, 1.2)


def postman_of(settings: Settings) -> Postman | nullcontext[None]:
    """Whoever hands mails over, to be used in a `with`; nobody where mails are kept here."""
    url = settings.smtp_url.get_secret_value()
    if not url or settings.demo:
        return nullcontext()
    return Postman(read_smtp_url(url), own_name=urlsplit(settings.base_url).hostname or "localhost")


def _claim(count: int, line: Connection) -> list[ClaimedMail]:
    """Take up to `count` due mails for this worker alone, for as long as the lease runs."""
    now = clock.now()
    lease = {"lease": secrets.token_hex(8), "until": now + LEASE}
    with past_the_session(line):
        rows = line.execute(CLAIM, {"now": now, "count": count, **lease}).all()
    mails = [ClaimedMail(*row) for row in rows]
    return sorted(mails, key=lambda mail: (mail.bulk, mail.next_attempt_at, mail.id))


class _Round:
    """One batch on its way; each outcome is committed before the next mail is begun."""

    def __init__(
        self,
        settings: Settings,
        postman: Postman | None,
        tally: Tally,
        stopping: Callable[[], bool],
        line: Connection,
    ) -> None:
        self.settings = settings
        self.postman = postman
        self.tally = tally
        self.stopping = stopping
        self.line = line
        self.looked_at = time.monotonic()
        self.held: frozenset[int] = frozenset()

    def _is_held_back(self, mail: ClaimedMail, batch: Sequence[ClaimedMail]) -> bool:
        """Whether somebody has stopped the mail since it was claimed; looked up once a second."""
        if time.monotonic() - self.looked_at >= LOOK_SECONDS:
            self.held = _no_longer_ours(batch)
            self.looked_at = time.monotonic()
        return mail.id in self.held

    def deliver(self, batch: Sequence[ClaimedMail]) -> bool:
        """Whether it makes sense to go on with another batch."""
        for number, mail in enumerate(batch):
            if self.stopping() or _lease_runs_out(mail):
                self._give_back(batch[number:])
                return not self.stopping()
            if self._is_held_back(mail, batch):
                continue
            try:
                self._deliver_one(mail)
            except ServerAway as problem:
                for waiting in batch[number:]:
                    self._defer(waiting, str(problem))
                return False
        return True

    def _deliver_one(self, mail: ClaimedMail) -> None:
        try:
            if _recalled(mail):
                self.tally.recalled += 1
                return
            if self.postman is None or not self.settings.lets_mail_to(mail.to_email):
                self._keep(mail)
                return
            self._hand_over(self.postman, mail)
        except Deferred as problem:
            self._defer(mail, str(problem))
        except (Rejected, Unsendable) as problem:
            self._fail(mail, str(problem))
        except ServerAway:
            raise
        except Exception as problem:  # one mail that breaks us must not stop all that come after it
            log.exception("a mail could not be sent", mail=mail.public_id)
            self._defer(mail, type(problem).__name__)
        else:
            self._settle(mail, MailState.SENT, sent_at=clock.now(), last_error="")
            self.tally.sent += 1

    def _hand_over(self, postman: Postman, mail: ClaimedMail) -> None:
        draft = draft_of(mail, self.settings)
        postman.hand_over(
            message_bytes(draft),
            sender=envelope_sender(mail.id, self.settings),
            recipient=envelope_recipient(draft),
        )

    def _keep(self, mail: ClaimedMail) -> None:
        self._settle(mail, MailState.KEPT, sent_at=None, last_error="")
        self.tally.kept += 1

    def _defer(self, mail: ClaimedMail, reason: str) -> None:
        attempts = mail.attempts + 1
        if attempts >= MOST_ATTEMPTS:
            self._fail(mail, reason)
            return
        self._settle(
            mail,
            MailState.AWAITING_RETRY,
            attempts=attempts,
            last_error=reason,
            next_attempt_at=clock.now() + pause_after(attempts),
        )
        self.tally.deferred += 1

    def _fail(self, mail: ClaimedMail, reason: str) -> None:
        self._settle(mail, MailState.FAILED, attempts=mail.attempts + 1, last_error=reason)
        self.tally.failed += 1

    def _give_back(self, mails: Sequence[ClaimedMail]) -> None:
        """Leave mails that were claimed but not begun to the next worker."""
        for mail in mails:
            self._settle(mail, MailState.QUEUED)

    def _settle(self, mail: ClaimedMail, target: MailState, **changes: Any) -> None:
        """Commit an outcome; on a new line if ours was cut while the mail was on its way."""
        try:
            _settle(mail, target, self.line, **changes)
        except DBAPIError as problem:
            if not problem.connection_invalidated:
                raise
            _settle(mail, target, **changes)


def _recalled(mail: ClaimedMail) -> bool:
    """Take a mail back that has become pointless; the same mail may be written again later."""
    if not may_be_recalled(mail):
        return False
    with transaction():
        if is_still_wanted(mail):
            return False
        _settle(mail, MailState.RECALLED, dedupe_key=None)
    return True


def _no_longer_ours(batch: Sequence[ClaimedMail]) -> frozenset[int]:
    """Those whose lease is not the one with which they were claimed. One statement."""
    with db.engine.connect() as line:
        rows = line.execute(LEASES, {"mails": [mail.id for mail in batch]})
        leases = {row.id: row.lease_id for row in rows}
    return frozenset(mail.id for mail in batch if leases.get(mail.id) != mail.lease_id)


def _lease_runs_out(mail: ClaimedMail) -> bool:
    return mail.leased_until - clock.now() < LONGEST_MAIL


def _settle(
    mail: ClaimedMail, target: MailState, line: Connection | None = None, **changes: Any
) -> None:
    """Commit an outcome, unless the lease ran out and another worker holds the mail now."""
    if not may_become(MailState.INFLIGHT, target):
        raise ValueError(f"no mail on its way becomes {target}")
    change = {"state": target, "leased_until": None, "lease_id": "", **changes}
    statement = SETTLE_SENT if target is MailState.SENT else SETTLE
    with past_the_session(line) as connection:
        connection.execute(statement, change | {"mail": mail.id, "lease": mail.lease_id})
