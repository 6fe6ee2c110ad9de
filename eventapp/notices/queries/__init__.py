"""Named reads of notices and of the people whom they may reach."""

from eventapp.notices.queries.addressees import (
    addressees,
    everybody,
    invitations_by_ids,
    is_still_for,
    person_named,
    registrations_by_ids,
)
from eventapp.notices.queries.notices import (
    NoticeDue,
    Progress,
    key_of,
    last_reminder_of,
    notice_by_id,
    notices_due,
    notices_due_at,
    notices_of,
    notices_to_send,
    progress_of,
    reminder_ahead,
    stored_notices,
)

__all__ = [
    "NoticeDue",
    "Progress",
    "addressees",
    "everybody",
    "invitations_by_ids",
    "is_still_for",
    "key_of",
    "last_reminder_of",
    "notice_by_id",
    "notices_due",
    "notices_due_at",
    "notices_of",
    "notices_to_send",
    "person_named",
    "progress_of",
    "registrations_by_ids",
    "reminder_ahead",
    "stored_notices",
]
