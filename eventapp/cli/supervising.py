"""One parent for all processes of a server: those that answer, and the one that delivers mails.

What the application and its pages take in memory is loaded once and shared by all of them.
"""

import os
import signal
import time
from collections.abc import Callable
from threading import Event
from typing import NoReturn

from gunicorn.arbiter import Arbiter
from gunicorn.sock import close_sockets

Delivery = Callable[[Event], object]
"""Delivers mails until the event given is set."""


class Supervisor(Arbiter):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's arbiter, which keeps a process of ours running beside its workers.

    It is started anew when it ends, within a second, and told to stop with the others.
    """

    deliver: Delivery | None = None
    _delivering = 0  # the process's number, 0 while there is none

    def manage_workers(self) -> None:
        """Start what should run and doesn't; gunicorn asks for this once a second."""
        super().manage_workers()
        if self.deliver and not self._delivering:
            self._delivering = os.fork()
            if not self._delivering:
                self._deliver_until_stopped(self.deliver)

    def reap_workers(self) -> None:
        """Take note of processes that have ended, ours first: gunicorn would not say which."""
        if self._delivering and _has_ended(self._delivering):
            self._delivering = 0
        super().reap_workers()

    def stop(self, graceful: bool = True) -> None:  # noqa: FBT001, FBT002 - gunicorn's own form
        """End all; the mail that is on its way is finished."""
        number, self.deliver = self._delivering, None
        if number:
            os.kill(number, signal.SIGTERM)
        super().stop(graceful)
        _end(number, patience=self.cfg.graceful_timeout)

    def _deliver_until_stopped(self, deliver: Delivery) -> NoReturn:
        for number in (*self.SIGNALS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        close_sockets(self.LISTENERS, unlink=False)
        for web in self.WORKERS.values():
            web.tmp.close()
        deliver(_StopWithParent())
        raise SystemExit(0)


class _StopWithParent(Event):
    """Set when told to, and when the parent is no more: nobody would end an orphan."""

    def __init__(self) -> None:
        super().__init__()
        self._parent = os.getppid()

    def is_set(self) -> bool:
        return super().is_set() or os.getppid() != self._parent


def _has_ended(number: int) -> bool:
    try:
        return bool(os.waitpid(number, os.WNOHANG)[0])
    except ChildProcessError:  # gunicorn's own look came first
        return True


def _end(number: int, *, patience: float) -> None:
    deadline = time.monotonic() + patience
    while number and not _has_ended(number):
        if time.monotonic() > deadline:
            os.kill(number, signal.SIGKILL)
        time.sleep(0.05)
