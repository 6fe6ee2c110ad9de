"""Threads that wait for their requests themselves, under gunicorn and with a site of their own."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from demo_site import free_port

from eventapp.cli import waiting

pytestmark = pytest.mark.skipif(not waiting.POSSIBLE, reason="only where there is epoll")

TESTS = Path(__file__).parent.parent
PATIENCE_SECONDS = 30
KEPT_SECONDS = 5  # for whom a slow machine may need a while to ask again


class Site:
    """A server in a process of its own."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port, self.process = port, process

    def line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)

    def plain_line(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)

    def ask(self, path: str) -> tuple[int, bytes]:
        with closing(self.line()) as line:
            return answer_to(line, path)

    def has_ended(self) -> int:
        """Its exit status, within the time that it has for it."""
        return self.process.wait(PATIENCE_SECONDS)


def answer_to(line: http.client.HTTPConnection, path: str, body: bytes = b"") -> tuple[int, bytes]:
    line.request("POST" if body else "GET", path, body or None)
    answer = line.getresponse()
    return answer.status, answer.read()


@contextmanager
def serving(*options: str) -> Iterator[Site]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--chdir", str(TESTS), "--log-level", "critical",
               "--workers", "1", "--threads", "2", "--bind", f"127.0.0.1:{port}",
               "--no-control-socket", "--graceful-timeout", "10",
               "-k", "eventapp.cli.waiting.SelfWaitingWorker",
               *options, "tiny_site:site"]  # fmt: skip
    with subprocess.Popen(command) as process:
        site = Site(port, process)
        try:
            _wait_for(site)
            yield site
        finally:
            process.kill() if process.poll() is None else None


def _wait_for(site: Site) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            site.ask("/")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not start")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def test_one_connection_serves_many_requests(site):
    with closing(site.line()) as line:
        answers = [answer_to(line, f"/{number}", b"x" * 10_000) for number in range(50)]

    assert answers == [(200, f"/{number}".encode()) for number in range(50)]


def test_requests_that_are_sent_ahead_are_all_answered_in_their_order(site):
    with site.plain_line() as line:
        asked = b"".join(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % number for number in range(5))
        line.sendall(asked)
        answered = b""
        while answered.count(b"HTTP/1.1 200 OK") < 5 or not answered.endswith(b"/4"):
            answered += line.recv(4096)

    places = [answered.index(b"/%d" % number, answered.index(b"\r\n\r\n")) for number in range(5)]
    assert places == sorted(places)


def test_a_request_that_arrives_in_pieces_is_answered(site):
    with site.plain_line() as line:
        for piece in (b"GET /pie", b"ces HTTP/1.1\r\nHo", b"st: x\r\n\r\n"):
            line.sendall(piece)
            time.sleep(0.1)
        answered = line.recv(4096)
        while not answered.endswith(b"/pieces"):  # its head may arrive alone
            more = line.recv(4096)
            assert more, answered
            answered += more

    assert answered.startswith(b"HTTP/1.1 200 OK")


def test_several_are_answered_at_the_same_time(site):
    with ThreadPoolExecutor(2) as visitors:
        answers = list(visitors.map(site.ask, ["/meet", "/meet"]))

    assert answers == [(200, b"/meet")] * 2


def test_who_asks_while_all_threads_are_busy_for_long_is_answered():
    with (
        serving("--keep-alive", str(KEPT_SECONDS)) as site,
        closing(site.line()) as line,
        ThreadPoolExecutor(2) as visitors,
    ):
        answer_to(line, "/")
        busy = [visitors.submit(site.ask, "/long") for _ in range(2)]
        time.sleep(0.5)
        answer = answer_to(line, "/patient")  # sent at once, read after more than KEPT_SECONDS

        assert answer == (200, b"/patient")
        assert [one.result() for one in busy] == [(200, b"/long")] * 2


def test_who_connects_and_says_nothing_keeps_nobody_waiting(site):
    """gunicorn's own threads wait five seconds for each: 50 in all, longer than our patience."""
    silent = [site.plain_line() for _ in range(20)]
    try:
        answer = site.ask("/still-there")
    finally:
        for line in silent:
            line.close()

    assert answer == (200, b"/still-there")


def test_a_connection_that_is_idle_for_long_is_closed(site):
    with closing(site.line()) as line:
        answer_to(line, "/")
        line.sock.settimeout(PATIENCE_SECONDS)

        assert line.sock.recv(1) == b""


def test_errors_cost_no_thread(site):
    failed = [site.ask("/error")[0] for _ in range(6)]
    for _ in range(6):
        with suppress(http.client.HTTPException, OSError):
            site.ask("/exit")
    with ThreadPoolExecutor(2) as visitors:
        answers = list(visitors.map(site.ask, ["/meet", "/meet"]))

    assert failed == [500] * 6
    assert answers == [(200, b"/meet")] * 2


def test_more_visitors_than_there_is_room_for_wait_until_somebody_leaves():
    with serving("--worker-connections", "3") as site:
        staying = [site.plain_line() for _ in range(3)]
        with ThreadPoolExecutor(1) as visitors:
            late = visitors.submit(site.ask, "/late")
            time.sleep(1.5)
            came_too_early = late.done()
            for line in staying:
                line.close()

            assert late.result() == (200, b"/late")
            assert not came_too_early


def test_what_has_been_begun_is_finished_when_the_server_stops():
    head = b"POST /begun HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n"
    with serving() as site, site.plain_line() as line:
        line.sendall(head)
        assert line.recv(4096).startswith(b"HTTP/1.1 100 ")  # by now one of the threads is at it
        site.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        line.sendall(b"x")
        answered = b""
        while more := line.recv(4096):
            answered += more

        assert answered.startswith(b"HTTP/1.1 200 OK")
        assert answered.endswith(b"/begun")
        assert site.has_ended() == 0


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT], ids=lambda told: told.name)
def test_a_server_where_nobody_is_stops_at_once(told):
    with serving("--graceful-timeout", "25") as site:
        time.sleep(0.3)
        began = time.monotonic()
        site.process.send_signal(told)
        site.has_ended()

    assert time.monotonic() - began < 20  # of the 25 that it has for visitors
