"""Changing words and date of a notice, and adding a reminder."""

from dataclasses import asdict

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.notices import queries
from eventapp.notices.actions.keeping import note, store, take_notice
from eventapp.notices.errors import NoSuchStep, TooManyReminders
from eventapp.notices.models import Notice
from eventapp.notices.permissions import may_change
from eventapp.notices.requests import NoticeChange
from eventapp.notices.states import NoticeKind, NoticeState

MOST_REMINDERS = 5


def change_notice(event: Event, key: str, change: NoticeChange, *, seen: int, by: Actor) -> None:
    """Let a notice say this, on that day; other words must be reviewed again.

    Raises Stale, and NoSuchStep once it goes out.
    """
    with transaction():
        notice = take_notice(event, key, seen=seen)
        if not may_change(notice):
            raise NoSuchStep
        before = notice.state
        changed = _write(notice, change)
        if changed - {"due_at"} and notice.state is NoticeState.REVIEWED:
            notice.move_to(NoticeState.DRAFT)
        if changed:
            note(by, "notice.changed", notice, before=before, due_at=notice.due_at)


def _write(notice: Notice, change: NoticeChange) -> set[str]:
    """The names of what is different now."""
    changed = {name for name, value in asdict(change).items() if getattr(notice, name) != value}
    for name in changed:
        setattr(notice, name, getattr(change, name))
    return changed


def add_reminder(event: Event, change: NoticeChange, *, by: Actor) -> str:
    """Another reminder, still to be reviewed; gives its key. Raises TooManyReminders."""
    with transaction():
        lock_columns(event)
        notices = queries.notices_of(event)
        reminders = [one for one in notices.values() if one.kind is NoticeKind.REMINDER]
        if len(reminders) >= MOST_REMINDERS:
            raise TooManyReminders
        store(notices)
        notice = Notice(event=event, kind=NoticeKind.REMINDER, **asdict(change))
        db.session.add(notice)
        note(by, "notice.added", notice, due_at=notice.due_at)
    return queries.key_of(NoticeKind.REMINDER, len(reminders) + 1)
