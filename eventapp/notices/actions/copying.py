"""The notices of one event as drafts of another's."""

from eventapp.events.actions import Copying
from eventapp.foundation.database import db, lock_columns, transaction
from eventapp.notices import queries
from eventapp.notices.actions.keeping import note
from eventapp.notices.models import Notice, days_of
from eventapp.notices.timing import moved_along

WORDS = ("subject_de", "subject_en", "body_de", "body_en")


def copy_notices(copying: Copying) -> int:
    """The same words as many days before the new date; somebody must review them again.

    What nobody has touched is left to the rule. Says how many.
    """
    before, after = days_of(copying.source), days_of(copying.target)
    with transaction():
        lock_columns(copying.target)
        known = queries.stored_notices(copying.source)
        for notice in known:
            due_at = moved_along(notice.due_at, notice.kind, before=before, after=after)
            words = {name: getattr(notice, name) for name in WORDS}
            new = Notice(event=copying.target, kind=notice.kind, due_at=due_at, **words)
            db.session.add(new)
            db.session.flush()
            note(copying.by, "notice.added", new, due_at=new.due_at)
    return len(known)
