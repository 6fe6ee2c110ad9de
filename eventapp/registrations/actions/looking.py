"""A look at what support guests asked for: noted before anything is shown, without the content."""

from datetime import timedelta

from eventapp.accounts.audit import record_change
from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import transaction
from eventapp.registrations.needs_queries import LOOKED, last_look

LOOK_LASTS = timedelta(minutes=15)


def look_at_needs(event: Event, *, by: Account) -> None:
    """Open the list for a quarter of an hour; within it, another look is the same."""
    with transaction():
        if may_read_on(event, by):
            return
        record_change(by, LOOKED, event, scope=event.scope)


def may_read_on(event: Event, account: Account) -> bool:
    """Whether this person's look is noted and still lasts."""
    return last_look(event, account, since=clock.now() - LOOK_LASTS) is not None
