"""What notices do when the event below them moves, in the same transaction.

They keep their distance to the event's dates, and must be reviewed again: an organiser has read
them with the old day, place or deadline before them.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from eventapp.accounts.audit import SYSTEM
from eventapp.events.models import Event
from eventapp.events.signals import dates_changed, entry_moved
from eventapp.foundation.database import lock_columns
from eventapp.notices import queries
from eventapp.notices.actions.keeping import note
from eventapp.notices.models import Notice, days_of
from eventapp.notices.states import TO_SEND, NoticeState
from eventapp.notices.timing import EventDays, moved_along


@dates_changed.connect
def follow_dates(event: Event, before: Mapping[str, Any]) -> None:
    """Day, beginning, zone or deadline is another: so is the day of every notice still to go."""
    now = days_of(event)
    old = EventDays(**{name: before.get(name, value) for name, value in asdict(now).items()})
    if old == now:
        return
    for notice in _locked(event):
        if notice.state is not NoticeState.SENT:
            notice.due_at = moved_along(notice.due_at, notice.kind, before=old, after=now)
    ask_again(event)


@entry_moved.connect
def ask_again(event: Event) -> None:
    """Date, place or status is another: nothing goes out that was reviewed before."""
    progress = queries.progress_of(event)
    for notice in _locked(event):
        on_the_way = progress[notice.id].on_the_way if notice.id in progress else 0
        if notice.state in TO_SEND or (notice.state is NoticeState.SENT and on_the_way):
            before = notice.state
            notice.move_to(NoticeState.DRAFT)
            note(SYSTEM, "notice.review_lifted", notice, before=before)


def _locked(event: Event) -> list[Notice]:
    """Whoever sends them waits for the event, which is locked here already."""
    notices = list(queries.stored_notices(event))
    for notice in notices:
        lock_columns(notice)
    return notices
