"""One parent for all processes of a server: those that answer, and the one that delivers mails.

What the application and its pages take in memory is loaded once and shared by all of them.
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty
from threading import Event
from typing import NoReturn

from gunicorn.arbiter import Arbiter
from gunicorn.sock import close_sockets

from eventapp.foundation.logs import log
from eventapp.foundation.mail_server import MAIL_SECONDS

PAUSE_SECONDS = 1.0  # one that ends at once is not started again and again without a break
Delivery = Callable[[Event], object]
"""Delivers mails until the event given is set."""

ENDING = {signal.SIGTERM, signal.SIGINT, signal.SIGCHLD}  # and the usual for a child's end


class Supervisor(Arbiter):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's arbiter, which keeps a process of ours running beside its workers.

    It is started anew within seconds when it ends, and told to stop with the others.
    """

    deliver: Delivery | None = None
    _delivering = 0  # the process's number, 0 while there is none
    _begun_at = float("-inf")

    def manage_workers(self) -> None:
        """Start what should run and doesn't; gunicorn asks for this once a second."""
        super().manage_workers()
        self._look_whether_it_has_ended()
        rested = time.monotonic() - self._begun_at >= PAUSE_SECONDS
        if self.deliver and not self._delivering and rested:
            self._begun_at = time.monotonic()
            self._delivering = self._fork(self.deliver)

    def reap_workers(self) -> None:
        """Take note of processes that have ended, ours first: gunicorn would not say which."""
        self._look_whether_it_has_ended()
        super().reap_workers()

    def stop(self, graceful: bool = True) -> None:  # noqa: FBT001, FBT002 - gunicorn's own form
        """End all; the mail that is on its way is finished, unless somebody presses Ctrl-C again.

        gunicorn calls this twice for Ctrl-C.
        """
        self.deliver = None
        self._tell(signal.SIGTERM)
        super().stop(graceful)
        deadline = time.monotonic() + MAIL_SECONDS + self.cfg.graceful_timeout
        while self._delivering:
            if time.monotonic() > deadline or self._is_urged():
                self._tell(signal.SIGKILL)
            time.sleep(0.05)
            self._look_whether_it_has_ended()

    def _is_urged(self) -> bool:
        with suppress(Empty):
            while True:
                if self.SIG_QUEUE.get_nowait() in {signal.SIGINT, signal.SIGQUIT}:
                    return True
        return False

    def _look_whether_it_has_ended(self) -> None:
        if self._delivering and _has_ended(self._delivering):
            self._delivering = 0

    def _tell(self, what: signal.Signals) -> None:
        """Only while it is surely ours: the number of a process that has ended is given away."""
        self._look_whether_it_has_ended()
        if self._delivering:
            os.kill(self._delivering, what)

    def _fork(self, deliver: Delivery) -> int:
        """The number of the new process, which hears no signal before it knows what to do.

        What ends no worker of ours is for its parent alone: a terminal tells all of them.
        """
        own = {signal.SIGCHLD, *self.SIGNALS}
        parent, before = os.getpid(), signal.pthread_sigmask(signal.SIG_BLOCK, own)
        try:
            number = os.fork()
            if not number:
                for each in own:
                    signal.signal(each, signal.SIG_DFL if each in ENDING else signal.SIG_IGN)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if not number:
            self._deliver_until_stopped(deliver, parent)
        return number

    def _deliver_until_stopped(self, deliver: Delivery, parent: int) -> NoReturn:
        """Never returns, nor raises what gunicorn would take for its own: it would end the rest."""
        try:
            close_sockets(self.LISTENERS, unlink=False)
            for web in self.WORKERS.values():
                web.tmp.close()
            deliver(_StopWithParent(parent))
        except Exception:
            log.exception("the worker ended, it is started anew")
            raise SystemExit(1) from None
        raise SystemExit(0)


class _StopWithParent(Event):
    """Set when told to, and when the parent is no more: nobody would end an orphan."""

    def __init__(self, parent: int) -> None:
        super().__init__()
        self._parent = parent

    def is_set(self) -> bool:
        return super().is_set() or os.getppid() != self._parent


def _has_ended(number: int) -> bool:
    try:
        return bool(os.waitpid(number, os.WNOHANG)[0])
    except ChildProcessError:  # gunicorn's own look came first
        return True
