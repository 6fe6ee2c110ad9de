"""What organisers and contributors can do about a place in a session.

Whoever imports this also makes the casting follow what a session's form does (`following`).
"""

from eventapp.programme.casting.actions import following
from eventapp.programme.casting.actions.answering import (
    LONGEST_REASON,
    agree,
    confirm,
    decline,
    note_asked,
)
from eventapp.programme.casting.actions.asking import (
    Asking,
    ask_by_mail,
    asking_again,
    still_to_ask,
)
from eventapp.programme.casting.actions.briefing import (
    AT_ONCE,
    Unbriefed,
    send_papers,
    unbriefed_in,
)
from eventapp.programme.casting.actions.placing import (
    Stranger,
    Who,
    add_candidate,
    add_to_cast,
    move_candidate,
    next_on_the_list,
    remove_candidate,
    replace_by,
)
from eventapp.programme.casting.actions.podium import arrange_podium, move_on_podium

__all__ = [
    "AT_ONCE",
    "LONGEST_REASON",
    "Asking",
    "Stranger",
    "Unbriefed",
    "Who",
    "add_candidate",
    "add_to_cast",
    "agree",
    "arrange_podium",
    "ask_by_mail",
    "asking_again",
    "confirm",
    "decline",
    "following",
    "move_candidate",
    "move_on_podium",
    "next_on_the_list",
    "note_asked",
    "remove_candidate",
    "replace_by",
    "send_papers",
    "still_to_ask",
    "unbriefed_in",
]
