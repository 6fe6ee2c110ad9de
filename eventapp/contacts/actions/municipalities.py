"""Which municipalities there are; from their official keys the county of a contact is known."""

from collections.abc import Sequence

from eventapp.contacts import queries
from eventapp.contacts.models import Municipality
from eventapp.contacts.region import MunicipalityEntry, read_municipalities
from eventapp.foundation.database import db, transaction


def set_municipalities(entries: Sequence[MunicipalityEntry]) -> None:
    """Add or change municipalities by their key; none is removed, contacts may refer to it."""
    with transaction():
        for entry in entries:
            db.session.merge(
                Municipality(
                    ags=entry.ags, name=entry.name, county=entry.county, postcode=entry.postcode
                )
            )


def replace_municipalities(entries: Sequence[MunicipalityEntry]) -> Sequence[str]:
    """Only these from now on; says which others stay, because somebody refers to them."""
    with transaction():
        wanted = {entry.ags for entry in entries}
        others = [row for row in queries.municipalities() if row.ags not in wanted]
        used = [row for row in others if queries.municipality_references(row.ags)]
        for row in others:
            if row not in used:
                db.session.delete(row)
        set_municipalities(entries)
    return [row.name for row in used]


def ensure_municipalities() -> None:
    """Where there are none yet, those that come with the program."""
    if not queries.municipalities():
        set_municipalities(read_municipalities())
