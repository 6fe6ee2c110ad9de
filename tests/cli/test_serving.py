"""One command runs all of it: what answers, and what delivers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import psutil
import pytest
from demo_site import free_port
from gunicorn.app.base import BaseApplication
from mail_sink import Sink, mail_sink
from sqlalchemy import select
from workers import environment, mail_to

from eventapp.cli import supervising
from eventapp.cli.supervising import Supervisor
from eventapp.cli.worker import _stop_at_signals
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail

PATIENCE_SECONDS = 60
COMMAND = [sys.executable, "-c", "from eventapp.app import main; main()", "serve"]


def queue_mail_to(box: str) -> None:
    with transaction():
        db.session.add(mail_to(box, message_id=f"<{box}>"))


def state_of_mail_to(box: str) -> MailState:
    db.session.rollback()
    return db.session.scalars(select(OutboxMail.state).where(OutboxMail.to_email == box)).one()


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


def test_ctrl_c_lets_the_mail_on_its_way_finish_and_ends_without_complaint(app):
    queue_mail_to("erika@werk.example")
    with mail_sink(pause=2) as sink, serving(app, sink) as server:
        server.deliverer()
        assert becomes(lambda: sink.attempts)
        server.process.send_signal(signal.SIGINT)
        said = server.process.stderr.read()

    assert server.process.wait() == 0
    assert "Traceback" not in said
    assert [mail["To"] for mail in sink.arrived] == ["erika@werk.example"]


def test_a_terminal_that_is_closed_ends_no_mail_that_is_on_its_way(app):
    queue_mail_to("erika@werk.example")
    with mail_sink(pause=2) as sink, serving(app, sink) as server:
        deliverer = server.deliverer()
        assert becomes(lambda: sink.attempts)
        for number in (signal.SIGHUP, signal.SIGUSR1, signal.SIGQUIT):
            deliverer.send_signal(number)

        assert becomes(lambda: state_of_mail_to("erika@werk.example") is MailState.SENT)
        assert deliverer.is_running()


def supervisor(deliver) -> Supervisor:
    class Nothing(BaseApplication):
        def load_config(self):
            self.cfg.set("workers", 0)

        def load(self):
            return None

    made = Supervisor(Nothing())
    made.deliver = deliver
    return made


def numbers_of(made: Supervisor) -> set[int]:
    """The processes that it has begun and not seen end."""
    made.manage_workers()
    return {made._delivering} - {0}


def test_who_delivers_is_started_anew_when_gunicorn_saw_the_end_first(monkeypatch):
    monkeypatch.setattr(supervising, "PAUSE_SECONDS", 0)
    made = supervisor(lambda _stopping: os._exit(0))
    [first] = numbers_of(made)
    os.waitpid(first, 0)
    [second] = numbers_of(made)
    made.stop()

    assert second != first


def test_who_ends_at_once_is_started_anew_after_a_break():
    made = supervisor(lambda _stopping: os._exit(0))
    [first] = numbers_of(made)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)

    assert not numbers_of(made)
    assert becomes(lambda: numbers_of(made) - {first})
    made.stop()


def test_what_breaks_in_who_delivers_does_not_reach_the_server(capfd):
    made = supervisor(lambda _stopping: 1 / 0)
    try:
        [number] = numbers_of(made)
    except BaseException as problem:  # in the new process
        os._exit(problem.code if isinstance(problem, SystemExit) else 99)

    assert os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) == 1


def test_nobody_else_is_told_to_stop_by_the_number_of_who_has_ended(monkeypatch):
    made = supervisor(lambda _stopping: os._exit(0))
    [number] = numbers_of(made)
    os.waitpid(number, 0)
    told = []
    monkeypatch.setattr(os, "kill", lambda *given: told.append(given))
    made.stop()

    assert told == []


def finishing(made_at: Path) -> Callable[[object], None]:
    """Delivers something that takes longer than gunicorn would wait."""

    def deliver(_stopping: object) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        (made_at / "begun").touch()
        signal.sigwait({signal.SIGTERM})
        time.sleep(0.5)
        (made_at / "finished").touch()
        os._exit(0)

    return deliver


@pytest.mark.parametrize("urged", [False, True])
def test_the_mail_on_its_way_is_finished_unless_somebody_urges(tmp_path, urged):
    made = supervisor(finishing(tmp_path))
    made.cfg.set("graceful_timeout", 0)
    made.manage_workers()
    assert becomes((tmp_path / "begun").exists)
    if urged:
        made.SIG_QUEUE.put(signal.SIGINT)
    made.stop()

    assert (tmp_path / "finished").exists() is not urged


def test_a_signal_in_the_midst_of_a_look_at_the_event_is_heard():
    stopping, before = Event(), signal.getsignal(signal.SIGTERM)
    _stop_at_signals(stopping)
    try:
        with stopping._cond:  # as `wait` holds it for an instant, in which the signal comes
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    assert stopping.wait(PATIENCE_SECONDS)
