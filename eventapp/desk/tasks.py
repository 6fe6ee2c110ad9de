"""What a list of things to do is made of: what, whom it concerns, and the page where it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventapp.foundation.message import Message, message

NAMED = 3
REPLIES, GUESTS = "registrations_organiser.replies", "registrations_organiser.guests"
REVIEW, WAVE = "registrations_review.waiting", "invitations_organiser.show_wave"
PROGRAMME, SESSION = "programme_organiser.programme", "programme_organiser.session"
PERSON, SLOT = "programme_people.person", "programme_people.slot"
OUTBOX, LIFE, ROOMS = "outbox.mails", "events_organiser.life", "events_places.rooms"
BASICS, TEXTS = "events_organiser.settings", "events_organiser.texts"
NOTICE = "notices_organiser.notice"
DATES, NOTICES = "events_organiser.dates", "events_organiser.notices"
MATERIAL, SPEAKER = "speakers_organiser.overview", "speakers_organiser.speaker"
DOUBLES = "registrations_doubles.doubles"
CASTING = "programme_casting.board"
PLACE, NEW_PLACE = "events_places.place", "events_places.new_place"
CONTACTS, WAVES = "contacts_organiser.address_book", "invitations_organiser.waves"
PAGES = frozenset(
    {
        REPLIES, GUESTS, REVIEW, WAVE, PROGRAMME, SESSION, PERSON, SLOT, OUTBOX, LIFE, ROOMS,
        BASICS, TEXTS, DATES, NOTICE, NOTICES, PLACE, NEW_PLACE, CONTACTS, WAVES,
        DOUBLES, CASTING, MATERIAL, SPEAKER,
    }
)  # fmt: skip
"""All pages that tasks lead to."""


@dataclass(frozen=True)
class Way:
    """Where something is done: a page of the event, what its address names, and which field."""

    page: str
    address: Mapping[str, Any] = field(default_factory=dict)
    spot: str | None = None


@dataclass(frozen=True)
class Part:
    """One of the things that a task is about, with the way to it."""

    name: Message | str
    way: Way


@dataclass(frozen=True)
class Urgency:
    """Until when, or that it is too late already; `kind` as badges have it."""

    words: Message
    kind: str = "plain"


@dataclass(frozen=True)
class Task:
    """Something to do. `step` is what the button says that leads there, else the title leads.

    `parts` are what it is about where each is mended in a place of its own, the first few of
    `count`.
    """

    title: Message
    way: Way
    detail: str = ""
    step: Message | None = None
    count: int = 0
    parts: Sequence[Part] = ()
    urgency: Urgency | None = None

    @property
    def more(self) -> int:
        """How many parts are not named."""
        return self.count - len(self.parts) if self.parts else 0


def named(names: Sequence[str], total: int) -> str:
    """The first few names, and how many more there are."""
    shown = ", ".join(names[:NAMED])
    more = total - len(names[:NAMED])
    if more <= 0 or not shown:
        return shown
    return str(message("%(names)s and %(more)s more", names=shown, more=more))
