"""Sending what is reviewed and due. The worker calls it, as often and from as many as it likes.

A batch is one transaction: under the event's lock, where answers wait too, each person is looked at
again, noted as a recipient, and the mail queued. A process that dies leaves whole batches, the next
one goes on behind them.
"""

from collections.abc import Callable

from sqlalchemy import insert, update

from eventapp.accounts.audit import SYSTEM
from eventapp.foundation import clock
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.foundation.logs import log
from eventapp.invitations.models import Invitation
from eventapp.notices import mails, queries
from eventapp.notices.actions.keeping import note
from eventapp.notices.actions.preview import obstacle_to
from eventapp.notices.models import Notice, NoticeRecipient
from eventapp.notices.queries import Progress
from eventapp.notices.states import TO_SEND, NoticeKind, NoticeState

BATCH = 50
"""People who are looked at in one transaction; on SQLite others wait for it to write."""


def _never() -> bool:
    return False


def send_due_notices(*, stopping: Callable[[], bool] = _never) -> None:
    """Queue the mails of all notices that are reviewed and due.

    A notice that fails does not keep the others waiting; the next round tries again.
    """
    for notice_id in queries.notices_to_send(clock.now()):
        try:
            _send(notice_id, stopping)
        except Exception:
            log.exception("a notice could not be sent", notice_id=notice_id)


def _send(notice_id: int, stopping: Callable[[], bool]) -> None:
    reached: int | None = 0
    while reached is not None and not stopping():
        reached = _send_batch(notice_id, after=reached)


def _send_batch(notice_id: int, *, after: int) -> int | None:
    """The next people beyond the id `after`; gives the last of them, or None at the end."""
    with transaction():
        notice = queries.notice_by_id(notice_id)
        if notice is None:
            return None
        lock_columns(notice.event)
        lock_columns(notice)
        if notice.state not in TO_SEND or notice.due_at > clock.now() or obstacle_to(notice):
            return None
        if notice.state is NoticeState.REVIEWED:
            notice.move_to(NoticeState.SENDING)
        people = queries.addressees(notice, after=after, limit=BATCH)
        _write_to(notice, [one.id for one in people if one.reason is None])
        if len(people) == BATCH:
            return people[-1].id
        _finish(notice)
    return None


def _write_to(notice: Notice, ids: list[int]) -> None:
    if not ids:
        return
    reminds = notice.kind is NoticeKind.REMINDER
    column, now = "invitation_id" if reminds else "registration_id", clock.now()
    db.session.execute(
        insert(NoticeRecipient),
        [{"notice_id": notice.id, column: one, "sent_at": now} for one in ids],
    )
    mails.queue_notice(notice, ids)
    if reminds:  # past the version: nothing that an organiser's open form shows has changed
        db.session.execute(update(Invitation).where(Invitation.id.in_(ids)).values(reminded_at=now))


def _finish(notice: Notice) -> None:
    notice.move_to(NoticeState.SENT)
    notice.sent_at = clock.now()
    progress = queries.progress_of(notice.event).get(notice.id, Progress())
    note(SYSTEM, "notice.sent", notice, before=NoticeState.SENDING, people=progress.written)
