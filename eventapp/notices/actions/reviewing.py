"""The steps that an organiser takes with a notice: review it, send it early, stop it, go on."""

from datetime import datetime
from functools import partial

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import after_commit, transaction
from eventapp.foundation.wake import Call, wake_worker
from eventapp.notices import queries
from eventapp.notices.actions.keeping import note, take_notice
from eventapp.notices.actions.preview import obstacle_to
from eventapp.notices.errors import NoSuchStep, NotReady
from eventapp.notices.models import Notice
from eventapp.notices.permissions import may_stop
from eventapp.notices.queries import Progress
from eventapp.notices.states import NoticeState


def review_notice(event: Event, key: str, *, seen: int, by: Account) -> datetime:
    """Say that these words may go out on their day; the worker is woken if it has come.

    Returns when that is: the mails of a notice that is due leave at once.
    Raises NotReady with what stands against it, Stale where the words are newer than those seen.
    """
    with transaction():
        notice = take_notice(event, key, seen=seen)
        _check(notice)
        before = notice.state
        notice.move_to(NoticeState.REVIEWED)
        notice.reviewed_by, notice.reviewed_at = by.name, clock.now()
        note(by, "notice.reviewed", notice, before=before, due_at=notice.due_at)
        after_commit("wake worker for all", partial(wake_worker, Call.ALL))
    return notice.due_at


def send_notice_now(event: Event, key: str, *, seen: int, by: Account) -> None:
    """Let a reviewed notice go out at once, whatever its day was. Raises NotReady, NoSuchStep."""
    with transaction():
        notice = take_notice(event, key, seen=seen)
        _check(notice)
        before = notice.state
        notice.move_to(NoticeState.SENDING)
        notice.due_at = min(notice.due_at, clock.now())
        note(by, "notice.sent_early", notice, before=before)
        after_commit("wake worker for all", partial(wake_worker, Call.ALL))


def stop_notice(event: Event, key: str, *, by: Account) -> None:
    """Let nothing more of it go out: mails that have not left are taken back before they would.

    Whatever has changed in the meantime, stopping is what is meant. Whoever would have got one can
    still get it when the notice is taken up again.
    """
    with transaction():
        notice = take_notice(event, key)
        progress = queries.progress_of(event).get(notice.id, Progress())
        if not may_stop(notice, on_the_way=progress.on_the_way):
            raise NoSuchStep
        before = notice.state
        notice.move_to(NoticeState.STOPPED)
        note(by, "notice.stopped", notice, before=before, written=progress.written)


def take_up_notice(event: Event, key: str, *, by: Account) -> None:
    """Go on with a stopped notice: it must be reviewed again. Raises NoSuchStep."""
    with transaction():
        notice = take_notice(event, key)
        if notice.state is not NoticeState.STOPPED:
            raise NoSuchStep
        notice.move_to(NoticeState.DRAFT)
        note(by, "notice.taken_up", notice, before=NoticeState.STOPPED)


def _check(notice: Notice) -> None:
    problem = obstacle_to(notice)
    if problem is not None:
        raise NotReady(problem)
