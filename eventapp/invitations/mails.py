"""Which mail about an invitation goes to whom, with which values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eventapp.contacts.models import Contact, PersonColumns
from eventapp.events.models import Event
from eventapp.foundation import mail_rendering
from eventapp.foundation.outbox import (
    Address,
    base_url,
    is_one_address,
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


def letter_to(event: Event, person: PersonColumns, locale: str) -> Letter:
    """A letter about the event in this language, with the person's salutation."""
    return letter_about(event, locale, base_url()).to(salutation_for(person, locale))


def queue_invitations(wave: Wave, people: Sequence[tuple[Contact, Link]]) -> None:
    """The organiser's words to each person, in the person's language, as many mails as people."""
    event = wave.event
    frames = {locale: letter_about(event, locale, base_url()) for locale in ("de", "en")}
    for person, link in people:
        letter = invitation_letter(
            wave, frames[person.locale], person, locale=person.locale, link=link.placeholder
        )
        batch = "" if wave.is_standing else wave.batch
        _queue_invitation(event, letter, person, about=link.row, batch=batch)


def _queue_invitation(
    event: Event, letter: Letter, person: Contact, *, about: str, batch: str
) -> None:
    queue_mail(
        to=address_of_person(person),
        template=INVITATION,
        values=frame_values(event, letter),
        locale=person.locale,
        scope=event.scope,
        bulk=bool(batch),
        may_object=True,
        about=about,
        batch=batch,
        reply_to=event.host.email or None,
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


def queue_link(invitation: Invitation, *, locale: str) -> None:
    """The personal link once more, because an organiser sent it."""
    event, person = invitation.event, invitation.person
    queue_mail(
        to=address_of_person(person),
        template="invitations/mail/link.txt",
        values={
            **frame_values(event, letter_to(event, person, locale)),
            "link": link_to(invitation),
        },
        locale=locale,
        scope=event.scope,
        may_object=True,
        reply_to=event.host.email or None,
    )


def queue_withdrawal(follow_up: Invitation) -> None:
    """Tell a substitute that they are not needed any more, without saying why."""
    event, person = follow_up.event, follow_up.person
    if not is_one_address(person.email):
        return
    original = follow_up.substitute_for
    queue_mail(
        to=address_of_person(person),
        template="invitations/mail/withdrawal.txt",
        values={
            **frame_values(event, letter_to(event, person, person.locale)),
            "guest": original.person.full_name if original else "",
        },
        locale=person.locale,
        scope=event.scope,
        about=Link(follow_up.public_id, follow_up.link_generation).row,
        reply_to=event.host.email or None,
    )
