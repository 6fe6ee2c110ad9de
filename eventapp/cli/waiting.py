"""How a web process waits for requests: each of its threads for itself.

gunicorn's own threaded worker has one thread that waits for all connections and hands each request
to another. On the way there and back both are woken, which takes longer than reading the request
and writing the answer. Here the kernel wakes one thread, which reads, answers and waits again. All
of HTTP stays gunicorn's; ours is only who waits for what. See decision 0067.
"""

import os
import select
import time
from selectors import EVENT_READ
from socket import MSG_DONTWAIT, MSG_PEEK, socket
from typing import Any

from gunicorn.workers.gthread import (
    DEFAULT_WORKER_DATA_TIMEOUT,
    STOP_KEEPALIVE_LINGER,
    TConn,
    ThreadWorker,
)

from eventapp.foundation.logs import log

POSSIBLE = hasattr(select, "epoll") and hasattr(os, "eventfd")  # Linux
TICK_SECONDS, STOPPING_TICK_SECONDS = 1.0, 0.05
ONCE = select.EPOLLIN | select.EPOLLONESHOT if POSSIBLE else 0
"""One thread is woken, and nobody again before it says so."""


class SelfWaitingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's threads, without the one that waits for the others.

    Its main thread only shows that the process lives, and closes what has been idle for too long.
    A connection is with one of the threads, or in `_idle`: whoever takes it out there has it.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        """As gunicorn's."""
        super().__init__(*args, **options)
        self._open: set[TConn] = set()
        self._idle: dict[int, TConn] = {}
        self.keepalived_conns = self._idle  # gunicorn counts them, and keeps no more than it may
        self._doors: dict[int, tuple[socket, Any]] = {}
        self._ended = False

    def run(self) -> None:
        """Answer until told to stop, then finish what has been begun."""
        self._ready = select.epoll()
        self._farewell = os.eventfd(0)
        self._ready.register(self._farewell, select.EPOLLIN)  # nobody reads it: it wakes them all
        for door in self.sockets:
            door.settimeout(0)
            self._doors[door.fileno()] = door, door.getsockname()
            self._ready.register(door.fileno(), ONCE)
        queue = self.method_queue  # by which gunicorn wakes the main thread when told to stop
        self.poller.register(queue.fileno(), EVENT_READ, queue.run_callbacks)
        try:
            for _ in range(self.cfg.threads):
                self.tpool.submit(self._attend_until_ended)
            self._watch()
            self._finish()
        finally:
            self._let_threads_go()

    def _watch(self) -> None:
        while self.alive and self.is_parent_alive():
            self.notify()
            self._open_doors()
            self._close_idle(time.monotonic())
            self.wait_for_and_dispatch_events(TICK_SECONDS)

    def _finish(self) -> None:
        """As gunicorn: nobody new, but whoever is there is answered, within its time."""
        self.alive = False
        for place, (door, _name) in self._doors.items():
            self._ready.unregister(place)
            door.close()
        told = time.monotonic()
        while self._open and (now := time.monotonic()) < told + self.cfg.graceful_timeout:
            self.notify()
            self._close_idle(now if now < told + STOP_KEEPALIVE_LINGER else float("inf"))
            self.wait_for_and_dispatch_events(STOPPING_TICK_SECONDS)

    def _let_threads_go(self) -> None:
        self._ended = True
        os.eventfd_write(self._farewell, 1)
        self.tpool.shutdown(wait=False)

    def _attend_until_ended(self) -> None:
        while not self._ended:
            for place, _what in self._ready.poll(maxevents=1):
                try:
                    self._attend(place)
                except (Exception, SystemExit):  # nobody would miss a thread that ended
                    log.exception("a connection was given up")

    def _attend(self, place: int) -> None:
        if place in self._doors:
            self._let_in(*self._doors[place])
        elif (connection := self._idle.pop(place, None)) is not None:
            self._answer(connection)

    def _open_doors(self) -> None:
        """Have a thread woken for the next visitor, if there is room for one."""
        if self.alive and len(self._open) < self.worker_connections:
            for place in self._doors:
                self._ready.modify(place, ONCE)

    def _let_in(self, door: socket, name: Any) -> None:
        """Where that fails, the main thread has it tried again a second later."""
        try:
            line, address = door.accept()
        except OSError:
            return
        connection = TConn(self.cfg, line, address, name)
        connection.data_ready = True  # there is when a thread is woken for it
        self._open.add(connection)
        self._open_doors()
        if _has_spoken(line):
            self._answer(connection)
        else:
            connection.timeout = time.monotonic() + DEFAULT_WORKER_DATA_TIMEOUT
            self._wait_for(connection)

    def _answer(self, connection: TConn) -> None:
        """Answer a request, and those that were read with it: the kernel wakes nobody for them."""
        keep = more = True
        try:
            while keep and more:
                keep = False
                keep = self.handle(connection)
                more = keep and bool(connection.parser.unreader.buf.getvalue())
        finally:
            if not keep:
                self._see_off(connection)
                connection.close(graceful=True)
        if keep:
            connection.set_timeout()
            self._wait_for(connection)

    def _wait_for(self, connection: TConn) -> None:
        place = connection.sock.fileno()
        self._idle[place] = connection
        try:
            self._ready.modify(place, ONCE)
        except FileNotFoundError:  # the first time
            self._ready.register(place, ONCE)

    def _see_off(self, connection: TConn) -> None:
        self._open.discard(connection)
        if len(self._open) == self.worker_connections - 1:
            self._open_doors()

    def _close_idle(self, now: float) -> None:
        """Who has asked meanwhile waits for a thread, and stays however long that takes."""
        for place, connection in self._idle.copy().items():
            if connection.timeout >= now or _has_spoken(connection.sock):
                continue
            if self._idle.pop(place, None) is connection:
                self._see_off(connection)
                connection.close()


def _has_spoken(line: socket) -> bool:
    """Whether something can be read, or the other side has gone: that wants an answer as well."""
    try:
        line.recv(1, MSG_PEEK | MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True
