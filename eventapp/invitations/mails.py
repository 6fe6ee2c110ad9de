"""Which mail about an invitation goes to whom, with which values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from eventapp.contacts.models import Contact, PersonColumns
from eventapp.events.models import Event
from eventapp.foundation import mail_rendering
from eventapp.foundation.message import Message
from eventapp.foundation.outbox import (
    Address,
    Attachment,
    base_url,
    link_placeholder,
    queue_mail,
)
from eventapp.foundation.tokens import LinkKind
from eventapp.invitations.letters import (
    Letter,
    invitation_letter,
    letter_about,
    salutation_for,
    words_of_wave,
)
from eventapp.invitations.models import Invitation, Wave

INVITATION = "invitations/mail/invitation.txt"
SAMPLE_LINK = "…"


@dataclass(frozen=True, slots=True)
class Link:
    """From what a personal link is derived when the mail is sent."""

    public_id: str
    generation: int

    @property
    def placeholder(self) -> str:
        """What stands in the outbox in place of the secret."""
        return link_placeholder(LinkKind.INVITATION, self.public_id, self.generation)

    @property
    def row(self) -> str:
        """What stands at the mail, to be found by."""
        return f"{LinkKind.INVITATION}/{self.public_id}"


def words_to_all(wave: Wave, locale: str) -> tuple[str, str]:
    """Subject and text of a wave without what is each person's own."""
    frame = letter_about(wave.event, locale, base_url())
    return words_of_wave(wave, frame, locale=locale, own=SAMPLE_LINK)


def link_to(invitation: Invitation) -> str:
    """The placeholder of an invitation's personal link."""
    return Link(invitation.public_id, invitation.link_generation).placeholder


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


def queue_invitations(wave: Wave, people: Sequence[tuple[Contact, Link]]) -> None:
    """The organiser's words to each person, in the person's language, as many mails as people."""
    event = wave.event
    frames = {locale: letter_about(event, locale, base_url()) for locale in ("de", "en")}
    for person, link in people:
        letter = invitation_letter(
            wave, frames[person.locale], person, locale=person.locale, link=link.placeholder
        )
        batch = "" if wave.is_standing else wave.batch
        queue_letter(
            event,
            letter,
            INVITATION,
            {},
            to=address_of_person(person),
            locale=person.locale,
            about=link.row,
            bulk=bool(batch),
            may_object=True,
            batch=batch,
        )


@dataclass(frozen=True, slots=True)
class Sample:
    """A mail as this person would get it, without a link that works."""

    contact_id: int
    addressee: str
    subject: str
    text: str
    html: str


def sample_mail(wave: Wave, person: Contact) -> Sample:
    """The very mail that this person would get, in both its parts."""
    frame = letter_about(wave.event, person.locale, base_url())
    letter = invitation_letter(wave, frame, person, locale=person.locale, link=SAMPLE_LINK)
    values = {**frame_values(wave.event, letter), "objection": SAMPLE_LINK}
    mail = mail_rendering.render(INVITATION, values, person.locale)
    return Sample(person.id, letter.addressee, mail.subject, mail.text, mail.html)


def queue_link(invitation: Invitation, *, locale: str, email: str = "") -> None:
    """The personal link once more, as an organiser sent it; to `email` if they gave it since."""
    link = link_to(invitation)
    _queue(invitation, "link", {"link": link}, locale=locale, email=email, may_object=True)


def queue_withdrawal(follow_up: Invitation, *, guest: str) -> None:
    """Tell the substitute of `guest` that they are not needed any more, without saying why."""
    if not follow_up.person.email:
        return
    _queue(follow_up, "withdrawal", {"guest": guest}, locale=follow_up.person.locale)


def _queue(
    invitation: Invitation,
    template: str,
    own: Mapping[str, str],
    *,
    locale: str,
    email: str = "",
    **envelope: Unpack[Envelope],
) -> None:
    event, person = invitation.event, invitation.person
    queue_letter(
        event,
        letter_about(event, locale, base_url()),
        f"invitations/mail/{template}.txt",
        {},
        own={"salutation": salutation_for(person, locale), **own},
        to=Address(email or person.email, person.full_name),
        locale=locale,
        about=Link(invitation.public_id, invitation.link_generation).row,
        **envelope,
    )
