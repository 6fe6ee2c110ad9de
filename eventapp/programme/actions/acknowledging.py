"""Taking note of a hint, so that the others stand out; and showing it again."""

from eventapp.accounts.audit import Actor
from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import message
from eventapp.programme import queries
from eventapp.programme.actions.revision import note
from eventapp.programme.checking import conflicts_in
from eventapp.programme.errors import OnlyHints
from eventapp.programme.models import AcknowledgedConflict
from eventapp.programme.timetable.checks import Severity


def acknowledge_conflict(
    event: Event, fingerprint: str, reason: str, *, by: Actor
) -> AcknowledgedConflict:
    """Fold a soft conflict away, with the reason why it may stay.

    Who does it after somebody else replaces that reason. Raises OnlyHints if there is no such
    conflict, or a hard one; Invalid without a reason.
    """
    with transaction():
        lock(event)
        if not reason.strip():
            raise Invalid("reason", message("Please give the reason in a few words."))
        found = {one.fingerprint: one for one in conflicts_in(queries.programme_of(event))}
        conflict = found.get(fingerprint)
        if conflict is None or conflict.severity is not Severity.SOFT:
            raise OnlyHints
        row = queries.acknowledged_in(event).get(fingerprint)
        before = row.reason if row else None
        if row is None:
            row = AcknowledgedConflict(
                event=event, fingerprint=fingerprint, rule=conflict.rule.value
            )
            db.session.add(row)
        row.reason, row.by = reason.strip(), by.name if isinstance(by, Account) else by
        note(by, "conflict.acknowledged", row, event, different={"reason": (before, row.reason)})
    return row


def withdraw_acknowledgement(row: AcknowledgedConflict, *, by: Actor) -> None:
    """Show the hint again, if it is still there."""
    event = row.event
    with transaction():
        lock(event)
        lock(row)
        note(by, "conflict.shown_again", row, event, different={"reason": (row.reason, None)})
        db.session.delete(row)
