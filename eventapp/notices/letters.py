"""What stands in a notice to one person: the organiser's words with that person's values put in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from eventapp.contacts.models import PersonColumns
from eventapp.events.models import Event
from eventapp.foundation.i18n import format_day, format_range, localised, use_locale
from eventapp.foundation.message import message
from eventapp.foundation.placeholders import fill
from eventapp.invitations.letters import Letter, Paragraph, letter_about
from eventapp.invitations.models import Invitation
from eventapp.notices.models import Notice
from eventapp.notices.states import NoticeKind
from eventapp.notices.wording import LINK
from eventapp.programme.release_queries import public_programme
from eventapp.registrations.models import Registration
from eventapp.registrations.recipients import Guest, person_of, salutation_of

_NAME = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Frame:
    """What all letters of a notice in one language have in common."""

    letter: Letter
    subject: str
    body: str
    values: Mapping[str, str]


def frame_of(notice: Notice, locale: str, base_url: str) -> Frame:
    """The words and the event's values in a language; two statements for the programme."""
    letter = letter_about(notice.event, locale, base_url)
    with use_locale(locale):
        values = {
            "event": letter.event,
            "date": letter.day,
            "time": letter.time,
            "place": letter.place,
        }
        if notice.kind is NoticeKind.PRACTICAL:
            values |= _practical_values(notice.event, letter)
    subject, body = localised(notice, "subject", locale), localised(notice, "body", locale)
    return Frame(letter, subject, body, values)


def _practical_values(event: Event, letter: Letter) -> dict[str, str]:
    venue = event.venue
    return {
        "doors": letter.doors,
        "transit": localised(venue, "transit"),
        "parking": localised(venue, "parking"),
        "access": localised(venue, "access"),
        "programme": _programme(event),
        "photo_notice": localised(event, "photo_notice"),
    }


def _programme(event: Event) -> str:
    """A line for each session with time and room, below a heading; "" without a programme."""
    sessions = [one for entry in public_programme(event).entries for one in entry.sessions]
    lines = [
        " · ".join(
            part
            for part in (
                format_range(one.starts_at, one.ends_at, event.zone),
                one.title,
                one.room.name if one.room else "",
            )
            if part
        )
        for one in sessions
    ]
    return "\n".join([str(message("Programme")), *lines]) if lines else ""


def letter_to_guest(frame: Frame, guest: Guest, *, link: str, locale: str) -> Letter:
    """The words to whoever is invited or registered."""
    with use_locale(locale):
        own = {"salutation": salutation_of(guest, locale)}
        own |= _reply_by(guest) if isinstance(guest, Invitation) else _companions(guest)
    return _filled(frame, {**frame.values, **own}, person_of(guest), link)


def _reply_by(invitation: Invitation) -> dict[str, str]:
    deadline = invitation.answer_by
    return {"reply_by": format_day(deadline) if deadline else ""}


def _companions(registration: Registration) -> dict[str, str]:
    names = [one.full_name for one in registration.companions if one.is_live]
    if not names:
        return {"companions": ""}
    named = ", ".join(name for name in names if name) or str(len(names))
    return {"companions": str(message("With you come: %(names)s.", names=named))}


def _filled(frame: Frame, values: Mapping[str, str], person: PersonColumns, link: str) -> Letter:
    body = without_empty_lines(frame.body, values)
    return replace(
        frame.letter,
        link=link,
        addressee=f"{person.full_name} <{person.email}>",
        subject=" ".join(fill(frame.subject, values).split()),
        text=fill(body, {**values, "link": link}),
        paragraphs=paragraphs(body, values),
    )


def without_empty_lines(body: str, values: Mapping[str, str]) -> str:
    """The words without the lines in which a placeholder has nothing to say."""

    def says_something(line: str) -> bool:
        return LINK in line or all(values.get(name, name) for name in _NAME.findall(line))

    lines = body.replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if says_something(line))


def paragraphs(body: str, values: Mapping[str, str]) -> tuple[Paragraph, ...]:
    """Cut before filling in: what a value contains is never taken for a placeholder."""
    blocks = [block.strip("\n") for block in body.split("\n\n") if block.strip()]
    return tuple(
        Paragraph(tuple(line for written in block.split("\n") for line in _lines(written, values)))
        for block in blocks
    )


def _lines(written: str, values: Mapping[str, str]) -> list[tuple[str, ...]]:
    """A line cut at the link; where there is none, a value of several lines becomes several."""
    parts = tuple(fill(part, values) for part in written.split(LINK))
    return [parts] if len(parts) > 1 else [(line,) for line in parts[0].split("\n")]
