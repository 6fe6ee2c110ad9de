"""What staff should know of the room there is, before inviting and before giving places by hand."""

from dataclasses import dataclass

from eventapp.events.states import Promotion
from eventapp.foundation.message import Message, message, plural_message
from eventapp.invitations.models import Wave
from eventapp.invitations.signals import room_asked
from eventapp.registrations.models import Registration
from eventapp.registrations.place_queries import chance_with, room_of
from eventapp.registrations.queue import Share
from eventapp.registrations.states import USES_PLACE, RegistrationState


@dataclass(frozen=True)
class FillSheet:
    """How many places a party needs, and how many nobody has been promised.

    `kept` of the free ones are for invited people; by hand they can be given to anybody.
    """

    needed: int
    free: int
    kept: int
    waits: bool
    promotion: Promotion

    @property
    def missing(self) -> int:
        """How many places there would have to be more, so that the party gets theirs."""
        return max(0, self.needed - self.free) if self.waits else 0

    @property
    def room(self) -> Message:
        """How many are needed and free, in words."""
        return plural_message(
            "One place is needed, %(free)s are free.",
            "%(count)s places are needed, %(free)s are free.",
            self.needed,
            free=self.free,
        )

    @property
    def what_settings_do(self) -> Message:
        """What would become of more places that are entered in the settings instead."""
        if self.promotion is Promotion.MANUAL:
            return message(
                "Places that you add in the settings stay free until somebody offers them."
            )
        return message(
            "Places that you add in the settings are offered at once to those who have waited "
            "longest, not to this guest."
        )


def fill_sheet(one: Registration) -> FillSheet:
    """One statement where places are kept, none elsewhere."""
    room, party = room_of(one.event), [one, *one.company]
    return FillSheet(
        needed=sum(1 for member in party if member.kind in USES_PLACE),
        free=max(0, room.free),
        kept=room.kept,
        waits=one.state is RegistrationState.WAITING,
        promotion=one.event.promotion,
    )


@room_asked.connect
def words_about_room(wave: Wave, *, people: int) -> Message | None:
    """None where all of them would get a place now. Two statements at most."""
    event = wave.event
    kept = event.reserved_places and wave.uses_reserved
    free, waiting = chance_with(event, Share.KEPT if kept else Share.OPEN)
    if free >= people and not waiting:
        return None
    if not event.waiting_list:
        return _without_line(free)
    if waiting or not free:
        return message(
            "Everybody who accepts gets on the waiting list (%(free)s free, %(waiting)s waiting).",
            free=free,
            waiting=waiting,
        )
    return plural_message(
        "Only one place is free: whoever accepts after it is taken gets on the waiting list.",
        "Only %(count)s places are free: whoever accepts after they are taken gets on the waiting "
        "list.",
        free,
    )


def _without_line(free: int) -> Message:
    if not free:
        return message(
            "All places are taken, and the event has no waiting list: nobody can accept."
        )
    return plural_message(
        "Only one place is free, and the event has no waiting list.",
        "Only %(count)s places are free, and the event has no waiting list.",
        free,
    )
