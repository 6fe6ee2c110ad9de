"""Letters about an event, in the name of the organisation that holds it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack

from eventapp.contacts.models import PersonColumns
from eventapp.events.letters import Letter
from eventapp.events.models import Event
from eventapp.foundation.message import Message
from eventapp.foundation.outbox import Address, Attachment, queue_mail


def address_of_person(person: PersonColumns) -> Address:
    """Whom a mail to this person is addressed to."""
    return Address(person.email, person.full_name)


def frame_values(event: Event, letter: Letter) -> dict[str, Any]:
    """What the frame of every mail about an event shows: owner, funding notice, colour."""
    palette = event.host.palette or {}
    return {
        "letter": letter,
        "owner": letter.owner,
        "funding": letter.funding,
        "host": event.host.slug,
        "accent": palette.get("light", {}).get("accent"),
        "accent_dark": palette.get("dark", {}).get("accent"),
    }


class Envelope(TypedDict, total=False):
    """What only some mails have."""

    attachments: Sequence[Attachment]
    batch: str
    bulk: bool
    dedupe_key: str | None
    may_object: bool


def queue_letter(
    event: Event,
    letter: Letter,
    template: str,
    values: Mapping[str, Any],
    *,
    to: Address,
    locale: str,
    about: str,
    own: Mapping[str, str | Message] | None = None,
    **envelope: Unpack[Envelope],
) -> None:
    """Write a letter about the event to one person, in the organisation's name.

    `own` are values that are this reader's alone; where there are some, the letter has none.

    Every mail to somebody invited or registered goes through here: `about` is by what it is found
    again, whether or not a link stands in it.
    """
    queue_mail(
        to=to,
        template=template,
        values={**frame_values(event, letter), **values},
        locale=locale,
        scope=event.scope,
        own=own,
        about=about,
        reply_to=event.host.email or None,
        **envelope,
    )
