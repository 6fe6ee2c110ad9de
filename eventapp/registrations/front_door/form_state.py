"""What the form's page depends on, told by one small statement, so that it need not be rendered."""

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from eventapp.consents.promises import interpreters_by
from eventapp.events.states import EventState, RegistrationMode, state_at
from eventapp.foundation import clock
from eventapp.questions.queries import FormMarks
from eventapp.registrations.front_door.opening import Opening, opening_of
from eventapp.registrations.front_door.prospects import Prospect, prospect_with
from eventapp.registrations.queue import Room, Share


class FormFacts(NamedTuple):
    """Columns of an event and counts around it: an `EventOutline` without the event."""

    event_id: int
    uid: str
    version: int
    changed_at: datetime
    host_version: int
    series_version: int | None
    venue_version: int | None
    state: EventState
    zone: str
    starts_at: datetime
    ends_at: datetime
    registration_mode: RegistrationMode
    registration_opens_at: datetime | None
    reply_by_on: date | None
    waiting_list: bool
    places_free: int
    reserved_places: int
    waiting_in_time: int
    kept_used: int
    questions: FormMarks

    @property
    def standing(self) -> EventState:
        """Where the event stands by the clock."""
        return state_at(self.state, (self.starts_at, self.ends_at), clock.now())


class FormState(NamedTuple):
    """What tells one state of the pages from the next: equal states, equal pages.

    The rows' versions count whatever people change of event, host, series and venue; places and
    questions count for themselves, and the clock by what it opens and ends. The moment of the last
    change stands beside the version, because a restored backup counts its versions anew.
    """

    uid: str
    versions: tuple[int | None, ...]
    changed_at: datetime
    opening: Opening
    prospect: Prospect
    interpreters_by: date | None
    questions: FormMarks


def state_of(facts: FormFacts) -> FormState:
    """How things stand now."""
    room = Room.after(free=facts.places_free, reserved=facts.reserved_places, used=facts.kept_used)
    return FormState(
        facts.uid,
        (facts.version, facts.host_version, facts.series_version, facts.venue_version),
        facts.changed_at,
        opening_of(facts),
        prospect_with(
            facts,
            clock.now(),
            free=room.for_share(Share.OPEN),
            waiting=facts.waiting_in_time,
        ),
        interpreters_by(facts.starts_at.astimezone(ZoneInfo(facts.zone)).date(), facts.zone),
        facts.questions,
    )
