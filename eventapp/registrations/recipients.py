"""To whom a mail about an event goes, invited or registered: how they are addressed, by what its
mails are found again."""

from eventapp.contacts.models import PersonColumns
from eventapp.foundation.text import normalised_email
from eventapp.foundation.tokens import LinkKind
from eventapp.invitations.letters import salutation_for
from eventapp.invitations.models import Invitation
from eventapp.invitations.queries import about
from eventapp.registrations import queries
from eventapp.registrations.models import Registration

Guest = Invitation | Registration
LINKS = "registrations/mail/links.txt"
"""The one mail that may be about several people: the lost links of all who share an address."""


def links_key(host_id: int, email: str) -> str:
    """How the keys of these mails to an address begin; the ten minutes follow, as a number."""
    return f"links:{host_id}:{normalised_email(email)}:"


def person_of(guest: Guest) -> PersonColumns:
    """Who is invited, or registered."""
    return guest.person if isinstance(guest, Invitation) else guest


def salutation_of(guest: Guest, locale: str) -> str:
    """How a letter to them begins: with the salutation line that staff wrote at their contact, also
    once they have registered; it holds in the contact's language only."""
    contact = guest.contact
    if contact is not None and contact.salutation_override and contact.locale == locale:
        return salutation_for(contact, locale)
    return salutation_for(person_of(guest), locale)


def locale_of(guest: Guest) -> str:
    """The language in which the person registered, or is thought to read."""
    return person_of(guest).locale


def row_of(guest: Guest) -> str:
    """What stands at the mails about them, "i/…" or "r/…"."""
    if isinstance(guest, Invitation):
        return about(guest)
    return f"{LinkKind.REGISTRATION}/{guest.public_id}"


def address_of(invitation: Invitation, registration: Registration | None) -> str:
    """Where mails to an invited person go: the address they gave last, coming or not. What they
    registered is at hand."""
    given = registration.email if registration is not None else ""
    return given or invitation.person.email


def reader_of(invitation: Invitation) -> Guest:
    """The guest at the address they gave last, coming or not; it may be another than the
    invitation's."""
    registration = queries.registration_of(invitation)
    email = normalised_email(registration.email) if registration is not None else ""
    if registration is None or email in {"", normalised_email(invitation.person.email or "")}:
        return invitation
    return registration
