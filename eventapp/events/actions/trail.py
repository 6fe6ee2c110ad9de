"""What the audit trail keeps of changes to events."""

from collections.abc import Mapping

from eventapp.accounts.audit import Actor, record_change
from eventapp.events.models import Event, Venue
from eventapp.foundation.database import Model


def note_step(by: Actor, action: str, event: Event) -> None:
    """Something happened to the event as a whole."""
    record_change(by, action, event, after={"state": event.state}, scope=event.scope)


def note_change(
    by: Actor, action: str, row: Model, before: Mapping[str, object], *, below: Event | Venue
) -> None:
    """Columns of a row were changed; `before` holds what they said."""
    after = {name: getattr(row, name) for name in before}
    scope = below.scope if isinstance(below, Event) else f"venue:{below.id}"
    record_change(by, action, row, before=before, after=after, scope=scope, host_id=below.host_id)


def note_row(by: Actor, action: str, row: Model, name: str, *, below: Event | Venue) -> None:
    """A row was added or removed."""
    scope = below.scope if isinstance(below, Event) else f"venue:{below.id}"
    record_change(by, action, row, after={"name": name}, scope=scope, host_id=below.host_id)
