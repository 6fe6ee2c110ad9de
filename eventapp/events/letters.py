"""What stands in letters about an event: salutation, date, place, and who writes.

All texts are made in the language of the reader, never of whoever pressed the button.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from eventapp.contacts.models import Contact, PersonColumns
from eventapp.contacts.names import PersonName, salutation_line
from eventapp.events.calendar_entry import address_of, page_of
from eventapp.events.models import Event
from eventapp.foundation.i18n import format_day, format_range, format_time, localised, use_locale

QUOTES = {"de": "„…“", "en": "“…”"}
MARKS = '„“”«»"'


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of organiser's text; each line is cut where the personal link stands."""

    lines: tuple[tuple[str, ...], ...]

    @property
    def is_link(self) -> bool:
        """Whether nothing but the link stands here, so that a button can."""
        return self.lines == (("", ""),)


@dataclass(frozen=True, slots=True)
class Letter:
    """The values that every letter about an event has; what is special comes beside it."""

    event: str
    day: str
    time: str
    when: str
    place: str
    doors: str
    owner: str
    funding: str
    signed_by: str
    home: str
    quotes: str = "“…”"
    link: str = ""
    addressee: str = ""
    subject: str = ""
    text: str = ""
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def named(self) -> str:
        """The title inside a sentence: in quotation marks, unless it has some of its own."""
        quoted = any(mark in self.event for mark in MARKS)
        return self.event if quoted else self.quotes.replace("…", self.event)


def letter_about(event: Event, locale: str, base_url: str) -> Letter:
    """What stands in every letter about this event, in this language."""
    day, time, doors = _written_times(
        event.starts_at, event.ends_at, event.doors_at, event.zone, locale
    )
    return Letter(
        event=localised(event, "title", locale),
        day=day,
        time=time,
        when=f"{day}, {time}",
        place=address_of(event.venue),
        doors=doors,
        owner=event.host.name,
        funding=localised(event, "funding_notice", locale),
        signed_by=event.signed_by,
        home=page_of(event, base_url),
        quotes=QUOTES[locale],
    )


@lru_cache(maxsize=200)
def _written_times(
    starts_at: datetime, ends_at: datetime, doors_at: datetime | None, zone: str, locale: str
) -> tuple[str, str, str]:
    """Day, beginning and end, and admission: the same in all letters about an event."""
    with use_locale(locale):
        return (
            format_day(starts_at.astimezone(ZoneInfo(zone)).date()),
            format_range(starts_at, ends_at, zone),
            format_time(doors_at, zone) if doors_at else "",
        )


def salutation_for(person: PersonColumns, locale: str) -> str:
    """The first line of a letter to this person, without comma."""
    override = person.salutation_override if isinstance(person, Contact) else ""
    if locale != person.locale:
        override = ""  # written for another language
    name = PersonName(
        form=person.form_of_address,
        title=person.title,
        first=person.first_name,
        last=person.last_name,
        suffix=person.name_suffix,
    )
    return salutation_line(name, locale, override)
