"""The request to contribute and the papers, as each person reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from eventapp.events.letters import letter_about, salutation_for
from eventapp.events.mails import address_of_person, frame_values, queue_letter
from eventapp.events.models import Event
from eventapp.foundation import mail_rendering
from eventapp.foundation.i18n import format_day, format_range, localised, use_locale
from eventapp.foundation.mail_rendering import Rendered
from eventapp.foundation.message import Message, message
from eventapp.foundation.outbox import Attachment, base_url, link_placeholder
from eventapp.foundation.tokens import LinkKind
from eventapp.programme.kinds import role_label
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.states import ContributorState

REQUEST = "programme/casting/mail/request.txt"
PAPERS = "programme/casting/mail/papers.txt"
SAMPLE_LINK = "…"


@dataclass(frozen=True, kw_only=True)
class RequestWords:
    """What organisers add to a request; without English words the German ones are sent."""

    reply_by_on: date
    terms_de: str
    terms_en: str = ""
    note_de: str = ""
    note_en: str = ""

    def terms(self, locale: str) -> str:
        """What is said of travel and fee."""
        return localised(self, "terms", locale)


@dataclass(frozen=True)
class Preview:
    """A mail as this person would get it, without a link that works."""

    part: Contribution
    addressee: str
    mail: Rendered


def link_to(person: Contributor) -> str:
    """The placeholder of a contributor's personal link."""
    return link_placeholder(LinkKind.CONTRIBUTOR, person.public_id, person.link_generation)


def queue_request(event: Event, part: Contribution, words: RequestWords) -> None:
    """Ask one person for one part, in their language; again for who was asked before."""
    person = part.contributor
    queue_letter(
        event,
        letter_about(event, person.locale, base_url()),
        REQUEST,
        _request(part, words, link_to(person)),
        to=address_of_person(person),
        locale=person.locale,
        about=person.mails_about,
    )


def preview_of(event: Event, part: Contribution, words: RequestWords) -> Preview:
    """The very request that this person would get."""
    person = part.contributor
    letter = letter_about(event, person.locale, base_url())
    values = {**frame_values(event, letter), **_request(part, words, SAMPLE_LINK), "objection": ""}
    address = f"{person.full_name} <{person.email}>"
    return Preview(part, address, mail_rendering.render(REQUEST, values, person.locale))


def _request(part: Contribution, words: RequestWords, link: str) -> dict[str, Any]:
    person, session, locale = part.contributor, part.session, part.contributor.locale
    with use_locale(locale):
        return {
            "salutation": salutation_for(person, locale),
            "again": part.state is ContributorState.ASKED,
            "topic": localised(session, "title", locale),
            "teaser": localised(session, "teaser", locale),
            "role": str(role_label(part.role)),
            "slot": time_of(session),
            "length": str(length_of(session) or ""),
            "room": session.room.name if session.room else "",
            "terms": words.terms(locale),
            "note": localised(words, "note", locale),
            "reply_by": format_day(words.reply_by_on),
            "link": link,
        }


def time_of(session: Session) -> str:
    """Day and time of a session; "" where there is none yet."""
    if session.starts_at is None or session.ends_at is None:
        return ""
    zone = session.event.zone
    span = format_range(session.starts_at, session.ends_at, zone)
    return f"{day_of(session)}, {span}"


def day_of(session: Session) -> str:
    """The day of a session that has a time, as it is written."""
    moment = session.starts_at
    return format_day(moment.astimezone(ZoneInfo(session.event.zone)).date()) if moment else ""


def length_of(session: Session) -> Message | None:
    """How long a session is, in words."""
    if session.starts_at is None or session.ends_at is None:
        return None
    minutes = int((session.ends_at - session.starts_at).total_seconds()) // 60
    return message("%(minutes)s minutes", minutes=minutes)


def queue_papers(
    event: Event, person: Contributor, sessions: Sequence[Session], files: Sequence[Attachment]
) -> None:
    """The briefing, and for who moderates the guides, with the way to the personal page."""
    locale = person.locale
    with use_locale(locale):
        lines = [": ".join(filter(None, (time_of(one), _name(one, locale)))) for one in sessions]
    queue_letter(
        event,
        letter_about(event, locale, base_url()),
        PAPERS,
        {
            "salutation": salutation_for(person, locale),
            "lines": lines,
            "guides": len(files) - 1,
            "link": link_to(person),
        },
        to=address_of_person(person),
        locale=locale,
        about=person.mails_about,
        attachments=files,
    )


def _name(session: Session, locale: str) -> str:
    return localised(session, "title", locale)
