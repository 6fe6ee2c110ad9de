"""What stands in letters of an organiser: the frame of every letter, and the own words.

All texts are made in the language of the reader, never of whoever pressed the button.
"""

from collections.abc import Mapping
from dataclasses import replace

from eventapp.contacts.models import PersonColumns
from eventapp.events.letters import Letter, Paragraph, letter_about, salutation_for
from eventapp.foundation.i18n import format_day, localised, use_locale
from eventapp.foundation.message import N_
from eventapp.foundation.placeholders import fill, unknown_names
from eventapp.invitations.models import Wave

__all__ = [
    "Letter", "Paragraph", "invitation_letter", "letter_about", "salutation_for",
    "unknown_placeholders", "words_of_wave",
]  # fmt: skip

PLACEHOLDERS = {
    "salutation": N_("the salutation line of the person"),
    "event": N_("the title of the event"),
    "date": N_("the day of the event"),
    "time": N_("beginning and end"),
    "place": N_("venue and address"),
    "reply_by": N_("the reply deadline"),
    "link": N_("the personal link, needed once"),
}
LINK = "{link}"


def invitation_letter(
    wave: Wave, frame: Letter, person: PersonColumns, *, locale: str, link: str
) -> Letter:
    """The organiser's words with this person's values put in, once, for text and HTML."""
    with use_locale(locale):
        values = _values(wave, frame, salutation_for(person, locale))
    subject = localised(wave, "subject", locale)
    body = localised(wave, "body", locale)
    return replace(
        frame,
        link=link,
        addressee=f"{person.full_name} <{person.email}>",
        subject=" ".join(fill(subject, values).split()),
        text=fill(body, {**values, "link": link}),
        paragraphs=_paragraphs(body, values),
    )


def words_of_wave(wave: Wave, frame: Letter, *, locale: str, own: str) -> tuple[str, str]:
    """Subject and text of a sent wave as all got them; `own` stands for what differs."""
    with use_locale(locale):
        values = _values(wave, frame, own) | {"link": own}
    subject = fill(localised(wave, "subject", locale), values)
    return " ".join(subject.split()), fill(localised(wave, "body", locale), values)


def _values(wave: Wave, frame: Letter, salutation: str) -> dict[str, str]:
    deadline = wave.answer_by
    return {
        "salutation": salutation,
        "event": frame.event,
        "date": frame.day,
        "time": frame.time,
        "place": frame.place,
        "reply_by": format_day(deadline) if deadline else "",
    }


def _paragraphs(body: str, values: Mapping[str, str]) -> tuple[Paragraph, ...]:
    """Cut before filling in: what a value contains is never taken for a placeholder."""
    blocks = [block for block in body.replace("\r\n", "\n").split("\n\n") if block.strip()]
    return tuple(
        Paragraph(
            tuple(
                tuple(fill(part, values) for part in line.split(LINK))
                for line in block.strip("\n").split("\n")
            )
        )
        for block in blocks
    )


def unknown_placeholders(text: str) -> list[str]:
    """Names in braces that nobody will fill."""
    return unknown_names(text, set(PLACEHOLDERS))
