"""Sixty people confirm at one instant for twenty places: real web servers, real databases (T-43).

Two and four processes of `eventapp serve`, each client with its own address and connection. The
positive control is the same rush against a program that looks first and takes then.
`EVENTAPP_TEST_RUSHES=10` repeats each rush ten times.
"""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest
from demo_site import free_port
from factories import make_event
from foundation.test_worker import environment
from registrations.public_form import hermine
from registrations.support import all_registrations, mail_kinds, places

from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.foundation.tokens import LinkKind, sign
from eventapp.registrations import queries
from eventapp.registrations.front_door.actions import register
from eventapp.registrations.states import RegistrationState

CLIENTS, PLACES = 60, 20
RUSHES = int(os.environ.get("EVENTAPP_TEST_RUSHES", "1"))
PATIENCE_SECONDS = 60
SECRET = "a key only for tests, forty characters long"
NAIVE = str(Path(__file__).parent.parent / "naive_server.py")
REAL = "eventapp"
S = RegistrationState


@contextmanager
def serving(app, program: list[str], *, workers: int) -> Iterator[int]:
    """The web server on the database of the test; gives its port."""
    settings, port = app.config["SETTINGS"], free_port()
    process = subprocess.Popen(
        [*program, "serve", "--workers", str(workers), "--port", str(port)],
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        env=environment(
            database_url=settings.database,
            data_dir=str(settings.data_dir),
            secret_key=SECRET,
            base_url=f"http://127.0.0.1:{port}",
            trusted_proxies="1",
        ),
    )
    try:
        wait_for(port)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with closing(Visitor(port, 0)) as visitor:
                if visitor.ask("GET", "/healthz")[0] == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not start")


class Visitor:
    """One client of the rush, with an address and a connection of its own."""

    def __init__(self, port: int, number: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self.headers = {"X-Forwarded-For": f"192.0.2.{number + 1}"}

    def close(self) -> None:
        """Hang up."""
        self.line.close()

    def ask(self, method: str, path: str, **fields: str) -> tuple[int, str]:
        """Status and page."""
        headers = self.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        self.line.request(method, path, urlencode(fields) or None, headers)
        answer = self.line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self.headers["Cookie"] = cookie.split(";")[0]
        return answer.status, answer.read().decode()

    def ready_to_confirm(self, link: str) -> str:
        """Opens the link of the mail; gives the token of its form."""
        status, page = self.ask("GET", link)
        assert status == 200
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


def links_of_sixty(event: Event) -> list[str]:
    for number in range(CLIENTS):
        mailbox, address = f"gast{number}@werk{event.id}.example", f"10.0.{event.id}.{number}"
        register(event, hermine(email=mailbox, asked_from=address))
    return [
        f"/o/{sign(LinkKind.CONFIRMATION, one.public_id, one.link_generation)}"
        for one in all_registrations()
        if one.event_id == event.id
    ]


def rush(port: int, links: list[str]) -> Counter[int]:
    """All press the button at the same instant; gives how often each status came."""
    db.session.rollback()  # what is read afterwards is what is true by then
    start = Barrier(len(links))

    def confirm(numbered: tuple[int, str]) -> int:
        number, link = numbered
        with closing(Visitor(port, number)) as visitor:
            token = visitor.ready_to_confirm(link)
            start.wait(timeout=PATIENCE_SECONDS)
            return visitor.ask("POST", urlsplit(link).path, csrf_token=token)[0]

    with ThreadPoolExecutor(len(links)) as crowd:
        return Counter(crowd.map(confirm, enumerate(links)))


@pytest.mark.parametrize("workers", [2, 4])
def test_t43_sixty_confirm_at_once_and_exactly_twenty_have_a_place(app, workers):
    program = [str(Path(sys.executable).parent / REAL)]
    with serving(app, program, workers=workers) as port:
        for _round in range(RUSHES):
            event = make_event(capacity=PLACES)
            links, mails = links_of_sixty(event), len(mail_kinds())

            statuses = rush(port, links)

            assert statuses == {303: CLIENTS}
            mine = [one for one in all_registrations() if one.event_id == event.id]
            states = Counter(one.state for one in mine)
            assert states == {S.CONFIRMED: PLACES, S.WAITING: CLIENTS - PLACES}
            assert places(event) == (PLACES, PLACES)
            in_order = [one.id for one in sorted(mine, key=lambda one: one.number)]
            assert [one.id for one in queries.line(event)] == in_order[PLACES:]
            told = mail_kinds()[mails:]
            assert Counter(kind for _to, kind in told) == {
                "confirmation": PLACES,
                "waiting": CLIENTS - PLACES,
            }
            assert len({to for to, _kind in told}) == CLIENTS


def test_positive_control_a_program_that_looks_first_oversells_in_the_same_rush(app):
    with serving(app, [sys.executable, NAIVE], workers=2) as port:
        event = make_event(capacity=1)  # with more, crowds that happen to keep step take no more

        rush(port, links_of_sixty(event))

        states = Counter(one.state for one in all_registrations())
        assert states[S.CONFIRMED] > 1
