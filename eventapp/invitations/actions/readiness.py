"""Whether invitations can go out at all, whoever they are for."""

from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.message import message
from eventapp.invitations.errors import NotReadyToSend
from eventapp.invitations.models import Wave

INVITABLE = frozenset({EventState.RELEASED, EventState.OPEN})


def check_can_go_out(wave: Wave) -> None:
    """Raises NotReadyToSend where the event or the deadline stands against it."""
    event = wave.event
    if event.state not in INVITABLE or event.starts_at <= clock.now():
        raise NotReadyToSend(
            message("Invitations can go out once the event is published, and until it begins.")
        )
    deadline = wave.answer_by
    if deadline is not None and deadline < clock.today(event.zone):
        raise NotReadyToSend(
            message("The reply deadline of this wave is over. Please choose a later day first.")
        )
