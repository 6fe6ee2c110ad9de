"""What people can do with invitations, grouped by intention.

Whoever imports this also makes invitations follow when two contacts become one (`following`).
"""

from eventapp.invitations.actions import following
from eventapp.invitations.actions.links import (
    mark_undeliverable,
    resend_link,
    withdraw_invitation,
)
from eventapp.invitations.actions.objecting import object_to_all, object_to_event
from eventapp.invitations.actions.replies import (
    check_named,
    check_not_oneself,
    invite_in_place,
    invite_substitute,
    record_acceptance,
    record_regret,
    take_back_substitute,
    withdraw_unanswered,
)
from eventapp.invitations.actions.returning import take_in_undelivered
from eventapp.invitations.actions.single import (
    change_standing_words,
    invite_person,
    preview_person,
    reasons_against,
    standing_wave,
)
from eventapp.invitations.actions.stopping import (
    continue_wave,
    stop_wave,
    take_back_unsent,
)
from eventapp.invitations.actions.undoing import clear_undeliverable, put_back
from eventapp.invitations.actions.waves import (
    change_wave,
    delete_wave,
    draft_wave,
    preview_wave,
    recipients_of,
    send_wave,
)

__all__ = [
    "change_standing_words",
    "change_wave",
    "check_named",
    "check_not_oneself",
    "clear_undeliverable",
    "continue_wave",
    "delete_wave",
    "draft_wave",
    "following",
    "invite_in_place",
    "invite_person",
    "invite_substitute",
    "mark_undeliverable",
    "object_to_all",
    "object_to_event",
    "preview_person",
    "preview_wave",
    "put_back",
    "reasons_against",
    "recipients_of",
    "record_acceptance",
    "record_regret",
    "resend_link",
    "send_wave",
    "standing_wave",
    "stop_wave",
    "take_back_substitute",
    "take_back_unsent",
    "take_in_undelivered",
    "withdraw_invitation",
    "withdraw_unanswered",
]
