"""The process that answers: a worker of gunicorn for Linux that reads in a few microseconds.

gunicorn starts and watches the processes, loads the application once and shares it by forking;
this takes the place of its threaded worker, which needs 0.3 ms for each request. Its threads wait
for the same epoll: whichever is free takes the connection that has sent something, reads what is
there, and answers if a request is complete. Nobody waits for somebody slow: half a request stays
with its connection, and no thread does. See docs/decisions/0044.
"""

import os
import select
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import Any
from wsgiref.util import FileWrapper

from gunicorn.workers.base import Worker

from eventapp.cli.http_talk import CONTINUE, Asked, Refusal, Reply, Stage, Talk, refused
from eventapp.foundation.http import BODY_LIMIT

READ_ONCE = getattr(select, "EPOLLIN", 0) | getattr(select, "EPOLLONESHOT", 0)
AT_ONCE = 65536
CONNECTIONS = 1000
PATIENCE = {Stage.IDLE: 65.0, Stage.HEAD: 10.0, Stage.BODY: 60.0}
"""Seconds for the next request, for a head, for a body; whoever is slower is cut off."""
SEND_SECONDS = 30
DRAIN_SECONDS = 2.0
LAST_REQUESTS_SECONDS = 0.5
NEVER = float("inf")


@dataclass(slots=True, eq=False)
class Visit:
    """One connection. It belongs to the thread that epoll gave it to, until it is handed back."""

    socket: socket.socket
    talk: Talk
    common: dict[str, Any]
    stage: Stage = Stage.IDLE
    deadline: float = NEVER
    draining: bool = False
    watched: bool = False

    def wait(self) -> None:
        """Set the deadline for what is awaited now; it stays while the same is awaited."""
        if self.talk.stage is not self.stage or self.deadline == NEVER:
            self.stage = self.talk.stage
            self.deadline = time.monotonic() + PATIENCE[self.stage]

    def say_goodbye(self) -> None:
        """Send no more, but take what is under way: else it would drown our last answer."""
        self.draining = True
        self.deadline = time.monotonic() + DRAIN_SECONDS
        self.socket.shutdown(socket.SHUT_WR)


