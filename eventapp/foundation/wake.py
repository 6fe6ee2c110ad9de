"""Waking the worker. The queue holds no truth: it may lose a call, the worker looks each minute too.

huey loses a running job when its process is killed; the outbox's rows do not (decision 0003).
"""

import logging
from collections.abc import Callable

from flask import Flask, current_app
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab

from eventapp.foundation.settings import Settings

NAME = "eventapp"
_log = logging.getLogger(__name__)
_on_wake: Callable[[], None] | None = None


def make_queue(settings: Settings) -> Huey:
    """The queue of the installation: SQLite in the data folder, else as the setting says."""
    url = settings.queue_url
    if url.startswith(("redis://", "rediss://")):
        return RedisHuey(NAME, url=url)
    if url.startswith(("postgresql://", "postgres://")):
        return PostgresHuey(NAME, dsn=url)
    return SqliteHuey(NAME, filename=str(settings.data_dir / "queue.db"))


def init_wake(app: Flask) -> None:
    """Set the queue up for this process; nothing is opened before the first call."""
    app.extensions["wake"] = _Bell(app.config["SETTINGS"])


class _Bell:
    """Opens the queue when it is rung for the first time, after the server has forked."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._call: Callable[[], object] | None = None

    def ring(self) -> None:
        if self._call is None:
            self._call = make_queue(self.settings).task(name="deliver")(_woken)
        self._call()


def wake_worker() -> None:
    """Tell the worker that there is something to do; a queue that is down is logged, no more."""
    if current_app.testing:
        return
    try:
        current_app.extensions["wake"].ring()
    except Exception:
        _log.exception("the worker could not be woken; it looks by itself within a minute")


def _woken() -> None:
    if _on_wake is not None:
        _on_wake()


def _sweep() -> None:
    _woken()


def run_worker(settings: Settings, on_wake: Callable[[], None]) -> None:
    """Call `on_wake` now, whenever the bell rings, and each minute, until told to stop."""
    global _on_wake  # noqa: PLW0603 - huey finds its functions by name, not by value
    _on_wake = on_wake
    queue = make_queue(settings)
    queue.task(name="deliver")(_woken)
    queue.periodic_task(crontab(minute="*"), name="sweep")(_sweep)
    on_wake()
    queue.create_consumer(workers=1, periodic=True, initial_delay=0.1, backoff=1.1,
                          max_delay=1.0).run()
