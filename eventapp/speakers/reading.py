"""A contributor's page put together from what was read: sessions, material, the guest behind it."""

from dataclasses import dataclass

from eventapp.consents.models import Needs
from eventapp.consents.queries import needs_of as needs_of_guest
from eventapp.foundation.message import Message, message, plural_message
from eventapp.programme.models import Contributor
from eventapp.programme.states import ContributorState
from eventapp.registrations.models import Registration
from eventapp.speakers import queries
from eventapp.speakers.guest_queries import guest_behind
from eventapp.speakers.material import Stock, stock_of
from eventapp.speakers.models import Portrait, Slides, SpeakerNeeds
from eventapp.speakers.own_sessions import OwnSession, mark_of, own_sessions
from eventapp.speakers.permissions import takes_place
from eventapp.speakers.states import Material

S = ContributorState


@dataclass(frozen=True)
class SpeakerPage:
    """All that the page shows of one person."""

    person: Contributor
    sessions: list[OwnSession]
    stock: Stock
    guest: Registration | None
    guest_needs: Needs | None
    needs: SpeakerNeeds | None
    portrait: Portrait | None
    slides: list[Slides]

    @property
    def asked(self) -> list[OwnSession]:
        """What waits for an answer."""
        return [one for one in self.sessions if one.state is S.ASKED and not one.cancelled]

    @property
    def agreed(self) -> list[OwnSession]:
        """What the person takes part in."""
        there = {S.AGREED, S.CONFIRMED}
        return [one for one in self.sessions if one.state in there and not one.cancelled]

    @property
    def given_up(self) -> list[OwnSession]:
        """What the person does not take part in, or what does not take place."""
        shown = {one.part_id for one in (*self.asked, *self.agreed)}
        return [one for one in self.sessions if one.part_id not in shown]

    @property
    def has_news(self) -> bool:
        """Whether anything is other than the person last saw it."""
        return any(one.news for one in self.sessions)

    @property
    def mark(self) -> str:
        """What the button "seen" sends along."""
        return mark_of(self.sessions)

    @property
    def sentence(self) -> Message:
        """How things stand, in one sentence."""
        if not takes_place(self.person.event):
            return _afterwards(self.person)
        if self.asked:
            return plural_message(
                "Can you be there?", "Can you be there? We ask you for %(count)s sessions.",
                len(self.asked),
            )  # fmt: skip
        if self.agreed:
            return _contributing(self.agreed)
        if self.given_up:
            return message("You do not contribute this time.")
        return message("Nothing is asked of you yet.")


def _afterwards(person: Contributor) -> Message:
    if person.event.standing == "cancelled":
        return message("The event does not take place.")
    return message("Thank you for contributing.")


def _contributing(sessions: list[OwnSession]) -> Message:
    if any(one.news for one in sessions):
        return message("You contribute, and something has changed.")
    return plural_message(
        "You contribute.", "You contribute to %(count)s sessions.",
        len({one.session_id for one in sessions}),
    )  # fmt: skip


def sessions_of(person: Contributor) -> list[OwnSession]:
    """The person's sessions with what is new for them. Four statements at most."""
    parts = queries.parts_of(person)
    released = queries.released_sessions(person.event, [one.session_id for one in parts])
    sheet = queries.sheet_of(person)
    return own_sessions(parts, released, sheet.seen if sheet else {}, zone=person.event.zone)


def speaker_page(person: Contributor) -> SpeakerPage:
    """Everything at once."""
    guest = guest_behind(person)
    needs, portrait = queries.needs_of(person), queries.portrait_of(person)
    guest_needs = needs_of_guest(guest.id) if guest else None
    slides = list(queries.slides_of(person))
    told = Material.DIET if needs or guest_needs else None
    return SpeakerPage(
        person=person,
        sessions=sessions_of(person),
        stock=stock_of(
            person, queries.sheet_of(person), portrait, slides=len(slides), needs_told=told
        ),
        guest=guest,
        guest_needs=guest_needs,
        needs=needs,
        portrait=portrait,
        slides=slides,
    )
