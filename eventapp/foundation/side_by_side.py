"""A row and the rows that belong to it, read side by side by one statement, at a third of the cost.

Every link that a guest opens begins with the same six rows. The ORM prepares the reading of each of
their 170 columns anew for each statement, which takes longer than all else that the request does in
the database. Here the columns are read as they are and handed to entities at once, as the ORM's
own loading does at its end. What comes out is what the ORM would give: entities of the session, one
for each row, that load what they were not given when it is asked for. The tests compare the two.
"""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Column, Table, inspect
from sqlalchemy.orm import InstanceState, Mapper, Session
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from eventapp.foundation.database import Model, db


class SideBySide:
    """The columns of several models, for one statement, and the entities that its rows are."""

    def __init__(self, *kinds: type[Model]) -> None:
        """Kinds after the first may be missing in a row."""
        self.tables = [cast(Table, kind.__table__) for kind in kinds]
        self.columns: list[Column[Any]] = []
        self._parts: list[_Part] = []
        for kind in kinds:
            part = _Part(inspect(kind), len(self.columns))
            self._parts.append(part)
            self.columns += part.columns

    def entities(self, row: Sequence[Any]) -> list[Any]:
        """One for each kind, None where an outer join found nothing. Columns of the statement
        after these are left alone."""
        session = db.session()
        return [part.entity(session, row) for part in self._parts]


class _Part:
    def __init__(self, mapper: Mapper[Any], first: int) -> None:
        attributes = list(mapper.column_attrs)
        self.columns = [cast(Column[Any], one.columns[0]) for one in attributes]
        self._mapper = mapper
        self._names = [one.key for one in attributes]
        self._place = slice(first, first + len(attributes))
        self._keys = [
            first + self.columns.index(cast(Column[Any], one)) for one in mapper.primary_key
        ]

    def entity(self, session: Session, row: Sequence[Any]) -> Any:
        key = tuple([row[place] for place in self._keys])
        if key[0] is None:
            return None
        identity = self._mapper.identity_key_from_primary_key(key)
        known = session.identity_map.get(identity)
        values = zip(self._names, row[self._place], strict=True)
        if known is not None:
            return _refreshed(known, dict(values))
        made = self._mapper.class_manager.new_instance()
        vars(made).update(values)
        state = instance_state(made)
        state.key = identity
        session._update_impl(state)  # what `add` does, without a look at relations it cannot have
        return made


def _refreshed(known: Any, values: dict[str, Any]) -> Any:
    """What the session holds stays as it is, as with the ORM; what has expired is read again."""
    state: InstanceState[Any] = instance_state(known)
    for name in state.expired_attributes & values.keys():
        set_committed_value(known, name, values[name])
    return known


def belongs(row: Any, **relations: Any | Sequence[Any]) -> None:
    """Tell a row what it is related to, as read, unless it knows already."""
    held, forgotten = vars(row), instance_state(row).expired_attributes
    for name, value in relations.items():
        if name in held:
            continue
        if name not in forgotten and (value is None or isinstance(value, Model)):
            held[name] = value  # all that happens to a single one that is read the first time
        else:
            set_committed_value(row, name, value)
