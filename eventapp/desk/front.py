"""Everything the public page of an event shows, put into words in the reader's language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date

from eventapp.desk.queries import FrontVersion
from eventapp.desk.standing import Fact, leads_to_line, places_fact, registration_fact
from eventapp.events.models import Event, Partner, Room
from eventapp.events.states import PartnerRole
from eventapp.events.titles import own_title
from eventapp.events.words import partner_label
from eventapp.foundation.i18n import current_locale, localised
from eventapp.foundation.message import Message, message
from eventapp.programme.kinds import SessionKind
from eventapp.programme.public import PublicProgramme

LONG_WORD = 17
QUOTES = "„“”»«\"'‚"


@dataclass(frozen=True)
class Heading:
    """The title as the poster sets it: what stands above, the title itself, what stands below."""

    above: str
    title: str
    below: str

    @property
    def hangs(self) -> bool:
        """Whether it begins with a quotation mark, which then hangs into the margin."""
        return self.title[:1] in QUOTES

    @property
    def is_long(self) -> bool:
        """Whether a word of it is too long for a phone in full size."""
        return any(len(word.strip(QUOTES)) > LONG_WORD for word in self.title.split())


@dataclass(frozen=True)
class BigDay:
    """The day as posters print it: "24." large, "Juni 2027, Donnerstag" beside it."""

    number: str
    month: str
    weekday: str


@dataclass(frozen=True)
class Front:
    """The public page's content beside the event itself and its programme."""

    heading: Heading
    day: BigDay
    facts: Sequence[Fact]
    place: Sequence[Fact]
    partners: Sequence[tuple[Message, Partner]]
    owner: str
    notices: str
    rings: Sequence[float]
    only_line: bool


def front_of(
    event: Event, rooms: Sequence[Room], programme: PublicProgramme, version: FrontVersion
) -> Front:
    """The page's content; the version says how many places are taken and what can be done."""
    owner = _named(event, PartnerRole.ORGANISER) or event.host.name
    return Front(
        heading=heading_of(event),
        day=big_day(event),
        facts=_facts(event, owner, version),
        place=_place(event, rooms),
        partners=[(partner_label(partner.role), partner) for partner in event.partners],
        owner=owner,
        notices=_sentences(localised(event, "funding_notice"), localised(event, "photo_notice")),
        rings=rings_of(programme, taken=version.places_taken / event.capacity),
        only_line=leads_to_line(event, version),
    )


def big_day(event: Event) -> BigDay:
    """The event's first day in the reader's language."""
    locale = current_locale()
    day = event.starts_on
    number, month, weekday = (
        format_date(day, pattern, locale=locale)
        for pattern in ("d." if locale == "de" else "d", "LLLL yyyy", "EEEE")
    )
    return BigDay(number, month, weekday)


def _sentences(*texts: str) -> str:
    """Texts one after the other, each closed with a full stop if it has none."""
    return " ".join(text if text[-1] in ".!?" else f"{text}." for text in texts if text)


def heading_of(event: Event) -> Heading:
    """The title without the series' name, which stands above it with the edition."""
    series = localised(event.series, "name") if event.series else ""
    above = series
    if series and event.edition:
        above = str(
            message("%(series)s, edition %(edition)s", series=series, edition=event.edition)
        )
    return Heading(above, own_title(event), localised(event, "subtitle"))


def _facts(event: Event, owner: str, version: FrontVersion) -> list[Fact]:
    facts = [places_fact(event, version), registration_fact(event, version)]
    host = _named(event, PartnerRole.HOST)
    if host:
        facts.append(Fact(message("Host"), *name_and_form(host)))
    facts.append(Fact(message("Organised by"), *name_and_form(owner)))
    return facts


def name_and_form(name: str) -> tuple[str, str]:
    """An organisation's name and what follows it: its legal form, or a remark in brackets.

    "Werk Nord GmbH & Co. KG" gives ("Werk Nord", "GmbH & Co. KG").
    """
    found = _FORM.search(name)
    return (name[: found.start()], found[1]) if found else (name, "")


_FORM = re.compile(
    r"\s+((?:gGmbH|GmbH|UG|AG|KG|OHG|SE|KGaA|eG|e\. ?V\.|mbH)(?:$|\s.*)|\([^()]+\))$"
)


def _named(event: Event, role: PartnerRole) -> str:
    return next((partner.name for partner in event.partners if partner.role is role), "")


def _place(event: Event, rooms: Sequence[Room]) -> list[Fact]:
    venue = event.venue
    if venue is None:
        return []
    town = f"{venue.postcode} {venue.city}".strip()
    facts = [Fact(message("Address"), venue.name, "\n".join(filter(None, (venue.street, town))))]
    for label, name in ((message("By train"), "transit"), (message("By car"), "parking")):
        text = localised(venue, name)
        if text:
            facts.append(Fact(label, *head_and_rest(text)))
    access = _access(rooms, localised(venue, "access"))
    return [*facts, access] if access else facts


def _access(rooms: Sequence[Room], text: str) -> Fact | None:
    """Which rooms are known to be reached without steps, and the venue's own words or ours."""
    steps = _steps(rooms)
    more = text or _loops(rooms)
    if steps:
        return Fact(message("Accessibility"), str(steps), more)
    return Fact(message("Accessibility"), *head_and_rest(more)) if more else None


def _loops(rooms: Sequence[Room]) -> str:
    loops = ", ".join(room.name for room in rooms if room.hearing_loop)
    return str(message("Hearing loop: %(rooms)s.", rooms=loops)) if loops else ""


def _steps(rooms: Sequence[Room]) -> Message | None:
    """Of rooms without the tick nothing is known, so nothing is said."""
    known = [room.name for room in rooms if room.step_free]
    if not known:
        return None
    if len(known) == len(rooms):
        return message("Step-free")
    return message("Step-free: %(rooms)s", rooms=", ".join(known))


def head_and_rest(text: str) -> tuple[str, str]:
    """A text cut at its first comma, semicolon or full stop outside brackets, if the head is short.

    "P2 (120 places, 4 accessible), gate 3" gives ("P2 (120 places, 4 accessible)", "gate 3").
    """
    depth = 0
    for at, sign in enumerate(text[:70]):
        depth += (sign == "(") - (sign == ")")
        ends = sign in ",;" or (sign == "." and text[at + 1 : at + 2] in {"", " "} and at > 8)
        if ends and depth == 0:
            rest = text[at + 1 :].strip()
            return text[:at].strip(), rest[:1].upper() + rest[1:] if sign == "." else rest
    return (text, "") if len(text) <= 70 else ("", text)


def rings_of(programme: PublicProgramme, *, taken: float) -> list[float]:
    """The poster's art: one ring for each talk round, as long as its share of the largest.

    Without talk rounds the lengths of the sessions, without sessions how full the event is.
    """
    sessions = [session for entry in programme.entries for session in entry.sessions]
    seats = [
        float(session.capacity)
        for session in sessions
        if session.kind is SessionKind.TALK_ROUND and session.capacity
    ]
    lengths = [
        (session.ends_at - session.starts_at).total_seconds()
        for session in sessions
        if not session.calm
    ]
    values = seats or lengths
    if not values:
        return [taken, 0.9 - taken / 2, 0.6]
    return [value / max(values) for value in values][:6]
