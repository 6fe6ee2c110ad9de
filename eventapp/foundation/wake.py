"""Waking the worker. The bell holds no truth: a call may be lost, the worker looks each minute too.

On one machine a file carries the calls, between machines huey's storages do. Its tasks do not: a
task would be unpickled from a queue that others can write to, and one that is killed is lost, while
the outbox's rows are not.
"""

import os
import time
from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from flask import Flask, current_app

from eventapp.foundation.logs import log
from eventapp.foundation.settings import Settings

NAME = "eventapp"
SWEEP_SECONDS = 60.0
LOOK_SECONDS = 0.25  # how often a bell without a rope (a file) is looked at


class Call(Enum):
    """What somebody rings for: mails that can go out, or things that are due and write mails."""

    MAILS = b"m"
    ALL = b"a"


class Bell:
    """Rings in the web server, is heard in the worker; opened on first use, after any fork."""

    def __init__(self, settings: Settings) -> None:
        """Opens nothing yet."""
        self._settings = settings
        self._storage: Any = None
        self._opened_in = 0

    def ring(self, call: Call = Call.MAILS) -> None:
        """Leave a call; whoever hears one that waits already sees our mails as well."""
        storage = self._open()
        if call is Call.ALL or not storage.queue_size():
            storage.enqueue(call.value)

    def heard(self) -> Call | None:
        """What somebody has rung for; a storage that can wait does so for up to a second."""
        calls = self._open().dequeue()
        if calls is None:
            return None
        return Call.MAILS if calls == Call.MAILS.value else Call.ALL

    @property
    def waits(self) -> bool:
        """Whether `heard` waits by itself."""
        return bool(getattr(self._open(), "blocking", False))

    def close(self) -> None:
        """Let go of what was opened."""
        if self._opened_in == os.getpid():
            self._storage.close()
        self._opened_in = 0

    def _open(self) -> Any:
        if self._opened_in != os.getpid():  # connections must not be shared after a fork
            self._storage = _storage(self._settings)
            self._opened_in = os.getpid()
        return self._storage


class BellFile:
    """A queue for programs on one machine: a file that is empty unless somebody has called."""

    def __init__(self, path: Path) -> None:
        """`path` is created by the first call."""
        self._path = path

    def queue_size(self) -> int:
        """How many calls wait."""
        return self._path.stat().st_size if self._path.exists() else 0

    def enqueue(self, call: bytes) -> None:
        """Leave a call."""
        with self._path.open("ab") as file:
            file.write(call)

    def dequeue(self) -> bytes | None:
        """Take all calls at once, as one if they are the same. Emptied before the work begins, so
        that none is overlooked."""
        if not self.queue_size():
            return None
        calls = self._path.read_bytes()
        os.truncate(self._path, 0)
        return calls[:1] if len(set(calls)) == 1 else calls

    def close(self) -> None:
        """Nothing stays open."""


def _storage(settings: Settings) -> Any:
    url = settings.queue_url
    if not url:
        return BellFile(settings.data_dir / "bell")
    from huey.storage import (  # noqa: PLC0415 - brings all of redis along, only when needed
        PostgresStorage,
        RedisStorage,
    )

    if url.startswith(("redis://", "rediss://")):
        return RedisStorage(NAME, url=url)
    return PostgresStorage(NAME, dsn=url)


def init_wake(app: Flask) -> None:
    """Give the application its bell; nothing is opened before it is used."""
    app.extensions["bell"] = Bell(app.config["SETTINGS"])


def bell() -> Bell:
    """The bell of the current application."""
    found: Bell = current_app.extensions["bell"]
    return found


def wake_worker(call: Call = Call.MAILS) -> None:
    """Tell the worker that there is something to do; a queue that is down is logged, no more."""
    if current_app.testing:
        return
    try:
        bell().ring(call)
    except Exception as problem:  # whatever the queue's library raises, the answer must go out
        log.warning(
            "the worker could not be woken, it looks by itself within a minute", reason=str(problem)
        )


def _nothing() -> None:
    pass


def attend(
    bell: Bell,
    work: Callable[[Call], object],
    chores: Callable[[], object],
    stopping: Event,
    *,
    rest: Callable[[], object] = _nothing,
) -> None:
    """Do `work` for all at once and each minute, and for what the bell rings, until told to stop.

    `chores`, for which nobody rings, follow it each minute; `rest` is called whenever nobody rang.
    What fails is logged and tried again at the next occasion.
    """
    swept_at = float("-inf")
    while not stopping.is_set():
        called = _called(bell, stopping)
        swept = time.monotonic() - swept_at >= SWEEP_SECONDS
        if called or swept:
            _try(partial(work, Call.ALL if swept or called is None else called))
        else:
            _try(rest)
        if swept:
            swept_at = time.monotonic()
            _try(chores)


def _called(bell: Bell, stopping: Event) -> Call | None:
    try:
        if call := bell.heard():
            return call
        if not bell.waits:
            stopping.wait(LOOK_SECONDS)
    except Exception as problem:  # the queue is away: its library raises what it likes
        log.warning("the queue does not answer, mails go out once a minute", reason=str(problem))
        stopping.wait(SWEEP_SECONDS / 12)
    return None


def _try(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:  # the worker outlives whatever one round of work meets
        log.exception("the worker failed, it tries again within a minute")
