"""Whole registrations by many at once: form, mail with a link, confirmation, personal page.

The journey of the comparison with other systems: 16 visitors without an account, each with an
address of their own, one registration after the other.
"""

import email
import email.policy
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from benchmarks.client import Client
from benchmarks.pages import expect
from benchmarks.servers import Running
from benchmarks.table import Row

CLIENTS, JOURNEYS, WARM_UP = 16, 30, 2
FILLING_IN_SECONDS = 3  # a form that comes back sooner is counted as a program's
MAIL_PATIENCE_SECONDS, LOOK_EVERY_SECONDS = 30, 0.02
PEER_SECONDS, PEER_P99 = 13.6, 2541
"""The quickest of the systems that were measured: Indico, 7.34 a second."""
_CONFIRMATION = re.compile(r"http://\S*/o/\S+")


@dataclass(frozen=True)
class Journey:
    """Seconds that one registration took: the server's answers together, and the mail."""

    answers: float
    mail: float


def measure_registering(running: Running, known: dict[str, Any]) -> list[Row]:
    """CPU of a registration, and how many are completed in a second."""
    slug = str(known["page"])
    mark = expect(200, Client(running.port).get(f"/e/{slug}/register")).hidden("seen")
    time.sleep(FILLING_IN_SECONDS)
    _run(running, slug, mark, round_of="warm", each=WARM_UP)
    before, mails = running.cpu_ms(), running.mails.taken
    began = time.monotonic()
    journeys = _run(running, slug, mark, round_of="count", each=JOURNEYS)
    took = time.monotonic() - began
    _wait_for_mails(running, mails + 2 * len(journeys))
    cpu = (running.cpu_ms() - before) / len(journeys)
    per_hundred = took / len(journeys) * 100
    answers = sorted(one.answers * 1000 for one in journeys)
    waits = [one.mail * 1000 for one in journeys]
    return [
        Row("one complete public registration, both mails delivered", cpu, 25),
        Row(f"the same by {CLIENTS} at once: seconds for 100", per_hundred, PEER_SECONDS, "s"),
        Row("its answers together, p99", answers[int(len(answers) * 0.99)], PEER_P99, "ms"),
        Row("its mail with the link, median", statistics.median(waits), None, "ms"),
    ]


def _run(running: Running, slug: str, mark: str, *, round_of: str, each: int) -> list[Journey]:
    def visitor(number: int) -> list[Journey]:
        address = f"192.0.2.{number + 1}"
        return [
            _register(running, slug, mark, f"{round_of}.{number}.{count}@bench.example", address)
            for count in range(each)
        ]

    with ThreadPoolExecutor(CLIENTS) as visitors:
        return [one for some in visitors.map(visitor, range(CLIENTS)) for one in some]


def _register(running: Running, slug: str, mark: str, mailbox: str, address: str) -> Journey:
    client, began = Client(running.port, address), time.monotonic()
    form = expect(200, client.get(f"/e/{slug}/register"))
    entered = {
        "first_name": "Hermine",
        "last_name": f"Äußerlich-{mailbox.split('@')[0]}",
        "email": mailbox,
        "sector": "business",
        "city": "Arnsberg",
        "form_of_address": "none",
        "rows": "1",
        "seen": mark,
        "csrf_token": form.csrf_token,
    }
    expect(303, client.post(f"/e/{slug}/register", **entered))
    expect(200, client.get(f"/e/{slug}/register/sent"))
    sent = time.monotonic()
    link = _link_for(running, mailbox)
    arrived = time.monotonic()
    page = expect(200, client.get(link))
    done = expect(303, client.post(link, csrf_token=page.csrf_token))
    expect(200, client.get(done.headers["Location"]))
    finished = time.monotonic()
    return Journey(answers=finished - arrived + sent - began, mail=arrived - sent)


def _link_for(running: Running, mailbox: str) -> str:
    deadline = time.monotonic() + MAIL_PATIENCE_SECONDS
    while time.monotonic() < deadline:
        raw = running.mails.latest.get(mailbox)
        if raw:
            text = email.message_from_bytes(raw, policy=email.policy.default).get_body(("plain",))
            found = _CONFIRMATION.search(text.get_content()) if text else None
            if found:
                return urlsplit(found[0]).path
        time.sleep(LOOK_EVERY_SECONDS)
    raise RuntimeError(f"no mail with a link came to {mailbox}")


def _wait_for_mails(running: Running, wanted: int) -> None:
    deadline = time.monotonic() + MAIL_PATIENCE_SECONDS
    while running.mails.taken < wanted and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY_SECONDS)
    if running.mails.taken < wanted:
        raise RuntimeError(f"{wanted - running.mails.taken} mails are missing")
