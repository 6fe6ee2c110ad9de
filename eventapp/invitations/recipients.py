"""Everybody on the lists of a wave that is not sent yet: who will be invited, who not and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.foundation.errors import NotFound
from eventapp.foundation.listing import Belongs, Choice, Field, Listing
from eventapp.foundation.message import Message, message
from eventapp.foundation.pages import LARGEST_PAGE_SIZE, Page
from eventapp.invitations import queries
from eventapp.invitations.actions import recipients_of
from eventapp.invitations.models import Wave
from eventapp.invitations.permissions import may_change_wave
from eventapp.invitations.selection import Candidate
from eventapp.invitations.words import REASON_WORDS

LONGEST_NUMBER = 6


class Group(StrEnum):
    """Which people the list shows."""

    INVITED = "invited"
    LEFT_OUT = "left_out"


GROUP_WORDS = {
    Group.INVITED: message("Will be invited"),
    Group.LEFT_OUT: message("Left out"),
}


@dataclass(frozen=True, slots=True)
class RecipientFilter:
    """Of which wave, and which group; without a number the newest wave that is not sent."""

    wave: int | None = None
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person on the lists, and why they are left out, if they are."""

    person: Candidate
    reason: str = ""

    @property
    def group(self) -> Group:
        """Whether the wave reaches them."""
        return Group.LEFT_OUT if self.reason else Group.INVITED


def recipient_filter(asked: Mapping[str, str]) -> RecipientFilter:
    """What an address asks for; what it cannot mean is left out."""
    number, group = asked.get("wave", ""), asked.get("group", "")
    known = number.isdecimal() and len(number) <= LONGEST_NUMBER
    return RecipientFilter(
        wave=int(number) if known else None,
        group=Group(group) if group in set(Group) else None,
    )


def unsent_wave(event: Event, wanted: RecipientFilter) -> Wave:
    """The wave that is meant. Raises NotFound where it is sent, or there is none."""
    waves = [one for one in queries.waves_of(event) if _waits(one)]
    meant = [one for one in waves if wanted.wave in {None, one.number}]
    if not meant:
        raise NotFound
    return meant[-1]


def _waits(wave: Wave) -> bool:
    return may_change_wave(wave) and not wave.is_standing


def recipients(event: Event, wanted: RecipientFilter) -> list[Recipient]:
    """The people by name, those who are invited first. Four statements."""
    selection = recipients_of(unsent_wave(event, wanted))
    people = [Recipient(one) for one in selection.chosen]
    people += [Recipient(one.candidate, one.reason.value) for one in selection.left_out]
    return in_group(people, wanted.group)


def in_group(people: Iterable[Recipient], group: Group | None) -> list[Recipient]:
    """Those of one group, in their order; without a group everybody."""
    return [one for one in people if group in {None, one.group}]


def page_of(people: Sequence[Recipient], number: int) -> Page[Recipient]:
    """One page of them; a number out of range is clamped."""
    size = LARGEST_PAGE_SIZE
    number = min(max(1, number), max(1, -(-len(people) // size)))
    shown = people[(number - 1) * size : number * size]
    return Page(rows=shown, number=number, total=len(people), size=size)


def _rows(event: Event, wanted: RecipientFilter, _choice: Choice) -> Iterable[Recipient]:
    return recipients(event, wanted)


def _told(event: Event, wanted: RecipientFilter) -> Sequence[Message]:
    wave = unsent_wave(event, wanted)
    group = [GROUP_WORDS[wanted.group]] if wanted.group is not None else []
    return [message("Wave %(number)s", number=wave.number), *group]


RECIPIENTS: Listing[Event, RecipientFilter, Recipient] = Listing(
    key="recipients",
    title=message("Recipients of a wave"),
    belongs=Belongs.EVENT,
    roles=ORGANISERS,
    page="invitations_recipients.show",
    rail="invitations",
    fields=(
        Field("name", message("Name"), lambda one: one.person.name, 28),
        Field("organisation", message("Organisation"), lambda one: one.person.organisation, 30),
        Field("email", message("E-mail"), lambda one: one.person.email_key, 34),
        Field("group", message("Invited or not"), lambda one: one.group, 18, dict(GROUP_WORDS)),
        Field("reason", message("Why not"), lambda one: one.reason, 34, dict(REASON_WORDS)),
    ),
    asked=recipient_filter,
    told=_told,
    count=lambda event, wanted: len(recipients(event, wanted)),
    rows=_rows,
)

LISTINGS = (RECIPIENTS,)
