"""Taking hold of a notice before it is changed, and noting what became of it."""

from collections.abc import Mapping

from eventapp.accounts.audit import Actor, record_change
from eventapp.events.models import Event
from eventapp.foundation.database import db, expect_version, lock_columns
from eventapp.foundation.errors import found
from eventapp.notices import queries
from eventapp.notices.models import Notice
from eventapp.notices.states import NoticeState


def take_notice(event: Event, key: str, *, seen: int | None = None) -> Notice:
    """The notice as it is now, stored if it was not yet; needs a transaction.

    Everybody who changes or sends notices waits for the event first, then for the notice. Raises
    Stale if it has changed since the person saw version `seen`, if that matters; NotFound without
    such a key.
    """
    lock_columns(event)
    notices = queries.notices_of(event)
    notice = found(notices.get(key))
    if notice.id is not None:
        lock_columns(notice)
    if seen is not None:
        expect_version(notice, seen)
    if notice.id is None:
        store(notices)
    return notice


def store(notices: Mapping[str, Notice]) -> None:
    """From now on rows stand for all of them, in the order of their keys."""
    db.session.add_all(one for _key, one in sorted(notices.items()) if one.id is None)
    db.session.flush()


def note(
    by: Actor, action: str, notice: Notice, *, before: NoticeState | None = None, **after: object
) -> None:
    """Write the step into the trail."""
    record_change(
        by,
        action,
        notice,
        before={"state": before} if before else None,
        after={"kind": notice.kind, "state": notice.state, **after},
        scope=notice.event.scope,
        host_id=notice.event.host_id,
    )
