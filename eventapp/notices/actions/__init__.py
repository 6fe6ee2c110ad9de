"""What people and the clock do with notices, grouped by intention."""

from eventapp.notices.actions import following, recalling
from eventapp.notices.actions.copying import copy_notices
from eventapp.notices.actions.editing import add_reminder, change_notice
from eventapp.notices.actions.preview import Preview, obstacle_to, preview_notice
from eventapp.notices.actions.reviewing import (
    review_notice,
    send_notice_now,
    stop_notice,
    take_up_notice,
)
from eventapp.notices.actions.sending import send_due_notices

__all__ = [
    "Preview",
    "add_reminder",
    "change_notice",
    "copy_notices",
    "following",
    "obstacle_to",
    "preview_notice",
    "recalling",
    "review_notice",
    "send_due_notices",
    "send_notice_now",
    "stop_notice",
    "take_up_notice",
]
