"""The program under measure: web server and worker as they run in earnest, and a mail server."""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from aiosmtpd.controller import Controller

from benchmarks.client import Client
from benchmarks.table import Row

PATIENCE_SECONDS = 30
STARTS = 3
SETTLING_SECONDS = 2  # the other processes are still at their start
EVENTAPP = "import sys; sys.modules['rich'] = None; from eventapp.app import main; main()"
"""As it is installed: structlog imports rich wherever it is, and only developers have it."""


class Counter:
    """A mail server that takes everything, counts, and keeps the last mail to each address."""

    def __init__(self) -> None:
        self.taken = 0
        self.latest: dict[str, bytes] = {}

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken += 1
        self.latest[envelope.rcpt_tos[0]] = envelope.content
        return "250 OK"


@dataclass
class Running:
    """Processes whose CPU time and memory are counted together."""

    base_url: str
    port: int
    processes: list[subprocess.Popen[bytes]]
    mails: Counter

    def _all(self) -> list[psutil.Process]:
        parents = [psutil.Process(one.pid) for one in self.processes]
        return [*parents, *(child for one in parents for child in one.children(recursive=True))]

    def cpu_ms(self) -> float:
        """CPU milliseconds that all of them have used so far."""
        times = [one.cpu_times() for one in self._all()]
        return sum(one.user + one.system for one in times) * 1000

    def pss_mb(self) -> float:
        """Memory of all of them, shared pages counted once (PSS)."""
        return sum(one.memory_full_info().pss for one in self._all()) / 2**20


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(folder: Path, port: int) -> Iterator[Running]:
    """Two web workers and a mail worker on the prepared folder."""
    mails = Counter()
    smtp = Controller(mails, hostname="127.0.0.1", port=free_port())
    smtp.start()
    try:
        with _serving(folder, port, smtp_port=smtp.port) as web:
            time.sleep(SETTLING_SECONDS)
            yield Running(f"http://127.0.0.1:{port}", port, [web], mails)
    finally:
        smtp.stop()


def seconds_to_first_answer(folder: Path, port: int) -> Row:
    """Wall time from the command to the first answer: of three starts, the one in the middle.

    As on any day but the first: bytecode and templates were compiled by an earlier one.
    """
    starts = []
    for _ in range(1 + STARTS):
        began = time.monotonic()
        with _serving(folder, port, smtp_port=free_port()):
            starts.append(time.monotonic() - began)
            time.sleep(SETTLING_SECONDS)
    return Row("eventapp serve to first answer", statistics.median(starts[1:]), 2, "s")


@contextmanager
def _serving(folder: Path, port: int, *, smtp_port: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {
        "EVENTAPP_DATA_DIR": str(folder),
        "EVENTAPP_BASE_URL": f"http://127.0.0.1:{port}",
        "EVENTAPP_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        "EVENTAPP_TRUSTED_PROXIES": "1",
    }
    command = [sys.executable, "-c", EVENTAPP, "serve", "--workers", "2", "--port", str(port)]
    with (folder / "servers.log").open("ab") as log:
        web = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(port, web)
            yield web
        finally:
            web.terminate()
            web.wait(20)


def empty(_environ: object, start_response: Any) -> list[bytes]:
    """An application that does nothing."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]


def bare_server() -> Row:
    """What a request costs before our first line: the web server with an empty application."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--threads", "4"]
    options = ["--bind", f"127.0.0.1:{port}", "--log-level", "error", "benchmarks.servers:empty"]
    process = subprocess.Popen([*command, *options])
    try:
        _wait_for(port, process)
        running = Running(f"http://127.0.0.1:{port}", port, [process], Counter())
        client = Client(port)
        for _ in range(40):
            client.get("/")
        before = running.cpu_ms()
        for _ in range(1000):
            client.get("/")
        return Row("a request to the web server alone", (running.cpu_ms() - before) / 1000, None)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if Client(port).get("/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the server did not start")
