"""Which mail about an invitation goes to whom, with which values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack

from eventapp.contacts.models import Contact
from eventapp.events.letters import letter_about, salutation_for
from eventapp.events.mails import Envelope, address_of_person, frame_values, queue_letter
from eventapp.foundation import mail_rendering
from eventapp.foundation.outbox import Address, base_url, link_placeholder
from eventapp.foundation.tokens import LinkKind
from eventapp.invitations.letters import invitation_letter, words_of_wave
from eventapp.invitations.models import Invitation, Wave

__all__ = [
    "Envelope", "Link", "Sample", "address_of_person", "frame_values", "link_to",
    "queue_invitations", "queue_letter", "queue_link", "queue_withdrawal", "sample_mail",
    "words_to_all",
]  # fmt: skip

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
