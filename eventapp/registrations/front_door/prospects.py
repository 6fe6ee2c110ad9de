"""What registering would lead to now, for who was not invited: page and action ask the same."""

from datetime import datetime
from enum import StrEnum

from eventapp.events.models import Event
from eventapp.events.outline import EventOutline
from eventapp.events.states import RegistrationMode
from eventapp.invitations.models import Invitation
from eventapp.registrations.permissions import public_timeliness
from eventapp.registrations.place_queries import chance_of
from eventapp.registrations.queue import Timeliness, first_state
from eventapp.registrations.states import RegistrationState


class Prospect(StrEnum):
    """What the form's page promises before anybody types."""

    PLACE = "place"
    LINE = "line"
    LATE_LINE = "late_line"
    REVIEW = "review"
    FULL = "full"
    LATE = "late"

    @property
    def is_open(self) -> bool:
        """Whether registering leads anywhere."""
        return self not in {Prospect.FULL, Prospect.LATE}


def prospect_of(event: Event, asked_at: datetime, *, party: int = 1) -> Prospect:
    """A place, a spot in the queue, a look by the organisers, or nothing."""
    if event.registration_mode is not RegistrationMode.OPEN:
        return Prospect.REVIEW
    return prospect_unseen(event, asked_at, party=party)


def prospect_unseen(
    event: Event, asked_at: datetime, invitation: Invitation | None = None, *, party: int = 1
) -> Prospect:
    """The same for somebody at whom nobody has to look first; `invitation` is theirs, if any."""
    free, waiting = chance_of(event, invitation, party)
    return _promised(event, asked_at, party=party, free=free, waiting=waiting)


def prospect_with(event: EventOutline, asked_at: datetime, *, free: int, waiting: int) -> Prospect:
    """The same for one person who was not invited, where places are counted already."""
    if event.registration_mode is not RegistrationMode.OPEN:
        return Prospect.REVIEW
    return _promised(event, asked_at, party=1, free=free, waiting=waiting)


def _promised(
    event: EventOutline, asked_at: datetime, *, party: int, free: int, waiting: int
) -> Prospect:
    when = public_timeliness(event, asked_at)
    state = first_state(party=party, free=free, waiting=waiting, timeliness=when)
    if state is RegistrationState.CONFIRMED:
        return Prospect.PLACE
    if when is Timeliness.LATE:
        return Prospect.LATE_LINE if event.waiting_list else Prospect.LATE
    return Prospect.LINE if event.waiting_list else Prospect.FULL
