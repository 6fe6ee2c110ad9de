"""The web server's own worker, as a process, with visitors who behave and others who do not."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from demo_site import free_port

from eventapp.foundation.http import BODY_LIMIT

SITE = Path(__file__).parent / "small_site.py"
PATIENCE_SECONDS = 20
THREADS = 2


@contextmanager
def running() -> Iterator[tuple[int, subprocess.Popen]]:
    port = free_port()
    process = subprocess.Popen([sys.executable, str(SITE), str(port)], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE_SECONDS
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.05)
        yield port, process
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 0


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running() as (port, _process):
        yield port


def line(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)


def get(port: int, path: str = "/") -> bytes:
    with closing(line(port)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read()


def raw(port: int, data: bytes) -> bytes:
    """All that comes back for these bytes, until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(data)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_one_connection_serves_many_requests(port):
    with closing(line(port)) as connection:
        for body in (b"", b"a=1", b"x" * 300_000):
            connection.request("POST", "/", body)
            assert connection.getresponse().read() == b"ok\n" + body


def test_requests_sent_ahead_are_answered_in_their_order(port):
    ahead = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n%b"
    last = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    answers = raw(port, ahead % b"1" + ahead % b"2" + last)

    assert answers.count(b"HTTP/1.1 200 OK") == 3
    assert answers.index(b"ok\n1") < answers.index(b"ok\n2")


def test_large_answers_and_files_arrive_whole(port):
    assert get(port, "/large") == b"x" * 5_000_000
    assert get(port, "/file") == SITE.read_bytes()


def test_t62_half_requests_keep_nobody_waiting(port):
    halves = (b"GET / HT", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab", b"")
    with ExitStack() as slow:
        for half in halves * THREADS * 2:
            connection = slow.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.sendall(half)

        assert get(port) == b"ok\n"


def test_t62_a_body_beyond_the_limit_is_answered_without_being_read(port):
    told = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % (BODY_LIMIT + 1)

    answer = raw(port, told)

    assert answer.startswith(b"HTTP/1.1 200 OK")  # what to say is for the application
    assert answer.endswith(b"ok\n")


def test_t62_what_is_no_request_is_told_so_and_sent_away(port):
    assert raw(port, b"\x16\x03\x01\r\n\r\n").startswith(b"HTTP/1.1 400")


def test_who_waits_with_the_body_is_told_to_send_it(port):
    asked = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(asked + b"Expect: 100-continue\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 100")
        connection.sendall(b"x")
        assert b"ok\nx" in b"".join(iter(lambda: connection.recv(1000), b""))


def test_an_accident_in_the_application_is_a_500_and_the_server_goes_on(port):
    with closing(line(port)) as connection:
        connection.request("GET", "/broken")
        assert connection.getresponse().status == 500

    assert get(port) == b"ok\n"


def test_many_at_once_all_get_their_own_answer(port):
    def visit(number: int) -> bool:
        with closing(line(port)) as connection:
            for turn in range(20):
                body = b"%d/%d" % (number, turn)
                connection.request("POST", "/", body)
                if connection.getresponse().read() != b"ok\n" + body:
                    return False
        return True

    with ThreadPoolExecutor(20) as visitors:
        assert all(visitors.map(visit, range(20)))


def test_who_is_being_answered_when_the_server_stops_gets_the_answer():
    with running() as (port, process), ThreadPoolExecutor(1) as visitor:
        get(port)
        answer = visitor.submit(get, port, "/slow")
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)

        assert answer.result() == b"ok\n"
