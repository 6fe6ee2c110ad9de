"""What the draft of a programme remembers of a change: its state, and the trail.

No change of the draft touches what everybody sees: that is for `releasing`, and for `correcting`
where the program itself must act.
"""

from collections.abc import Mapping

from eventapp.accounts.audit import Actor, record_change
from eventapp.events.models import Event
from eventapp.foundation.database import Model, db
from eventapp.programme.models import Session
from eventapp.programme.release_queries import released_now
from eventapp.programme.snapshots import as_released, draft_version
from eventapp.programme.states import SessionState


def touch_session(session: Session) -> None:
    """A session, or its people, have changed: it is as it was released, or not any more.

    Call it inside the change's transaction, after the change.
    """
    if not session.released:
        return
    db.session.flush()
    db.session.expire(session, ["room", "slot"])  # they may be others now
    row = released_now(session)
    known = {row.session_id: as_released(row)} if row else {}
    same = draft_version([session], known) == known
    wanted = SessionState.PUBLISHED if same else SessionState.CHANGED
    if session.state is not wanted:
        session.move_to(wanted)


def note(
    by: Actor,
    action: str,
    row: Model,
    event: Event,
    *,
    different: Mapping[str, tuple[object, object]] | None = None,
    name: str = "",
) -> None:
    """Keep in the audit trail what was done to a row of the event's programme."""
    pairs = different or {}
    record_change(
        by,
        action,
        row,
        before={field: stored for field, (stored, _wanted) in pairs.items()},
        after={field: wanted for field, (_stored, wanted) in pairs.items()} | _named(name),
        scope=event.scope,
        host_id=event.host_id,
    )


def _named(name: str) -> dict[str, str]:
    return {"name": name} if name else {}
