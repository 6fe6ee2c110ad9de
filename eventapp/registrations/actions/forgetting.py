"""Who was signed off as a companion is forgotten by name: it was kept for admission and badge only.

That somebody was to come along, and when that ended, stays with whom they were to come with.
"""

from eventapp.accounts.audit import erase_values
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.registrations import party_queries
from eventapp.registrations.deadlines import NAME_TIME
from eventapp.registrations.models import Registration
from eventapp.registrations.snapshot import unname

AT_ONCE = 500


def forget_companion(companion: Registration) -> None:
    """Name and notes of somebody who does not come; in the transaction of the step."""
    unname(companion)
    companion.note = ""
    db.session.flush()
    erase_values(Registration.__tablename__, companion.id)


def forget_companions() -> int:
    """Who left with whom they came: a day later, as until then staff can undo a cancellation."""
    with transaction():
        gone = party_queries.signed_off_before(clock.now() - NAME_TIME, most=AT_ONCE)
        for companion in gone:
            forget_companion(companion)
    return len(gone)
