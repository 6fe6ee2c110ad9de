"""What organisers and the worker do with releases and their mails."""

from eventapp.notices.releases.actions import recalling
from eventapp.notices.releases.actions.day import (
    Done,
    WasTold,
    change_today,
    undo_today,
    who_was_told,
)
from eventapp.notices.releases.actions.releasing import ReleaseRequest, release_programme
from eventapp.notices.releases.actions.sending import send_due_digests
from eventapp.notices.releases.actions.stopping import may_stop, send_digest_now, stop_digest
from eventapp.notices.releases.actions.telling import tell

__all__ = [
    "Done",
    "ReleaseRequest",
    "WasTold",
    "change_today",
    "may_stop",
    "recalling",
    "release_programme",
    "send_digest_now",
    "send_due_digests",
    "stop_digest",
    "tell",
    "undo_today",
    "who_was_told",
]
