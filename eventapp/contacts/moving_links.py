"""Personal links that change with a contact's address, as far as a page tells beforehand."""

from dataclasses import dataclass

from eventapp.contacts.models import Contact
from eventapp.contacts.signals import moving_asked


@dataclass(frozen=True, slots=True)
class MovingLink:
    """Told by the slice that owns registrations: see `moving_asked`.

    The link that is out opens nothing any more. `is_mailed` says whether a new one goes out at
    once, `goes_to` to which address the guest gave instead; empty is the contact's new one.
    """

    title_de: str
    title_en: str
    goes_to: str
    is_mailed: bool


def links_moving(contact: Contact, other: Contact | None = None) -> list[MovingLink]:
    """All of a contact, or what would be left if `other` were the same person."""
    told = moving_asked.send(contact, other=other)
    return [one for _receiver, found in told for one in found]
