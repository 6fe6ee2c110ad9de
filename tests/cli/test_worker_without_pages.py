"""The worker runs without the pages, and misses nothing of what it needs."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import make_event, make_registration
from flask import Flask

from eventapp.app import create_inner_app
from eventapp.foundation.database import db, transaction
from eventapp.foundation.outbox import OutboxMail
from eventapp.registrations.mails import queue_acceptance

ROOT = Path(__file__).parents[2]


def loaded_by(statement: str) -> set[str]:
    """The modules of ours that a fresh process has after this."""
    code = f"{statement}\nimport sys\nprint(*(one for one in sys.modules if 'eventapp' in one))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def listens(file: Path) -> bool:
    """Whether a function here is called when a slice below tells something."""
    functions = (
        one for one in ast.walk(ast.parse(file.read_text())) if isinstance(one, ast.FunctionDef)
    )
    return any(
        isinstance(decorator, ast.Attribute) and decorator.attr == "connect"
        for function in functions
        for decorator in function.decorator_list
    )


def test_the_worker_loads_no_pages_but_all_who_listen():
    loaded = loaded_by("import eventapp.app, eventapp.cli.worker")
    listeners = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in (ROOT / "eventapp").rglob("*.py")
        if listens(file)
    }

    assert len(listeners) > 5
    assert listeners <= loaded
    assert "eventapp.edges" not in loaded
    assert not [name for name in loaded if name.endswith("views")]


@pytest.fixture
def inner(app: Flask) -> Iterator[Flask]:
    """The application of the worker on the test's database, with connections of its own."""
    made = create_inner_app(app.config["SETTINGS"], TESTING=True)
    yield made
    with made.app_context():
        db.engine.dispose()


def test_mails_are_the_same_without_pages(app, inner):
    texts = []
    registration = make_registration(make_event())
    for one in (app, inner):
        with one.app_context(), transaction():
            queue_acceptance(db.session.merge(registration))
    for mail in db.session.query(OutboxMail).order_by(OutboxMail.id):
        texts.append((mail.subject, mail.text, mail.html))

    assert len(texts) == 2
    assert texts[0] == texts[1]
