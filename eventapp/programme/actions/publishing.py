"""Publishing a programme: everything that has a time, or nothing."""

from datetime import datetime

from eventapp.accounts.audit import Actor
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import lock, transaction
from eventapp.programme import queries
from eventapp.programme.actions.revision import note, touch_session
from eventapp.programme.checking import conflicts_in
from eventapp.programme.errors import NothingToPublish, NotPublishable
from eventapp.programme.models import Session
from eventapp.programme.states import SessionState
from eventapp.programme.timetable import hard_conflicts


def publish_programme(event: Event, *, by: Actor) -> int:
    """Show all planned drafts to everybody; gives how many. Sessions without a time stay drafts.

    Raises NotPublishable with the conflicts if the programme breaks a hard rule.
    """
    with transaction():
        lock(event)
        programme = queries.programme_of(event)
        hard = hard_conflicts(conflicts_in(programme))
        if hard:
            raise NotPublishable(hard)
        waiting = programme.waiting
        if not waiting:
            raise NothingToPublish
        event.programme_published_at = clock.now()
        for session in waiting:
            _release(session, event.programme_published_at)
        note(by, "programme.published", event, event, name=str(len(waiting)))
        return len(waiting)


def _release(session: Session, at: datetime) -> None:
    if session.state is SessionState.DRAFT:
        session.move_to(SessionState.CHECKED)
    session.move_to(SessionState.PUBLISHED)
    session.published_at = at
    touch_session(session, {"state"})
