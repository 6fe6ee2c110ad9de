"""A real worker process, killed at random while it sends: nothing lost, hardly anything doubled."""

import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

from mail_sink import mail_sink
from workers import environment, in_state, let_leases_run_out, mail_to, nursery

from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.wake import Bell

MAILS = 200
KILLS = 6


def queue(count: int) -> None:
    with transaction():
        db.session.add_all(
            mail_to(f"gast-{number}@werk.example", message_id=f"<{number}@agentur.example>")
            for number in range(count)
        )


def wait_until_sent(count: int) -> None:
    deadline = time.monotonic() + 60
    while in_state(MailState.SENT) < count and time.monotonic() < deadline:
        time.sleep(0.05)


def test_killed_workers_lose_nothing_and_double_at_most_one_mail_each(app):
    """T-76."""
    queue(MAILS)
    with mail_sink(pause=0.003) as sink, nursery(app, sink) as workers:
        for kill in range(1, KILLS + 1):
            worker = workers.start()
            assert sink.wait_for(kill * MAILS // (KILLS + 2))
            workers.kill(worker)
            let_leases_run_out()
        worker = workers.start()
        wait_until_sent(MAILS)
        workers.kill(worker)

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
