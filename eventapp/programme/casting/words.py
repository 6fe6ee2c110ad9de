"""What the casting board calls things, to be translated. Pure."""

from eventapp.foundation.message import Message, message
from eventapp.programme.casting.states import Stage

STAGE_WORDS = {
    Stage.OPEN: message("Somebody is missing"),
    Stage.TO_ASK: message("To be asked"),
    Stage.WAITING: message("Asked"),
    Stage.AGREED: message("Agreed"),
    Stage.CONFIRMED: message("Confirmed"),
}


def stage_label(stage: Stage) -> Message:
    """What a group of places is called."""
    return STAGE_WORDS[stage]
