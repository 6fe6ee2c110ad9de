"""Which mail goes to contributors: their link, sent by organisers or asked for."""

from datetime import datetime

from eventapp.foundation.i18n import localised
from eventapp.foundation.outbox import base_url, link_placeholder
from eventapp.foundation.tokens import LinkKind
from eventapp.invitations.letters import letter_about, salutation_for
from eventapp.invitations.mails import address_of_person, queue_letter
from eventapp.programme.models import Contributor

LINK = "speakers/mail/link.txt"
QUIET_SECONDS = 600


def link_of(person: Contributor) -> str:
    """Stands in the outbox for the link to the person's page."""
    return link_placeholder(LinkKind.CONTRIBUTOR, person.public_id, person.link_generation)


def queue_link(person: Contributor) -> None:
    """The link to the person's page, with what it is for."""
    _queue(person, person.locale, asked_for="")


def queue_lost_link(person: Contributor, *, locale: str, at: datetime) -> None:
    """The same for who has lost it; one mail in ten minutes at most."""
    period = int(at.timestamp()) // QUIET_SECONDS
    key = f"speaker-link:{person.public_id}:{person.link_generation}:{period}"
    _queue(person, locale, asked_for=key)


def _queue(person: Contributor, locale: str, *, asked_for: str) -> None:
    event = person.event
    queue_letter(
        event,
        letter_about(event, locale, base_url()),
        LINK,
        {
            "salutation": salutation_for(person, locale),
            "title": localised(event, "title", locale),
            "link": link_of(person),
            "asked_for": bool(asked_for),
        },
        to=address_of_person(person),
        locale=locale,
        about=person.mails_about,
        dedupe_key=asked_for or None,
    )
