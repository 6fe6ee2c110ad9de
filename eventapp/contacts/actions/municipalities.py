"""Which municipalities there are; from their official keys the county of a contact is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.contacts.models import Municipality
from eventapp.foundation.database import db, transaction

AGS_DIGITS = 8


@dataclass(frozen=True)
class MunicipalityEntry:
    """A municipality as a list has it; the AGS is text, for it may begin with a zero."""

    ags: str
    name: str
    county: str
    postcode: str

    @property
    def is_valid(self) -> bool:
        """Whether the key is one and the names are there."""
        key = len(self.ags) == AGS_DIGITS and self.ags.isdecimal()
        return key and bool(self.name) and bool(self.county)


def set_municipalities(entries: Sequence[MunicipalityEntry]) -> None:
    """Add or change municipalities by their key; none is removed, contacts may refer to it."""
    with transaction():
        for entry in entries:
            db.session.merge(
                Municipality(
                    ags=entry.ags, name=entry.name, county=entry.county, postcode=entry.postcode
                )
            )
