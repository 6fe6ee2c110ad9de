"""Taking back what was done to a session by mistake. `step` is the trail's entry about it."""

from eventapp.accounts.audit import Actor
from eventapp.accounts.models import AuditEntry
from eventapp.events.models import Event
from eventapp.events.queries import room_of
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Overtaken
from eventapp.programme import queries
from eventapp.programme.actions.revision import note, touch_session
from eventapp.programme.content import CONTENT, UNDOES, people_from, session_from
from eventapp.programme.keys import free_key
from eventapp.programme.models import Session
from eventapp.programme.states import RELEASED, SessionState


def reinstate_session(session: Session, step: AuditEntry, *, by: Actor) -> None:
    """A cancelled session takes place after all; where its end was released, so must this be.

    No arrow of the life cycle leads there, on purpose: this is no new step but a step less. Raises
    Overtaken once it is not cancelled any more.
    """
    event = session.event
    with transaction():
        lock(event)
        lock(session)
        if session.state is not SessionState.CANCELLED:
            raise Overtaken
        before = SessionState(step.before.get("state", SessionState.PUBLISHED))
        session.state = before if before in RELEASED else SessionState.PUBLISHED
        touch_session(session)
        moved = {"state": (SessionState.CANCELLED, session.state)}
        note(by, "session.reinstated", session, event, different=moved, name=session.title_de)


def restore_session(event: Event, step: AuditEntry, *, by: Actor) -> Session:
    """A deleted draft is there again, with what it said and the people who are still there.

    It gets another short name if that is taken by now. Raises Overtaken if it is there already.
    """
    with transaction():
        lock(event)
        own = {one.id: one for one in queries.contributors_of(event)}
        written = str(step.before[CONTENT])
        session = session_from(written)
        if queries.session_by_uid(session.uid) is not None:
            raise Overtaken
        _fit(session, event)
        session.event = event
        db.session.add(session)
        session.contributions = people_from(written, own)
        undoes = {UNDOES: (None, step.id)}
        note(by, "session.restored", session, event, different=undoes, name=session.title_de)
    return session


def _fit(session: Session, event: Event) -> None:
    """What it refers to may have been removed or given away in the meantime."""
    taken = queries.keys_of(event, Session)
    if session.key in taken:
        session.key = free_key(session.key.rstrip("0123456789"), taken)
    if session.room_id is not None and room_of(event, session.room_id) is None:
        session.room_id = None
    if session.slot_id is not None and queries.slot_of(event, session.slot_id) is None:
        session.slot_id = None
