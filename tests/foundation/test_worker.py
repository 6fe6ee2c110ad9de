"""A real worker process, killed at random while it sends: nothing lost, hardly anything doubled."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask import Flask
from mail_sink import Sink, mail_sink
from sqlalchemy import func, select, update

from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.wake import Bell

MAILS = 200
KILLS = 6
SECRET = "a key only for tests, forty characters long"
NURSERY = Path(__file__).parent.parent / "worker_nursery.py"


class Nursery:
    """Workers of the application, started one after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert self._line() == "ready"

    def start(self) -> int:
        """The process id of a new worker."""
        self.process.stdin.write("start\n")
        self.process.stdin.flush()
        return int(self._line())

    def end(self, worker: int, number: int) -> int:
        """Send a signal and wait; the exit status, negative for the signal that killed it."""
        os.kill(worker, number)
        return int(self._line())

    def _line(self) -> str:
        return self.process.stdout.readline().strip()


def environment(**settings: str) -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if not name.startswith("EVENTAPP_")
    } | {f"EVENTAPP_{name.upper()}": value for name, value in settings.items()}


@contextmanager
def nursery(app: Flask, sink: Sink) -> Iterator[Nursery]:
    settings = app.config["SETTINGS"]
    process = subprocess.Popen(
        [sys.executable, str(NURSERY)],
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(
            database_url=settings.database,
            data_dir=str(settings.data_dir),
            secret_key=SECRET,
            smtp_url=sink.url,
        ),
    )
    with process:
        yield Nursery(process)
        process.stdin.close()


def queue(count: int) -> None:
    with transaction():
        db.session.add_all(
            OutboxMail(
                message_id=f"<{number}@agentur.example>",
                scope="event:1",
                kind="test",
                to_email=f"gast-{number}@werk.example",
                subject="Mail",
                text="Guten Tag\n",
            )
            for number in range(count)
        )


def in_state(state: MailState) -> int:
    db.session.rollback()
    counted = select(func.count()).select_from(OutboxMail).where(OutboxMail.state == state)
    return db.session.scalar(counted) or 0


def let_leases_run_out() -> None:
    """Five minutes pass for the mails that the dead worker held."""
    with transaction():
        db.session.execute(
            update(OutboxMail)
            .where(OutboxMail.state == MailState.INFLIGHT)
            .values(leased_until=clock.now())
        )


def wait_until_sent(count: int) -> None:
    deadline = time.monotonic() + 30
    while in_state(MailState.SENT) < count and time.monotonic() < deadline:
        time.sleep(0.05)


def test_killed_workers_lose_nothing_and_double_at_most_one_mail_each(app):
    """T-76."""
    queue(MAILS)
    with mail_sink(pause=0.003) as sink, nursery(app, sink) as workers:
        for kill in range(1, KILLS + 1):
            worker = workers.start()
            assert sink.wait_for(kill * MAILS // (KILLS + 2))
            assert workers.end(worker, signal.SIGKILL) == -signal.SIGKILL
            let_leases_run_out()
        worker = workers.start()
        wait_until_sent(MAILS)
        workers.end(worker, signal.SIGKILL)

    copies = Counter(sink.message_ids)
    assert set(copies) == {f"<{number}@agentur.example>" for number in range(MAILS)}
    assert copies.total() - MAILS <= KILLS
    assert in_state(MailState.SENT) == MAILS


def test_a_worker_delivers_when_it_is_called_and_ends_politely(app):
    with mail_sink(pause=0.02) as sink, nursery(app, sink) as workers:
        worker = workers.start()
        queue(40)
        with closing(Bell(app.config["SETTINGS"])) as bell:
            bell.ring()
        assert sink.wait_for(5)

        assert workers.end(worker, signal.SIGTERM) == 0

    sent = len(sink.arrived)
    assert sent < 40
    assert (in_state(MailState.SENT), in_state(MailState.QUEUED)) == (sent, 40 - sent)


def test_the_command_runs_until_it_is_told_to_stop(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", "from eventapp.app import main; main()", "worker"],
        env=environment(data_dir=str(tmp_path)),
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        started = next(line for line in process.stderr if "worker started" in line)
        process.terminate()
        rest = process.stderr.read()

    assert "kept here, no mail server is set" in started
    assert "worker stopped" in rest
    assert process.returncode == 0
