"""Rows written by statements that were built once, past the unit of work.

A flush sorts what is new and what has changed, looks for copies in the session and compares; that
takes five to ten times as long as its statements. Here a row is written where the code says so, at
once, and nothing else is; what guests wait for is written like this, and what is only ever added.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, TypeVar, cast

from sqlalchemy import Insert, Table, Update, bindparam, insert, update
from sqlalchemy.orm.attributes import instance_state, manager_of_class
from sqlalchemy.orm.exc import StaleDataError

from eventapp.foundation.database import Model, connection, db
from eventapp.foundation.derived import derive

Kind = TypeVar("Kind", bound=Model)


@dataclass(frozen=True, slots=True)
class _Defaults:
    """What a new row of a table has where nothing is given."""

    constants: Mapping[str, Any]
    made: Mapping[str, Callable[[object], Any]]

    def with_given(self, given: Mapping[str, Any]) -> dict[str, Any]:
        made = {name: make(None) for name, make in self.made.items() if name not in given}
        return {**self.constants, **made, **given}


@lru_cache
def _defaults(kind: type[Model]) -> _Defaults:
    constants: dict[str, Any] = {}
    made: dict[str, Callable[[object], Any]] = {}
    for column in _table(kind).columns:
        default: Any = column.default
        if default is not None and default.is_callable:
            made[column.name] = default.arg
        elif not column.primary_key:
            constants[column.name] = default.arg if default is not None else None
    return _Defaults(constants, made)


@lru_cache
def _names(kind: type[Model]) -> frozenset[str]:
    return frozenset(_table(kind).columns.keys())


def _table(kind: type[Model]) -> Table:
    return cast(Table, kind.__table__)


@lru_cache
def _insert(kind: type[Model]) -> Insert:
    return insert(_table(kind))


@lru_cache
def _insert_unseen(kind: type[Model]) -> Insert:
    return _insert(kind).inline()  # nobody asks for the id


@lru_cache
def _insert_once(kind: type[Model], unique: str, dialect: str) -> Insert:
    """Both databases know the clause, each by its own part of SQLAlchemy."""
    own: Any = import_module(f"sqlalchemy.dialects.{dialect}")
    statement: Insert = own.insert(_table(kind)).on_conflict_do_nothing(index_elements=[unique])
    return statement.inline()


def insert_row(kind: type[Model], /, **values: Any) -> None:
    """Add a row that nobody needs as an object. One statement."""
    row = _defaults(kind).with_given(values)
    connection().execute(_insert_unseen(kind), row)


def insert_row_once(kind: type[Model], unique: str, /, **values: Any) -> None:
    """The same, unless there is a row with the same value in the column `unique`; None is no value.

    Waits for a rival who is writing it. One statement.
    """
    row = _defaults(kind).with_given(values)
    opened = connection()
    opened.execute(_insert_once(kind, unique, opened.dialect.name), row)


def not_yet_stored(kind: type[Kind], /, **values: Any) -> Kind:
    """A new object for `store_new`; the constructor would note each of its values as a change."""
    if not values.keys() <= _names(kind):
        raise TypeError(f"{kind.__name__} has no {sorted(values.keys() - _names(kind))}")
    made: Kind = manager_of_class(kind).new_instance()
    instance_state(made).dict.update(values)
    return made


def store_new(row: Model) -> None:
    """Write a new object that is in no session yet; from then on it is like one that was read.

    What it refers to must be written already and be named by its id: relationships are not looked
    at, and are read when they are asked for. One statement.
    """
    derive(row)
    kind, state = type(row), instance_state(row)
    names = state.dict
    given = {name: names[name] for name in _names(kind) if name in names}
    values = _defaults(kind).with_given(given)
    done = connection().execute(_insert(kind), values)
    [values["id"]] = done.inserted_primary_key or (None,)
    names.update(values)
    state.key = state.mapper.identity_key_from_primary_key((values["id"],))
    state._commit_all(names)  # as a flush does at its end
    session = db.session()
    session._update_impl(state)  # what `add` does, without a look at relations it does not have


def store_changes(row: Model) -> None:
    """Write what has been changed of an object that was read in this transaction, under a lock.

    Columns only: where a relationship was changed as well, the unit of work has to sort it out.
    Raises StaleDataError where the version in the database is another. One statement.
    """
    derive(row)
    state, session = instance_state(row), db.session()
    now, before = state.dict, state.committed_state
    if not before.keys() <= _names(type(row)):
        session.flush()
        return
    changed = {name: now[name] for name, old in before.items() if now[name] != old}
    if changed:
        _write_changes(row, changed)
    state._commit_all(now, session.identity_map)  # as a flush does at its end


def _write_changes(row: Model, changed: Mapping[str, Any]) -> None:
    state = instance_state(row)
    [identity] = state.identity or (None,)
    values = {f"new_{name}": value for name, value in changed.items()}
    done = connection().execute(
        _update(type(row), tuple(sorted(changed))),
        {"row": identity, "seen": state.dict["version"], **values},
    )
    if done.rowcount != 1:
        raise StaleDataError
    state.dict["version"] += 1


@lru_cache
def _update(kind: type[Model], names: tuple[str, ...]) -> Update:
    columns = _table(kind).columns
    return (
        update(_table(kind))
        .where(columns.id == bindparam("row"), columns.version == bindparam("seen"))
        .values({name: bindparam(f"new_{name}", type_=columns[name].type) for name in names})
        .values(version=columns.version + 1)
    )
