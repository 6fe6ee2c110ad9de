"""The outbox: 1,000 invitations written, and handed over to a mail server on this machine.

Alone: `python -m benchmarks.mail` prints the rows as JSON.
"""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from benchmarks.servers import free_port
from benchmarks.table import Row
from eventapp.app import create_app
from eventapp.foundation.database import db, transaction
from eventapp.foundation.delivery import deliver_due
from eventapp.foundation.outbox import Address, base_url, link_placeholder, queue_mail
from eventapp.foundation.settings import SecretStr, Settings, load_settings
from eventapp.foundation.tokens import LinkKind
from eventapp.foundation.wake import Bell
from eventapp.invitations.letters import Letter, Paragraph

MAILS, RINGS = 1_000, 1_000
TEMPLATE = "invitations/mail/invitation.txt"
SCOPE = "benchmark"


def measure_mail(settings: Settings) -> list[Row]:
    """Seconds to write the mails in one transaction, and to deliver them over one line."""
    with mail_server() as url:
        app = create_app(replace(settings, smtp_url=SecretStr(url), demo=False))
        with app.app_context():
            deliver_due()  # what earlier rows of the benchmark left behind
            began = time.perf_counter()
            _queue()
            queued = time.perf_counter()
            tally = deliver_due()
            delivered = time.perf_counter()
    if tally.sent != MAILS:
        raise RuntimeError(f"of {MAILS} mails {tally.sent} were taken")
    return [
        Row("1,000 mails written into the outbox", queued - began, 2, "s"),
        Row("1,000 mails delivered to a local server", delivered - queued, 30, "s"),
    ]


def measure_bell() -> Row:
    """CPU time to ring for the worker and to hear it, on one machine (a file)."""
    with (
        tempfile.TemporaryDirectory() as name,
        closing(Bell(Settings(data_dir=Path(name), queue_url=""))) as bell,
    ):
        bell.ring()
        began = time.thread_time()
        for _ in range(RINGS):
            bell.heard()
            bell.ring()
        spent = time.thread_time() - began
    return Row("the worker's bell, rung and heard", spent / RINGS * 1000, 1)


def _queue() -> None:
    with transaction():
        for number in range(MAILS):
            letter = _letter(number)
            queue_mail(
                to=Address(f"gast-{number}@werk.example", f"Dr. Änne Größer-{number}"),
                template=TEMPLATE,
                values={"letter": letter, "owner": letter.owner},
                locale="de",
                scope=SCOPE,
                bulk=True,
            )


def _letter(number: int) -> Letter:
    link = link_placeholder(LinkKind.INVITATION, f"benchmark-{number:04}", 1)
    words = "wir laden Sie herzlich zum Fachimpuls ein. " * 8
    return Letter(
        event="Digitale Kompetenzlandschaft Südwestfalen",
        day="Do., 24.06.2027",
        time="15:30–21:00 Uhr",
        when="Do., 24.06.2027, 15:30–21:00 Uhr",
        place="Lichtforum, Am Leuchtenwerk 1, 59821 Arnsberg",
        doors="15:00",
        owner="Strukturagentur Südwestfalen",
        funding="Gefördert vom Land",
        signed_by="",
        home=f"{base_url()}/e/digitale-kompetenzlandschaft/",
        link=link,
        subject=f"Einladung {number}: Digitale Kompetenzlandschaft",
        text=f"Guten Tag,\n\n{words}\n\n{link}\n",
        paragraphs=(Paragraph((("Guten Tag,",),)), Paragraph(((words,),)), Paragraph((("", ""),))),
    )


@contextmanager
def mail_server() -> Iterator[str]:
    """The address of a server in a process of its own that takes everything."""
    processes, port = get_context("spawn"), free_port()
    ready, done = processes.Event(), processes.Event()
    server = processes.Process(target=_serve, args=(port, ready, done))
    server.start()
    ready.wait(30)
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        done.set()
        server.join(10)


def _serve(port: int, ready: Any, done: Any) -> None:
    controller = Controller(Sink(), hostname="127.0.0.1", port=port)
    controller.start()
    ready.set()
    done.wait()
    controller.stop()


def main() -> None:
    """Measure on an empty database."""
    with tempfile.TemporaryDirectory() as name:
        settings = load_settings(data_dir=Path(name))
        app = create_app(settings)
        with app.app_context():
            db.create_all()
        print(json.dumps([asdict(row) for row in measure_mail(settings)], indent=1))


if __name__ == "__main__":
    main()
