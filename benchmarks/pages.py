"""CPU milliseconds per operation of the running program, all its processes together."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.client import Client
from benchmarks.servers import Running
from benchmarks.table import Row

REPEATS, FEW, ANSWERS, WARM_UP = 400, 60, 200, 40


def cpu_of(running: Running, operation: Callable[[int], object], *, times: int) -> float:
    """CPU milliseconds of one operation, the mean of many after a warm-up."""
    for number in range(-WARM_UP, 0):
        operation(number)
    before = running.cpu_ms()
    for number in range(times):
        operation(number)
    return (running.cpu_ms() - before) / times


def expect(status: int, answer: Any) -> Any:
    """The answer, if it has the status that the figure is about."""
    if answer.status != status:
        raise RuntimeError(f"{answer.status} instead of {status}: {answer.body[:300]!r}")
    return answer


def measure_pages(running: Running, folder: Path, known: dict[str, Any]) -> list[Row]:
    """The rows that need the running program."""
    return [
        *_public_page(running, known),
        *_feed(running, folder, known),
        _answer(running, known),
        _list(running, known),
        Row("memory: web (2 workers) and worker, after load", running.pss_mb(), 250, "MB PSS"),
    ]


def _public_page(running: Running, known: dict[str, Any]) -> list[Row]:
    client, path = Client(running.port), f"/e/{known['page']}/"
    etag = expect(200, client.get(path)).headers["ETag"]
    return [
        Row(
            "public event page, anonymous, 20 sessions",
            cpu_of(running, lambda _n: expect(200, client.get(path)), times=REPEATS),
            2,
        ),
        Row(
            "the same again with ETag (304)",
            cpu_of(
                running, lambda _n: expect(304, client.get(path, If_None_Match=etag)), times=REPEATS
            ),
            0.5,
        ),
    ]


def _feed(running: Running, folder: Path, known: dict[str, Any]) -> list[Row]:
    client, path = Client(running.port), f"/e/{known['feed']}/calendar.ics"
    etag = expect(200, client.get(path)).headers["ETag"]
    unchanged = cpu_of(running, lambda _n: expect(200, client.get(path)), times=REPEATS)
    same = cpu_of(
        running, lambda _n: expect(304, client.get(path, If_None_Match=etag)), times=REPEATS
    )
    database = sqlite3.connect(folder / "eventapp.db", isolation_level=None)
    warm = [Client(running.port) for _ in range(4)]

    def change_and_fetch(number: int) -> None:
        database.execute(
            "UPDATE session SET last_modified_at = ? WHERE id = "
            "(SELECT id FROM session WHERE event_id = (SELECT id FROM event WHERE slug = ?) "
            "LIMIT 1 OFFSET ?)",
            (
                time.strftime("%Y-%m-%d %H:%M:%S.", time.gmtime()) + f"{number % 1000000:06}",
                known["feed"],
                abs(number) % 200,
            ),
        )
        database.execute(
            "UPDATE event SET revision = revision + 1 WHERE slug = ?", (known["feed"],)
        )
        expect(200, warm[0].get(path))

    changed = cpu_of(running, change_and_fetch, times=FEW)
    database.close()
    return [
        Row("feed of 300 sessions after one changed", changed, 4),
        Row("feed of 300 sessions, unchanged", unchanged, 1),
        Row("feed of 300 sessions, 304", same, 0.3),
    ]


def _answer(running: Running, known: dict[str, Any]) -> Row:
    links = iter(known["links"])

    def answer(_number: int) -> None:
        client, link = Client(running.port), next(links)
        page = expect(200, client.get(link))
        expect(303, client.post(link, answer="yes", csrf_token=page.csrf_token))

    before = running.mails.taken
    for _ in range(5):
        answer(0)
    began = running.cpu_ms()
    for number in range(ANSWERS):
        answer(number)
    deadline = time.monotonic() + 60
    while running.mails.taken - before < ANSWERS + 5 and time.monotonic() < deadline:
        time.sleep(0.1)
    if running.mails.taken - before < ANSWERS + 5:
        raise RuntimeError(f"only {running.mails.taken - before} answers were confirmed by mail")
    return Row(
        "answer by personal link: page, submit, mail delivered",
        (running.cpu_ms() - began) / ANSWERS,
        15,
    )


def _list(running: Running, known: dict[str, Any]) -> Row:
    client = Client(running.port)
    page = client.get("/organise/signin")
    expect(
        303,
        client.post(
            "/organise/signin",
            email=known["email"],
            password=known["password"],
            csrf_token=page.csrf_token,
        ),
    )
    path = f"/organise/{known['list']}/guests?q=muessig"
    return Row(
        "organiser's list of 5,000 registrations, one page, searched",
        cpu_of(running, lambda _n: expect(200, client.get(path)), times=FEW),
        15,
    )
