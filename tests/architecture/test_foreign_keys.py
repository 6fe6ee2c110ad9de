"""A foreign key by which rows are found or emptied needs an index; the few others say so here."""

from sqlalchemy import Index, Table, UniqueConstraint

import eventapp.edges  # noqa: F401 - knows all tables
from eventapp.foundation.database import db

# never searched by, and what they point at is never deleted while the program runs
WITHOUT_INDEX = {
    "audit_entry.account_id",
    "contact.municipality_ags",
    "contact_import.account_id",
    "programme_file.account_id",
    "contact_import.list_id",
    "organisation.municipality_ags",
    "registration.municipality_ags",
    "sign_in_session.host_id",
}


def leading_columns(table: Table) -> set[str]:
    """The columns that an index, a key or a unique constraint over all rows begins with."""
    whole = [index for index in table.indexes if not _is_partial(index)]
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    columns = [list(one.columns) for one in [*whole, *unique, table.primary_key]]
    return {found[0].name for found in columns if found}


def _is_partial(index: Index) -> bool:
    return index.dialect_options["sqlite"]["where"] is not None


def test_every_foreign_key_has_an_index_or_a_reason():
    missing = {
        f"{table.name}.{column.name}"
        for table in db.metadata.tables.values()
        for column in table.columns
        if column.foreign_keys and column.name not in leading_columns(table)
    }

    assert missing == WITHOUT_INDEX
