"""The database: typed models, one transaction per intention, locks, lost-update guard."""

import enum
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Enum,
    Integer,
    MetaData,
    Select,
    Text,
    bindparam,
    event,
    inspect,
    select,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column, registry
from sqlalchemy.orm.attributes import instance_state, set_committed_value
from sqlalchemy.types import TypeDecorator

from eventapp.foundation.errors import NotFound, Stale


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. Naive values are refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps no zone, so the zone is cut off there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: say in which zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _enum_values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Model base: the annotation is the column."""

    metadata = MetaData(naming_convention=NAMING)
    registry = registry(
        metadata=metadata,
        type_annotation_map={
            datetime: UtcDateTime(),
            str: Text(),
            enum.StrEnum: Enum(
                enum.StrEnum, native_enum=False, length=40, values_callable=_enum_values
            ),
            dict[str, Any]: JSON(),
            list[str]: JSON(),
            list[dict[str, Any]]: JSON(),
        },
    )


db = SQLAlchemy(
    model_class=Base,
    session_options={"expire_on_commit": False},
)

if TYPE_CHECKING:

    class Model(Base):
        """What every table inherits; a declared base so that type checkers see the columns."""

        __abstract__ = True
else:
    Model = db.Model


class VersionedMixin:
    """Counts the changes of a row, so that a stale form is noticed before it overwrites."""

    version: Mapped[int] = mapped_column(Integer, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it with the class
        """Let the database itself refuse an update of an older version."""
        return {"version_id_col": cls.version}


def expect_version(row: VersionedMixin, seen: int) -> None:
    """Raise Stale if the row has changed since the person saw version `seen`."""
    if row.version != seen:
        raise Stale


@dataclass(slots=True)
class _Writing:
    """The transaction that is going on: its connection, once somebody has asked for it."""

    session: Session | None
    connection: Connection | None = None


_writing: ContextVar[_Writing | None] = ContextVar("writing", default=None)


def connection() -> Connection:
    """The session's connection, for statements that were built once.

    Within `transaction` it is asked for once; what the session holds is not written for it.
    """
    writing = _writing.get()
    if writing is None or writing.session is None:
        return db.session.connection()
    if writing.connection is None or writing.connection.closed:
        writing.connection = writing.session.connection()
    return writing.connection


def connection_after_flush() -> Connection:
    """The same for who reads: what was changed so far is written first."""
    writing = _writing.get()
    session = writing.session if writing is not None else None
    (session or db.session()).flush()
    return connection()


@contextmanager
def transaction() -> Iterator[None]:
    """One intention, one transaction; inside another one it joins the outer.

    Ends the reading transaction first: SQLite refuses a write that begins with an old snapshot,
    and PostgreSQL should not hold one while it waits for a lock.
    """
    session = db.session()
    if _writing.get():
        yield
        session.flush()
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("rows were changed outside a transaction")
    session.commit()
    token = _writing.set(_Writing(session))
    session.info["after_commit"] = {}
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        _writing.reset(token)
        callbacks = session.info.pop("after_commit")
    for callback in callbacks.values():
        callback()


@contextmanager
def past_the_session(line: Connection | None = None) -> Iterator[Connection]:
    """A short transaction of Core statements for code that keeps nothing loaded.

    On a connection of its own, unless it is part of a larger transaction; on `line`, for callers
    that keep one for several of them. Takes a fifth of what `transaction` costs, and half of that
    with a line.
    """
    if _writing.get():
        yield connection_after_flush()
        return
    token = _writing.set(_Writing(None))
    try:
        with nullcontext(line) if line else db.engine.connect() as opened, opened.begin():
            yield opened
    finally:
        _writing.reset(token)


def after_commit(key: str, callback: Callable[[], None]) -> None:
    """Call once when the current transaction has been committed; same key, one call."""
    db.session.info["after_commit"][key] = callback


def lock(row: Model) -> None:
    """Make rivals queue at this row until the transaction ends, and read it afresh.

    Raises NotFound if somebody has removed it in the meantime.
    """
    if not _writing.get():
        raise RuntimeError("lock() outside a transaction")
    db.session.flush()
    try:
        # only this table: what the row was loaded with may hang on an outer join without a lock
        db.session.refresh(row, with_for_update={"of": type(row)})
    except InvalidRequestError as gone:
        raise NotFound from gone


def lock_columns(row: Model) -> None:
    """Like `lock`, but only the row itself is read afresh, not what it was loaded with.

    A sixth of the cost, for places where many people queue. Raises NotFound as well.
    """
    if not _writing.get():
        raise RuntimeError("lock_columns() outside a transaction")
    keys, statement = _locking(type(row))
    state = instance_state(row)
    [identity] = state.identity or (None,)
    fresh = connection_after_flush().execute(statement, {"identity": identity}).first()
    if fresh is None:
        raise NotFound
    known = state.dict
    for key, value in zip(keys, fresh, strict=True):
        if key not in known or known[key] != value:
            set_committed_value(row, key, value)


@lru_cache
def _locking(kind: type[Model]) -> tuple[list[str], Select[Any]]:
    """The columns of a table by the names of the model, and what locks and reads one row."""
    mapper = inspect(kind)
    columns = [one.columns[0] for one in mapper.column_attrs]
    [identity] = mapper.primary_key
    statement = (
        select(*columns)
        .where(identity == bindparam("identity", type_=identity.type))
        .with_for_update(of=mapper.local_table)
    )
    return [one.key for one in mapper.column_attrs], statement


def engine_options(url: str) -> dict[str, Any]:
    """How connections are kept: a server's is tried before use, a file cannot have gone away."""
    return {"hide_parameters": True, "pool_pre_ping": not url.startswith("sqlite")}


LONGEST_WAIT_MS = 15_000
"""How long a writer waits for the others; SQLite lets them in by chance, so a rush needs some."""


def prepare_engine(engine: Engine) -> None:
    """Make SQLite safe: WAL, full sync, foreign keys, and write locks taken at the beginning."""
    if engine.dialect.name != "sqlite":
        _limit_indexes(engine.dialect.name)
        return

    @event.listens_for(engine, "connect")
    def set_pragmas(opened: Any, _record: object) -> None:
        opened.isolation_level = None  # we begin transactions ourselves, see below
        cursor = opened.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={LONGEST_WAIT_MS}")
        cursor.close()

    # an event for it would slow down every statement; errors are translated there as well
    cast(Any, engine.dialect).do_begin = _begin


def _limit_indexes(dialect: str) -> None:
    """Models say for SQLite which rows an index holds, and it holds the same elsewhere.

    To name another dialect in a model would load it at each start, for 40 ms.
    """
    for index in (one for table in Base.metadata.tables.values() for one in table.indexes):
        if (rows := index.dialect_options["sqlite"]["where"]) is not None:
            index.dialect_options[dialect]["where"] = rows


def _begin(opened: Any) -> None:
    """Who writes queues here: may find the file locked, and say so. Who reads waits for nobody."""
    opened.execute("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
