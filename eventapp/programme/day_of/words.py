"""What the steps of a change of the day are called, to be translated."""

from eventapp.foundation.message import message
from eventapp.programme.day_of.forms import Step

STEP_WORDS = {
    Step.ROOM: message("Another room"),
    Step.TIME: message("Another time"),
    Step.DROP: message("Does not take place"),
    Step.PERSON: message("Replace somebody"),
}
DO_WORDS = {
    Step.ROOM: message("Change the room now"),
    Step.TIME: message("Change the time now"),
    Step.DROP: message("Drop it now"),
    Step.PERSON: message("Replace now"),
}
