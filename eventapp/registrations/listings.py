"""The reply board as a list to take along: who was invited, and what came of it.

The answers to a question are the slice's other list; see `asked_listings`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from eventapp.accounts.states import ORGANISERS
from eventapp.contacts.models import Contact
from eventapp.contacts.states import Sector
from eventapp.contacts.words import COUNTY_WORDS, SECTOR_WORDS, sector_label
from eventapp.events.models import Event
from eventapp.foundation.listing import Belongs, Choice, Field, Listing
from eventapp.foundation.message import message
from eventapp.foundation.pages import row_count, stream
from eventapp.foundation.tabular import YES_NO, Cell
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import replies_wanted
from eventapp.invitations.replies import ReplyFilter, group_label, reply_filter
from eventapp.invitations.words import INVITATION_WORDS
from eventapp.registrations import queries
from eventapp.registrations.asked_listings import ANSWERS
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.words import STATE_WORDS


@dataclass(frozen=True, slots=True)
class Reply:
    """An invitation with what came of it: the state of the registration, the address given last."""

    invitation: Invitation
    registered: RegistrationState | None
    given: str

    @property
    def contact(self) -> Contact | None:
        """The entry in the address book; None for a substitute."""
        return self.invitation.contact


def _rows(event: Event, wanted: ReplyFilter, _choice: Choice) -> Iterator[Reply]:
    """The invitations that pass, by name. Two statements."""
    registered = queries.replies_by_invitation(event)
    for (invitation,) in stream(replies_wanted(event, wanted)):
        yield Reply(invitation, *registered.get(invitation.id, (None, "")))


def _told(_event: Event, wanted: ReplyFilter) -> Sequence[object]:
    return [
        group_label(wanted.group),
        *([message("Wave %(number)s", number=wanted.wave)] if wanted.wave is not None else []),
        *([sector_label(wanted.sector)] if wanted.sector else []),
        *([message("“%(search)s”", search=wanted.search)] if wanted.search else []),
    ]


def _of_person(name: str) -> Callable[[Reply], Cell]:
    return lambda one: getattr(one.invitation.person, name)


def _of_contact(name: str) -> Callable[[Reply], Cell]:
    return lambda one: getattr(one.contact, name) if one.contact else None


def _of_invitation(name: str) -> Callable[[Reply], Cell]:
    return lambda one: getattr(one.invitation, name)


def _sector(one: Reply) -> Sector | None:
    return one.contact.sector if one.contact else None


def _wave(one: Reply) -> Cell:
    wave = one.invitation.wave
    if wave is None:
        return None
    return wave.name if wave.is_standing else wave.number


REPLIES = Listing(
    key="replies",
    title=message("Invitations"),
    belongs=Belongs.EVENT,
    roles=ORGANISERS,
    page="registrations_organiser.replies",
    rail="invitations",
    fields=(
        Field("title", message("Title"), _of_person("title"), 12),
        Field("first_name", message("First name"), _of_person("first_name")),
        Field("last_name", message("Last name"), _of_person("last_name"), 22),
        Field("reply", message("Reply"), _of_invitation("state"), 18, INVITATION_WORDS),
        Field("registration", message("Registration"), lambda one: one.registered, 18, STATE_WORDS),
        Field("position", message("Position"), _of_person("position"), 24),
        Field("organisation", message("Organisation"), _of_person("organisation_name"), 34),
        Field("sector", message("Sector"), _sector, 24, SECTOR_WORDS),
        Field("city", message("Town"), _of_contact("city"), 22),
        Field("county", message("County"), _of_contact("county"), 24, COUNTY_WORDS),
        Field("email", message("E-mail"), lambda one: one.given or one.invitation.person.email, 36),
        Field("phone", message("Phone"), _of_person("phone"), 20),
        Field("locale", message("Language"), _of_person("locale"), 9),
        Field("contact", message("Contact number"), _of_contact("reference"), 12),
        Field("substitute", message("Substitute"), lambda one: one.contact is None, 10, YES_NO),
        Field("wave", message("Wave"), _wave, 12),
        Field("reply_by", message("Answer by"), _of_invitation("reply_by_on"), 12),
        Field("sent_at", message("Invited at"), _of_invitation("sent_at"), 17),
        Field("reminded_at", message("Reminded at"), _of_invitation("reminded_at"), 17),
        Field("replied_at", message("Replied at"), _of_invitation("replied_at"), 17),
    ),
    asked=reply_filter,
    told=_told,
    count=lambda event, wanted: row_count(replies_wanted(event, wanted)),
    rows=_rows,
)

LISTINGS = (REPLIES, ANSWERS)
