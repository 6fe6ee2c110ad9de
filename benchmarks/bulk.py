"""Work on many rows at once, timed as a whole: export, import, a wave, start-up."""

import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
from flask import current_app
from xlsxwriter import Workbook

from benchmarks.table import Row
from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.queries import first_host
from eventapp.app import create_app
from eventapp.contacts.actions import import_staged, stage_import, undo_import
from eventapp.contacts.models import ContactImport, DistributionList
from eventapp.contacts.queries import list_named
from eventapp.events.models import Event
from eventapp.events.queries import event_by_slug
from eventapp.exports.actions import ExportRequest, export_attendees
from eventapp.exports.columns import ColumnSet, SortOrder
from eventapp.exports.states import FileFormat
from eventapp.foundation.database import db, transaction
from eventapp.foundation.settings import Settings
from eventapp.invitations.actions import preview_wave, send_wave
from eventapp.invitations.models import Wave
from eventapp.registrations.guests import GuestFilter

CONTACTS, WAVE = 10_000, 1_000
HEADER = "Anrede;Titel;Vorname;Nachname;Organisation;Sektor;PLZ;Ort;E-Mail;Verteiler"


LIBRARIES = "flask, flask_sqlalchemy, flask_babel, flask_wtf, flask_login, flask_limiter, structlog"
WITH_PAGES = "eventapp.app, eventapp.edges"  # which the application imports when it is made


def import_times() -> list[Row]:
    """CPU seconds of a fresh process that imports the application, and what libraries have of it.

    Without the developers' tools: structlog imports rich wherever it finds it, and only a
    developer's installation has it.
    """
    return [
        Row(
            "import of the libraries alone",
            min(_import_of(LIBRARIES) for _ in range(3)),
            None,
            "s CPU",
        ),
        Row("import eventapp.app", min(_import_of("eventapp.app") for _ in range(3)), 0.8, "s CPU"),
        Row(
            "import of the application with all pages",
            min(_import_of(WITH_PAGES) for _ in range(3)),
            None,
            "s CPU",
        ),
    ]


def _import_of(modules: str) -> float:
    code = f"import sys; sys.modules['rich'] = None; import {modules}"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds(work: Callable[[], object]) -> float:
    """Wall time of a piece of work."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure_bulk(settings: Settings, known: dict[str, Any]) -> list[Row]:
    """The rows that need no server."""
    app = create_app(settings)
    with app.app_context(), app.test_request_context():
        slug = str(known["list"])
        return [*_exports(slug), *_growth(slug), *_imports(), *_wave(str(known["page"]))]


def _exports(slug: str) -> list[Row]:
    event = event_by_slug(slug)
    assert event is not None
    budgets = {FileFormat.CSV: 0.3, FileFormat.XLSX: 1.0}

    def write(kind: FileFormat) -> None:
        request = ExportRequest(
            format=kind, columns=ColumnSet.FULL, guests=GuestFilter(), order=SortOrder.NAME
        )
        with export_attendees(event, request, by=SYSTEM) as file:
            assert len(file.read()) > 100_000

    write(FileFormat.JSON)  # a server that is up has done this before
    return [
        Row(
            f"export of 5,000 registrations as {kind.value}",
            seconds(lambda kind=kind: write(kind)),
            budget,
            "s",
        )
        for kind, budget in budgets.items()
    ]


def _growth(slug: str) -> list[Row]:
    """How much memory exports add to a process: at first, and over twenty more, three at a time."""
    event = event_by_slug(slug)
    assert event is not None
    app, event_id = current_app._get_current_object(), event.id  # type: ignore[attr-defined]

    def take(_number: int) -> None:
        with app.app_context(), app.test_request_context():
            again = db.session.get_one(Event, event_id)
            for kind in (FileFormat.XLSX, FileFormat.CSV):
                request = ExportRequest(format=kind, guests=GuestFilter())
                with export_attendees(again, request, by=SYSTEM) as file:
                    file.seek(0, 2)

    begin = _resident()
    with ThreadPoolExecutor(3) as three:
        list(three.map(take, range(3)))
        first = _resident()
        list(three.map(take, range(20)))
    return [
        Row("memory of three exports of 5,000 at once", first - begin, 150, "MB"),
        Row("growth over twenty more", max(_resident() - first, 0), 20, "MB"),
    ]


def _resident() -> float:
    """Megabytes of this process in memory."""
    return float(psutil.Process().memory_info().rss) / 1_000_000


def _imports() -> list[Row]:
    """The same list as a text and as a workbook, each taken back before the next."""
    rows = [
        f"Frau;Dr.;Änne;Größer-{number};Werk {number % 300} GmbH;Wirtschaft;59821;Arnsberg;"
        f"aenne.{number}@import.example;Welle"
        for number in range(CONTACTS - 200)
    ]
    lines = [HEADER, *rows, *rows[:200]]
    host = first_host()

    def run(content: bytes) -> ContactImport:
        staged = stage_import(host, filename="liste", content=content, actor=SYSTEM)
        return import_staged(staged, actor=SYSTEM)

    workbook = _workbook(lines)
    began = time.perf_counter()
    done = run(workbook)
    from_workbook = time.perf_counter() - began
    undo_import(done, actor=SYSTEM)
    from_text = seconds(lambda: run("\r\n".join(lines).encode("cp1252")))
    name = "import of 10,000 contacts with duplicates check"
    return [Row(name, from_text, 10, "s"), Row(f"{name}, XLSX", from_workbook, 10, "s")]


def _workbook(lines: list[str]) -> bytes:
    file = io.BytesIO()
    with Workbook(file) as book:
        sheet = book.add_worksheet("Kontakte")
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line.split(";"))
    return file.getvalue()


def _wave(slug: str) -> list[Row]:
    event, everybody = event_by_slug(slug), list_named(first_host().id, "Welle")
    assert event is not None
    assert everybody is not None
    with transaction():
        chosen = DistributionList(
            host_id=event.host_id, name="Tausend", contacts=everybody.contacts[:WAVE]
        )
        wave = Wave(
            event_id=event.id,
            number=1,
            name="Tausend",
            lists=[chosen],
            subject_de="Einladung: {event}",
            subject_en="Invitation: {event}",
            body_de="{salutation},\n\n{event}, {date}: {link}",
            body_en="{salutation},\n\n{event}, {date}: {link}",
        )
        db.session.add(wave)
    count = len(preview_wave(wave).selection.chosen)
    return [
        Row(
            f"{count} invitations queued",
            seconds(lambda: send_wave(wave, expected=count, by=SYSTEM)),
            2,
            "s",
        )
    ]
