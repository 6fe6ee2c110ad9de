"""Who may come along with a guest: how many, until when, whether there is room, and in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.events.models import Event
from eventapp.events.signals import companions_lowered
from eventapp.events.states import EventState
from eventapp.foundation.message import Message, message, plural_message
from eventapp.invitations.models import Invitation
from eventapp.registrations import party_queries, queries
from eventapp.registrations.errors import TooManyCompanions
from eventapp.registrations.models import Registration
from eventapp.registrations.permissions import guest_timeliness, takes_answers
from eventapp.registrations.place_queries import chance_of
from eventapp.registrations.queue import Timeliness
from eventapp.registrations.states import RegistrationState

MOST_COMPANIONS = 2
"""Nobody comes with more, whoever enters it."""


def allowance_of(event: Event, invitation: Invitation | None) -> int:
    """How many people a guest may bring: as many as all may, or more by their invitation."""
    own = invitation.companions_allowed if invitation is not None else 0
    return min(max(own, event.companions_allowed), MOST_COMPANIONS)


def check_allowed(companions: int, allowed: int) -> None:
    """Raise TooManyCompanions where more people would come along than may."""
    if companions > allowed:
        raise TooManyCompanions(allowed)


def may_change_party(registration: Registration) -> bool:
    """Companions are named, renamed and taken off until the event begins; guests manage theirs."""
    return (
        registration.main_id is None
        and registration.is_live
        and registration.state is not RegistrationState.UNCONFIRMED
        and takes_answers(registration.event)
    )


def has_room_for_one_more(registration: Registration) -> bool:
    """Whether another person could join now: always in line or review, where nobody has a place.

    Else a place must be free that nobody waits for; after the deadline also none of the late.
    """
    if not registration.holds_place:
        return True
    event = registration.event
    if event.state is EventState.CLOSED:
        return False
    free, waiting = chance_of(event, registration.invitation)
    if guest_timeliness(registration) is Timeliness.LATE:
        waiting = len(queries.line(event))
    return free > 0 and waiting == 0


def company_words(company: Sequence[Registration]) -> Message | str:
    """Who comes along, by name where known: "Anna Muster and one more person"; "" for nobody."""
    names: list[Message | str] = [one.full_name for one in company if one.is_named]
    unnamed = len(company) - len(names)
    if unnamed:
        names.append(plural_message("one more person", "%(count)s more people", unnamed))
    if len(names) < 2:
        return names[0] if names else ""
    first = ", ".join(map(str, names[:-1]))
    return message("%(first)s and %(last)s", first=first, last=names[-1])


@dataclass(frozen=True)
class PartySheet:
    """What a page about a guest shows and offers about companions."""

    company: list[Registration]
    allowed: int
    may_change: bool
    has_room: bool

    @property
    def free(self) -> int:
        """How many more the guest may bring."""
        return max(0, self.allowed - len(self.company))

    @property
    def words(self) -> Message | str:
        """Who comes along, in one line."""
        return company_words(self.company)

    @property
    def may_add(self) -> bool:
        """Whether a form for another companion leads anywhere now."""
        return self.may_change and self.free > 0 and self.has_room

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to say about companions."""
        return bool(self.company) or (self.may_change and self.allowed > 0)


def party_sheet(registration: Registration) -> PartySheet:
    """What the guest may do. At most three statements, none where nobody may be brought."""
    allowed = allowance_of(registration.event, registration.invitation)
    return _sheet(registration, allowed)


def staff_party_sheet(registration: Registration) -> PartySheet:
    """The same for staff, who may go beyond the allowance, and by a reason beyond the line."""
    return _sheet(registration, MOST_COMPANIONS)


def _sheet(registration: Registration, allowed: int) -> PartySheet:
    company, may_change = registration.company, may_change_party(registration)
    asks = may_change and len(company) < allowed
    has_room = asks and has_room_for_one_more(registration)
    return PartySheet(company, allowed, may_change, has_room)


@companions_lowered.connect
def words_about_larger_parties(event: Event) -> Message | None:
    """A warning where guests have named more than the event allows now; nobody is taken off."""
    count = party_queries.count_larger_parties(event)
    if not count:
        return None
    return plural_message(
        "One guest has named more companions than that. They all keep their places.",
        "%(count)s guests have named more companions than that. They all keep their places.",
        count,
    )
