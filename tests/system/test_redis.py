"""A real Redis carries the wake-up calls and counts the limits; without it the program goes on."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread

import pytest
from demo_site import free_port
from factories import make_host
from flask import Flask
from redis import Redis
from redis.exceptions import RedisError
from world import ON_SQLITE

from eventapp.app import create_app
from eventapp.foundation.limits import limiter
from eventapp.foundation.settings import Settings
from eventapp.foundation.wake import Bell, Call, attend, wake_worker

SECRET = "only-for-this-test"
PATIENCE_SECONDS = 30


@dataclass
class Server:
    """A Redis of our own, on a port of its own, that asks for a password and keeps nothing."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """As it stands in the settings."""
        return f"redis://:{SECRET}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Returns when it answers; only ours knows the password."""
        program = shutil.which("redis-server") or "redis-server"
        self.process = subprocess.Popen(
            [program, "--port", str(self.port), "--bind", "127.0.0.1", "--requirepass", SECRET,
             "--save", "", "--appendonly", "no", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            assert time.monotonic() < deadline, "redis-server does not answer"
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it is there."""
        with closing(Redis.from_url(self.url)) as line:
            try:
                return bool(line.ping())
            except RedisError:
                return False

    def stop(self) -> None:
        """Ends it; calls in it are gone."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(PATIENCE_SECONDS)
            self.process = None


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    own = Server(tmp_path, free_port())
    own.start()
    yield own
    own.stop()


@pytest.fixture
def settings(server, tmp_path) -> Settings:
    return Settings(data_dir=tmp_path, queue_url=server.url, redis_url=server.url)


def test_calls_from_one_process_are_heard_once_in_another(settings):
    with closing(Bell(settings)) as web, closing(Bell(settings)) as worker:
        for _ in range(5):
            web.ring()

        assert worker.waits
        assert [worker.heard(), worker.heard()] == [Call.MAILS, None]


def test_a_worker_that_waits_at_redis_works_at_each_call_and_outlives_its_absence(
    settings, server, monkeypatch
):
    monkeypatch.setattr("eventapp.foundation.wake.SWEEP_SECONDS", 1.0)
    worked, stopping = Event(), Event()
    with closing(Bell(settings)) as web, closing(Bell(settings)) as worker:
        work = (worker, lambda _call: worked.set(), lambda: None, stopping)
        thread = Thread(target=attend, args=work)
        thread.start()
        try:
            assert worked.wait(PATIENCE_SECONDS)  # at once, when it starts
            server.stop()
            worked.clear()
            assert worked.wait(PATIENCE_SECONDS)  # by itself, without any bell
            server.start()
            monkeypatch.setattr("eventapp.foundation.wake.SWEEP_SECONDS", 3600.0)
            worked.clear()
            web.ring()
            assert worked.wait(PATIENCE_SECONDS)  # called, over a new line
        finally:
            stopping.set()
            thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()


@pytest.fixture
def limited(app, settings) -> Iterator[Flask]:
    """The program as it runs with Redis, limits in force, on the test's own tables.

    There is one limiter for all applications of a process, so it gets its state back afterwards.
    """
    before = dict(vars(limiter))
    settings = replace(
        settings,
        **{
            "database_url": app.config["SETTINGS"].database_url,
            "secret_key": app.config["SETTINGS"].secret_key,
            "base_url": "http://localhost",
        },
    )
    yield create_app(settings, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=True)
    vars(limiter).clear()
    vars(limiter).update(before)


def report(limited):
    given = {"message": "Der Plan ist nicht lesbar.", "page": "", "email": ""}
    return limited.test_client().post("/accessibility", data=given).status_code


@ON_SQLITE
def test_limits_are_counted_in_redis_so_that_all_machines_share_them(limited, server):
    make_host(email="post@agentur.example")

    assert [report(limited) for _ in range(21)] == [303] * 20 + [429]

    with closing(Redis.from_url(server.url)) as line:
        counts = [int(line.get(key)) for key in line.keys("*accounts.accessibility*")]
    assert counts == [21]


def guess(limited):
    return limited.test_client().get(f"/i/{'A' * 16}.{'A' * 22}").status_code


@ON_SQLITE
def test_wrong_links_are_counted_in_redis_and_on_while_it_is_away(limited, server):
    """T-83."""
    assert [guess(limited) for _ in range(61)] == [404] * 60 + [429]
    with closing(Redis.from_url(server.url)) as line:
        counts = [int(line.get(key)) for key in line.keys("*registrations.answer*")]
    assert counts == [60]

    server.stop()

    assert [guess(limited) for _ in range(61)] == [404] * 60 + [429]


@ON_SQLITE
def test_a_redis_that_is_away_costs_no_answer_and_no_limit(limited, server):
    """T-83."""
    make_host(email="post@agentur.example")
    server.stop()

    assert [report(limited) for _ in range(21)] == [303] * 20 + [429]
    with limited.app_context():
        wake_worker()
