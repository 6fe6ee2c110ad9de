"""One command runs all of it: what answers, and what delivers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil
from demo_site import free_port
from mail_sink import Sink, mail_sink
from workers import environment

from eventapp.foundation.database import db, transaction
from eventapp.foundation.outbox import OutboxMail

PATIENCE_SECONDS = 60
COMMAND = [sys.executable, "-c", "from eventapp.app import main; main()", "serve"]


def queue_mail_to(box: str) -> None:
    with transaction():
        db.session.add(
            OutboxMail(
                message_id=f"<{box}>",
                scope="event:1",
                kind="test",
                to_email=box,
                subject="Mail",
                text="Guten Tag\n",
            )
        )


def becomes(true: Callable[[], object]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


class Server:
    """A server in a process of its own, and what it writes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []

    def deliverer(self) -> psutil.Process:
        """The process that delivers, once it says that it has begun."""
        for line in self.process.stderr:
            self.said.append(line)
            if "worker started" in line:
                return self._children()[-1]
        raise AssertionError("\n".join(self.said))

    def _children(self) -> list[psutil.Process]:
        children = psutil.Process(self.process.pid).children()
        return sorted(children, key=lambda child: (child.create_time(), child.pid))


@contextmanager
def serving(app, sink: Sink, *options: str) -> Iterator[Server]:
    settings, port = app.config["SETTINGS"], free_port()
    process = subprocess.Popen(
        [*COMMAND, "--workers", "1", "--port", str(port), *options],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=environment(
            database_url=settings.database,
            data_dir=str(settings.data_dir),
            smtp_url=sink.url,
            secret_key="a key only for tests, forty characters long",
        ),
    )
    try:
        yield Server(process)
    finally:
        with process:
            if process.poll() is None:
                process.terminate()
            process.stderr.read()
    assert not members_of(process.pid)


def members_of(session: int) -> list[int]:
    """Processes that are left of the session that a server began."""
    found = []
    for one in psutil.process_iter():
        try:
            if os.getsid(one.pid) == session and one.status() != psutil.STATUS_ZOMBIE:
                found.append(one.pid)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


def test_mails_go_out_without_a_second_command(app):
    queue_mail_to("erika@werk.example")
    with mail_sink() as sink, serving(app, sink) as server:
        server.deliverer()

        assert sink.wait_for(1)


def test_who_delivers_is_started_anew_when_it_is_killed(app):
    with mail_sink() as sink, serving(app, sink) as server:
        first = server.deliverer()
        queue_mail_to("erika@werk.example")
        first.kill()
        second = server.deliverer()

        assert sink.wait_for(1)
        assert second.pid != first.pid


def test_who_delivers_does_not_outlive_a_server_that_was_killed(app):
    with mail_sink() as sink, serving(app, sink) as server:
        assert server.deliverer().pid in members_of(server.process.pid)
        server.process.send_signal(signal.SIGKILL)

        assert becomes(lambda: not members_of(server.process.pid))


def test_a_server_without_mails_leaves_them_to_others(app):
    queue_mail_to("erika@werk.example")
    with mail_sink() as sink, serving(app, sink, "--no-mails") as server:
        assert becomes(lambda: len(psutil.Process(server.process.pid).children()) == 1)
        server.process.terminate()
        said = server.process.stderr.read()

    assert "worker started" not in said
    assert not sink.arrived


def test_nobody_can_steer_the_server_from_outside(app, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with mail_sink() as sink, serving(app, sink) as server:
        server.deliverer()

    assert not list(tmp_path.rglob("*.ctl"))
