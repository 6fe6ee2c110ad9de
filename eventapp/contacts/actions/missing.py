"""Adding what is named once for a host, also if a colleague adds the same at this moment."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from eventapp.contacts.models import DistributionList, Organisation, Suppression
from eventapp.contacts.states import Sector
from eventapp.foundation.database import db
from eventapp.foundation.text import search_key, sort_key

_INSERT: Mapping[str, Callable[[Any], Any]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


def add_missing(
    kind: type[Organisation | DistributionList | Suppression], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert those rows whose name (or hash) is not there yet; the others stay as they are."""
    insert = _INSERT[db.engine.dialect.name](kind.__table__)
    db.session.execute(insert.on_conflict_do_nothing(), list(rows))


def organisation_row(host_id: int, name: str, sector: Sector) -> dict[str, Any]:
    """A new organisation with what searching and sorting need."""
    return {
        "host_id": host_id,
        "name": name,
        "sector": sector,
        "search_text": search_key(name),
        "sort_name": sort_key(name),
    }
