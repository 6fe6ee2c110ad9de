"""The one place where a session learns that it has changed: for calendars, caches and the trail."""

from collections.abc import Collection, Mapping

from eventapp.accounts.audit import Actor, record_change
from eventapp.events.actions import touch_event
from eventapp.events.models import Event
from eventapp.foundation.database import Model
from eventapp.programme.models import Session

MOVING = frozenset({"starts_at", "ends_at", "room_id", "state", "public"})
"""Columns whose change makes a newer calendar entry (SEQUENCE); others only change its words."""


def touch_session(session: Session, changed: Collection[str]) -> None:
    """Columns of a session, or its people, have changed.

    Its calendar entry gets a new moment of change, and a higher sequence if it moved; the event's
    page becomes a new one if others can see the session. Call it inside the change's transaction.
    """
    if MOVING.intersection(changed):
        session.note_move()
    else:
        session.note_change()
    if session.in_calendars:
        touch_event(session.event)


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
