"""Files that people hand in: a row each, and the bytes under a name of our own in the data folder.

A file is whole or not there. It is written aside and brought to the disk, then row and name come in
one transaction; what a crash between the two leaves without a row, the worker sweeps away. Nothing
of the name that somebody gave a file ever becomes part of a path.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from flask import current_app
from sqlalchemy import Index, Select, func, select
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.foundation import clock
from eventapp.foundation.database import Model, after_commit, db, transaction
from eventapp.foundation.incoming import NO_SPACE, FileRefused, IncomingFile, NoSpace
from eventapp.foundation.message import message

CHUNK = 256 * 1024
HEAD = 4096  # bytes by which a kind is told
NAME_BYTES = 16
FOLDER, INCOMING = "uploads", "incoming"
ABANDONED_SECONDS = 3600  # a file without a row: its request is long over
SWEPT_AT_ONCE = 200
PRIVATE = 0o700  # as `incoming`


class StoredFile(Model):
    """A file that was handed in. `filename` is what its owner called it, only ever shown.

    `scope` and `owner` say whose quotas it counts against, such as "event:7" and "s/…".
    """

    __table_args__ = (Index("ix_stored_file_scope_owner", "scope", "owner"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[str]
    owner: Mapped[str]
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    stored_at: Mapped[datetime] = mapped_column(default=clock.now)


@dataclass(frozen=True, kw_only=True)
class Quota:
    """How much may be kept: bytes in a scope, bytes and files of one owner."""

    scope_bytes: int
    owner_bytes: int
    owner_files: int


@dataclass
class Incoming:
    """A file on its way in: its bytes are on the disk, and nobody knows of it yet."""

    path: Path
    size: int
    sha256: str
    head: bytes
    kept: list[Path] = field(default_factory=list)

    def keep(
        self, *, scope: str, owner: str, filename: str, media_type: str, quota: Quota
    ) -> StoredFile:
        """Row and name, inside the caller's transaction, which has locked what `scope` means.

        Raises FileRefused where a quota is used up.
        """
        _refuse_beyond(quota, scope, owner, self.size)
        row = StoredFile(
            name=secrets.token_hex(NAME_BYTES),
            scope=scope,
            owner=owner,
            filename=filename,
            media_type=media_type,
            size=self.size,
            sha256=self.sha256,
        )
        db.session.add(row)
        db.session.flush()
        target = path_of(row)
        _make_folder(target.parent)
        self.kept.append(target)
        self.path.replace(target)
        _to_disk(target.parent)
        return row


@contextmanager
def received(stream: IO[bytes] | IncomingFile, *, limit: int) -> Iterator[Incoming]:
    """The file that a stream holds, written aside; begin the transaction inside of it.

    Where anything is raised, no byte of it stays. Raises FileRefused for one that is empty or
    larger than `limit`, NoSpace where the disk is full.
    """
    path = incoming_folder() / secrets.token_hex(NAME_BYTES)
    incoming = None
    try:
        incoming = _written(stream, path, limit)
        yield incoming
    except BaseException as problem:
        for left in incoming.kept if incoming else []:
            left.unlink(missing_ok=True)
        if isinstance(problem, OSError) and problem.errno in NO_SPACE:
            raise NoSpace from problem
        raise
    finally:
        path.unlink(missing_ok=True)


def _written(stream: IO[bytes] | IncomingFile, path: Path, limit: int) -> Incoming:
    digest, size, head = sha256(), 0, b""
    stream.seek(0)
    _make_folder(path.parent)
    with path.open("xb") as file:
        while some := stream.read(CHUNK):
            size += len(some)
            if size > limit:
                raise FileRefused("file", too_large(limit))
            head = head or some[:HEAD]
            digest.update(some)
            file.write(some)
        if not size:
            raise FileRefused("file", message("This file is empty."))
        file.flush()
        os.fsync(file.fileno())
    return Incoming(path, size, digest.hexdigest(), head)


def too_large(limit: int) -> Any:
    """What is said of a file beyond the limit."""
    return message("The file is larger than %(limit)s MB.", limit=limit >> 20)


def _refuse_beyond(quota: Quota, scope: str, owner: str, size: int) -> None:
    total = func.coalesce(func.sum(StoredFile.size), 0)
    in_scope = db.session.scalar(select(total).where(StoredFile.scope == scope)) or 0
    own, count = db.session.execute(
        select(total, func.count()).where(StoredFile.scope == scope, StoredFile.owner == owner)
    ).one()
    if count >= quota.owner_files or own + size > quota.owner_bytes:
        raise FileRefused(
            "file",
            message(
                "Together your files would be more than %(limit)s MB or %(count)s files. Please"
                " remove one that is not needed any more.",
                limit=quota.owner_bytes >> 20,
                count=quota.owner_files,
            ),
        )
    if in_scope + size > quota.scope_bytes:
        raise FileRefused(
            "file", message("The room for this event’s files is used up. Please write to us.")
        )


def remove(row: StoredFile) -> None:
    """Forget the row; the bytes go once that is certain."""
    path = path_of(row)
    db.session.delete(row)
    after_commit(f"unlink {row.name}", partial(path.unlink, missing_ok=True))


def folder() -> Path:
    """Where all files lie."""
    return Path(current_app.config["SETTINGS"].data_dir) / FOLDER


def incoming_folder() -> Path:
    """Where files lie until they are whole."""
    return folder() / INCOMING


def path_of(row: StoredFile) -> Path:
    """Where the bytes of a row are: two letters of the name are its folder."""
    return folder() / row.name[:2] / row.name


Used = Callable[[], Select[Any]]
_users: list[Used] = []


def used_by(numbers: Used) -> Used:
    """Tell which stored files a slice refers to; what nobody refers to is swept away."""
    _users.append(numbers)
    return numbers


def sweep() -> int:
    """Remove rows that nobody refers to and files without a row; says of how many. The worker's."""
    return _forget_unused() + _remove_abandoned()


def _forget_unused() -> int:
    before = clock.now().timestamp() - ABANDONED_SECONDS
    unused = select(StoredFile).order_by(StoredFile.id).limit(SWEPT_AT_ONCE)
    for numbers in _users:
        unused = unused.where(StoredFile.id.not_in(numbers()))
    if not _users or db.session.scalar(unused.with_only_columns(StoredFile.id)) is None:
        return 0
    with transaction():
        rows = [one for one in db.session.scalars(unused) if one.stored_at.timestamp() < before]
        for row in rows:
            remove(row)
    return len(rows)


def _remove_abandoned() -> int:
    if not folder().is_dir():
        return 0
    before, removed = clock.now().timestamp() - ABANDONED_SECONDS, 0
    for shelf in sorted(folder().iterdir()):
        old = [one for one in shelf.iterdir() if one.stat().st_mtime < before]
        known = set() if shelf.name == INCOMING else _known([one.name for one in old])
        for file in old:
            if file.name not in known:
                file.unlink(missing_ok=True)
                removed += 1
    return removed


def _known(names: list[str]) -> set[str]:
    if not names:
        return set()
    return set(db.session.scalars(select(StoredFile.name).where(StoredFile.name.in_(names))))


def _make_folder(wanted: Path) -> None:
    wanted.mkdir(parents=True, exist_ok=True, mode=PRIVATE)


def _to_disk(wanted: Path) -> None:
    """A new name is only certain once its folder is."""
    handle = os.open(wanted, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
