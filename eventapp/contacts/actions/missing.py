"""Adding what is named once for a host, also if a colleague adds the same at this moment."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from eventapp.contacts.models import DistributionList, Organisation, Suppression
from eventapp.contacts.states import Sector
from eventapp.foundation.database import db
from eventapp.foundation.text import search_key, sort_key


def add_missing(
    kind: type[Organisation | DistributionList | Suppression], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert those rows whose name (or hash) is not there yet; the others stay as they are."""
    dialect = import_module(f"sqlalchemy.dialects.{db.engine.dialect.name}")  # ours, loaded already
    insert = dialect.insert(kind.__table__)
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
