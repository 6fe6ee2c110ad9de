"""What a guest wants to be right about themselves, or to be gone."""

from dataclasses import dataclass
from enum import StrEnum

from eventapp.contacts.states import FormOfAddress, Sector


@dataclass(frozen=True, kw_only=True, slots=True)
class DetailsRequest:
    """Name, work and place as they should stand; the names are those of the columns."""

    form_of_address: FormOfAddress
    title: str
    first_name: str
    last_name: str
    organisation_name: str
    position: str
    phone: str
    sector: Sector
    city: str
    postcode: str


class Afterwards(StrEnum):
    """Whether somebody who had everything deleted may be invited again, if a list names them."""

    OPEN = "open"
    NEVER_INVITED = "never_invited"
