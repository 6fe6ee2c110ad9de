"""What organisers and contributors can do about a place in a session."""

from eventapp.programme.casting.actions.answering import (
    LONGEST_REASON,
    agree,
    confirm,
    decline,
    note_asked,
)

__all__ = ["LONGEST_REASON", "agree", "confirm", "decline", "note_asked"]
