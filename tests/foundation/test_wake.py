"""The bell between web server and worker: cheap, forgetful, never in the way."""

from collections.abc import Iterator
from contextlib import closing
from threading import Event, Thread

import pytest

from eventapp.foundation import wake
from eventapp.foundation.settings import Settings
from eventapp.foundation.wake import Bell, Call, attend

PATIENCE_SECONDS = 30


@pytest.fixture
def bell(tmp_path) -> Iterator[Bell]:
    with closing(Bell(Settings(data_dir=tmp_path, queue_url=""))) as opened:
        yield opened


def test_many_calls_are_one(bell):
    for _ in range(5):
        bell.ring()

    assert [bell.heard(), bell.heard()] == [Call.MAILS, None]


def test_who_rings_for_all_is_heard_among_those_who_ring_for_mails(bell):
    bell.ring()
    bell.ring(Call.ALL)
    bell.ring()

    assert [bell.heard(), bell.heard()] == [Call.ALL, None]


def test_a_call_from_another_process_is_heard(bell, tmp_path):
    with closing(Bell(Settings(data_dir=tmp_path, queue_url=""))) as other:
        other.ring()

    assert bell.heard()


def test_postgresql_carries_calls_as_well(tmp_path, postgres_server):
    settings = Settings(data_dir=tmp_path, queue_url=postgres_server)
    with closing(Bell(settings)) as here, closing(Bell(settings)) as there:
        there.ring()

        assert here.waits
        assert [here.heard(), here.heard()] == [Call.MAILS, None]


def test_nothing_is_opened_before_it_is_used(tmp_path):
    Bell(Settings(data_dir=tmp_path / "absent", queue_url=""))

    assert not (tmp_path / "absent").exists()


def in_background(bell: Bell, work) -> tuple[Event, Thread]:
    stopping = Event()
    thread = Thread(target=attend, args=(bell, work, lambda: None, stopping))
    thread.start()
    return stopping, thread


def looks_three_times(bell: Bell, *, then: Exception | None = None) -> bool:
    """Whether the worker looks three times, each time ending as told."""
    looks: list[int] = []
    enough = Event()

    def work(_call: Call) -> None:
        looks.append(1)
        if len(looks) == 3:
            enough.set()
        if then:
            raise then

    stopping, thread = in_background(bell, work)
    looked = enough.wait(PATIENCE_SECONDS)
    stopping.set()
    thread.join(PATIENCE_SECONDS)
    return looked


def test_the_worker_looks_at_once_and_whenever_it_is_called(bell):
    looks = []
    looked = Event()
    stopping, thread = in_background(bell, lambda call: (looks.append(call), looked.set()))
    assert looked.wait(PATIENCE_SECONDS)
    looked.clear()

    bell.ring()

    assert looked.wait(PATIENCE_SECONDS)
    stopping.set()
    thread.join(PATIENCE_SECONDS)
    assert looks == [Call.ALL, Call.MAILS]


def test_without_any_call_the_worker_looks_each_minute(bell, monkeypatch):
    monkeypatch.setattr(wake, "SWEEP_SECONDS", 0.05)
    monkeypatch.setattr(wake, "LOOK_SECONDS", 0.01)

    assert looks_three_times(bell)


def test_a_queue_that_is_away_does_not_stop_the_minutes_look(bell, monkeypatch):
    """T-83."""
    monkeypatch.setattr(wake, "SWEEP_SECONDS", 0.12)
    monkeypatch.setattr(bell, "heard", lambda: 1 / 0)

    assert looks_three_times(bell)


def test_work_that_fails_does_not_end_the_worker(bell, monkeypatch):
    monkeypatch.setattr(wake, "SWEEP_SECONDS", 0.05)
    monkeypatch.setattr(wake, "LOOK_SECONDS", 0.01)

    assert looks_three_times(bell, then=RuntimeError("the database is away"))


def test_nobody_rings_for_chores_and_they_wait_for_the_minute(bell, monkeypatch):
    monkeypatch.setattr(wake, "LOOK_SECONDS", 0.01)
    done: list[str] = []
    stopping = Event()

    def work(_call: Call) -> None:
        done.append("work")
        if len(done) > 3:
            stopping.set()
        bell.ring()

    attend(bell, work, lambda: done.append("chores"), stopping)

    assert done == ["work", "chores", "work", "work"]


def test_who_has_nothing_to_do_rests(bell, monkeypatch):
    monkeypatch.setattr(wake, "LOOK_SECONDS", 0.01)
    done: list[str] = []
    stopping = Event()

    def rest() -> None:
        done.append("rest")
        if len(done) > 4:
            stopping.set()

    attend(bell, lambda _call: done.append("work"), lambda: None, stopping, rest=rest)

    assert done == ["work", "rest", "rest", "rest", "rest"]
