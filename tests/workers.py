"""Real worker processes for tests: started quickly, killed without mercy."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from mail_sink import Sink
from sqlalchemy import func, select, update

from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail

SECRET = "a key only for tests, forty characters long"
NURSERY = Path(__file__).parent / "worker_nursery.py"


def mail_to(box: str, *, message_id: str) -> OutboxMail:
    """A mail that waits to be sent."""
    return OutboxMail(
        message_id=message_id,
        scope="event:1",
        kind="test",
        to_email=box,
        subject="Mail",
        text="Guten Tag\n",
    )


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

    def kill(self, worker: int) -> None:
        """As if the machine had lost power."""
        assert self.end(worker, signal.SIGKILL) == -signal.SIGKILL

    def _line(self) -> str:
        return self.process.stdout.readline().strip()


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with these settings of the application and no others."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith("EVENTAPP_")
    } | {f"EVENTAPP_{name.upper()}": value for name, value in settings.items()}


@contextmanager
def nursery(app: Flask, sink: Sink) -> Iterator[Nursery]:
    """Workers on the database of the test, delivering to the sink."""
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


def in_state(state: MailState) -> int:
    """How many mails are in a state, read afresh."""
    db.session.rollback()
    counted = select(func.count()).select_from(OutboxMail).where(OutboxMail.state == state)
    return db.session.scalar(counted) or 0


def let_leases_run_out() -> None:
    """Five minutes pass for the mails that a dead worker held."""
    with transaction():
        db.session.execute(
            update(OutboxMail)
            .where(OutboxMail.state == MailState.INFLIGHT)
            .values(leased_until=clock.now())
        )