class WebWorker(Worker):  # type: ignore[misc]  # gunicorn ships no types
    """Threads around one epoll."""

    def run(self) -> None:
        """Answer until told to stop; the main thread keeps time meanwhile."""
        self._poll = select.epoll()
        self._visits: dict[int, Visit] = {}
        self._leaving = False
        self._listeners = {listener.fileno(): listener for listener in self.sockets}
        for listener in self.sockets:
            listener.settimeout(0)
            self._poll.register(listener.fileno(), READ_ONCE)
        self._bell = os.eventfd(0, os.EFD_NONBLOCK)
        self._poll.register(self._bell, select.EPOLLIN)
        threads = [Thread(target=self._serve, daemon=True) for _ in range(self.cfg.threads)]
        for thread in threads:
            thread.start()
        while self.alive and self.ppid == os.getppid():
            self.notify()
            self._cut_off_the_slow()
            self._rest(1.0)
        self._stop(threads)

    def _rest(self, seconds: float) -> None:
        """Wait, or until a signal comes: Python writes a byte here for each."""
        if select.select([self.PIPE[0]], [], [], seconds)[0]:
            with suppress(BlockingIOError):
                os.read(self.PIPE[0], 1000)

    def _stop(self, threads: list[Thread]) -> None:
        """Take no new connections, finish what has begun."""
        for listener in self.sockets:
            listener.close()
        if self._visits:
            time.sleep(LAST_REQUESTS_SECONDS)  # for requests that are under way to us
        self._leaving = True
        os.eventfd_write(self._bell, 1)
        until = time.monotonic() + self.cfg.graceful_timeout
        for thread in threads:
            while thread.is_alive() and time.monotonic() < until:
                self.notify()
                thread.join(0.2)

    def _make_room(self) -> None:
        """Cut off whoever would have to go first."""
        visit = min(list(self._visits.values()), key=lambda one: one.deadline)
        with suppress(OSError):
            visit.socket.shutdown(socket.SHUT_RDWR)

    def _cut_off_the_slow(self) -> None:
        """Whoever is overdue finds the line dead; the thread that notices puts it away."""
        now = time.monotonic()
        for visit in list(self._visits.values()):
            if visit.deadline < now:
                with suppress(OSError):
                    visit.socket.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        """What each thread does."""
        while not self._leaving:
            for number, _event in self._poll.poll(-1, 1):
                if number in self._listeners:
                    self._receive_visitor(number)
                elif visit := self._visits.get(number):
                    self._attend(number, visit)

    def _receive_visitor(self, number: int) -> None:
        listener = self._listeners[number]
        try:
            line, client = listener.accept()
        except OSError as problem:  # another process was quicker, or there are no numbers left
            line = None
            if not isinstance(problem, BlockingIOError | ConnectionError) and self.alive:
                self.log.warning("no connection could be taken: %s", problem)
                time.sleep(0.1)
        with suppress(OSError, ValueError):  # closed, as we are leaving
            self._poll.modify(number, READ_ONCE)
        if line is None:
            return
        if len(self._visits) >= CONNECTIONS:
            self._make_room()
        line.settimeout(0)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        visit = Visit(line, Talk(BODY_LIMIT), _common(listener.getsockname(), client))
        self._visits[line.fileno()] = visit
        self._attend(line.fileno(), visit)

    def _attend(self, number: int, visit: Visit) -> None:
        """Read and answer, then hand the connection back to epoll, or close it."""
        try:
            stays = self._goes_on(visit)
        except OSError:  # gone, or too slow to take the answer
            stays = False
        except Exception:
            self.log.exception("a connection failed")
            stays = False
        if stays:
            self._hand_back(number, visit)
        else:
            del self._visits[number]  # before the number can be given to another connection
            visit.socket.close()
            visit.talk.close()

    def _hand_back(self, number: int, visit: Visit) -> None:
        """Watch for more. From the last call on another thread may have the connection."""
        if not visit.draining:
            visit.wait()
        if visit.watched:
            self._poll.modify(number, READ_ONCE)
        else:
            visit.watched = True
            self._poll.register(number, READ_ONCE)

    def _goes_on(self, visit: Visit) -> bool:
        """Read what is there and answer what is complete; whether the connection stays."""
        try:
            data = visit.socket.recv(AT_ONCE)
        except BlockingIOError:
            return True
        if not data or visit.draining:
            return bool(data)
        try:
            visit.talk.receive(data)
        except Refusal as refusal:
            _send(visit.socket, refused(refusal.status))
            visit.say_goodbye()
            return True
        if visit.talk.continues:
            visit.talk.continues = False
            _send(visit.socket, CONTINUE)
        return self._answer_all(visit)

    def _answer_all(self, visit: Visit) -> bool:
        while visit.talk.asked:
            visit.deadline = NEVER
            keeps = self._answer(visit, visit.talk.asked.popleft())
            if not keeps and visit.talk.ended:
                visit.say_goodbye()
                return True
            if not keeps:
                return False
        return True

    def _answer(self, visit: Visit, asked: Asked) -> bool:
        """Let the application answer one request; whether another may follow."""
        reply = Reply(asked, may_keep=self.alive)
        with asked.body:
            try:
                for piece in _answering(self.wsgi, asked, visit, reply):
                    _send(visit.socket, piece)
            except OSError:
                raise
            except Exception:
                self.log.exception("the application failed")
                if not reply.begun:
                    _send(visit.socket, refused("500 Internal Server Error"))
                return False
        return reply.keeps


def _answering(application: Any, asked: Asked, visit: Visit, reply: Reply) -> Iterator[bytes]:
    body = application(asked.environ(visit.common), reply.start)
    try:
        yield from reply.pieces(body)
    finally:
        close = getattr(body, "close", None)
        if close is not None:
            close()


def _send(line: socket.socket, data: bytes) -> None:
    """Send all of it. Raises TimeoutError where nothing could be sent for a while."""
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[line.send(rest) :]
        except BlockingIOError:
            waiting = select.poll()
            waiting.register(line, select.POLLOUT)
            if not waiting.poll(SEND_SECONDS * 1000):
                raise TimeoutError from None


def _common(server: tuple[Any, ...], client: tuple[Any, ...]) -> dict[str, Any]:
    """What WSGI wants to know of every request of a connection."""
    return {
        "SCRIPT_NAME": "",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.file_wrapper": _in_large_pieces,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }


def _in_large_pieces(file: Any, _size: int = 0) -> FileWrapper:
    """A file as an answer: each piece is a system call."""
    return FileWrapper(file, AT_ONCE)
