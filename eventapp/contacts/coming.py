"""An event that a contact is registered for, as far as the page about the contact tells of it."""

from dataclasses import dataclass
from datetime import date

from eventapp.foundation.message import Message


@dataclass(frozen=True, slots=True)
class Attendance:
    """Told by the slice that owns registrations: see `coming_asked`."""

    slug: str
    registration_id: int
    title_de: str
    title_en: str
    day: date
    state: Message
