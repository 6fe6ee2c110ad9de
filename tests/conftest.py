"""The same suite on SQLite and PostgreSQL: a database a worker, emptied between tests."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from weakref import WeakSet

import psycopg
import pytest
from flask import Flask, g, request_started
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from sqlalchemy import Pool, event
from werkzeug.test import TestResponse

from eventapp.accounts.models import Account
from eventapp.app import create_app
from eventapp.foundation import tokens
from eventapp.foundation.database import db
from eventapp.foundation.limits import limiter
from eventapp.foundation.settings import load_settings

sys.path.insert(0, str(Path(__file__).parent))  # tests import factories, statements, servers

settings.register_profile(
    "unhurried",
    settings(),
    deadline=None,  # a busy machine fails no test
    derandomize="EVENTAPP_TEST_EXPLORE" not in os.environ,  # nor does luck
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unhurried")
if "EVENTAPP_TEST_EXPLORE" not in os.environ:  # nor what other tests have imported by then
    providers._get_local_constants = Constants

SECRET = "a key only for tests, forty characters long"
DATABASES = ("sqlite", "postgresql")
QUIET = {
    "sqlite": (
        ["PRAGMA foreign_keys=OFF", "BEGIN IMMEDIATE"],
        ["COMMIT", "PRAGMA foreign_keys=ON"],
    ),
    "postgresql": (
        ["SET session_replication_role = replica"],
        ["SET session_replication_role = DEFAULT", "COMMIT"],
    ),
}
"""How a database is told to let rows go in any order, and to mind again."""


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server; one for all workers of a run."""
    given = os.environ.get("EVENTAPP_TEST_POSTGRES")
    if given:
        yield given
        return
    from servers import start_postgres

    with start_postgres(tmp_path_factory) as address:
        yield address


@pytest.fixture(scope="session", params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database of this worker's own."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.db'}"
    server = request.getfixturevalue("postgres_server")
    from servers import own_database

    return own_database(server, os.environ.get("PYTEST_XDIST_WORKER", "main"))


def forget_the_last_request(_app: Flask) -> None:
    """Tests keep one context pushed, so what a request leaves in `g` would meet the next one."""
    vars(g._get_current_object()).clear()


class TidyClient(FlaskClient):
    """Closes the file into which a large form is written, or a later test is told of it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """As Flask's; a redirect that keeps the form reads it once more, so it is closed last."""
        with ExitStack() as self.forms:
            return super().open(*args, **kwargs)

    def run_wsgi_app(self, environ: dict[str, Any], buffered: bool = False) -> Any:
        """As Werkzeug's."""
        self.forms.callback(environ["wsgi.input"].close)
        return super().run_wsgi_app(environ, buffered)


@pytest.fixture(scope="session")
def built_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with empty tables; made once, as making it costs most."""
    settings = load_settings(
        data_dir=tmp_path_factory.mktemp("data"),
        database_url=database_url,
        secret_key=SECRET,
        base_url="http://localhost",
        smtp_url="",
        demo=False,
    )
    app = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    app.test_client_class = TidyClient
    request_started.connect(forget_the_last_request, app)
    with app.app_context():
        db.drop_all()
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(built_app: Flask) -> Iterator[Flask]:
    """The application on an empty database, with its context pushed."""
    with ExitStack() as stack:
        stack.enter_context(built_app.app_context())
        tokens.configure(built_app.config["SETTINGS"].keys)  # whatever the test before tried
        _empty()
        yield built_app
        db.session.rollback()
        db.session.remove()
        _no_line_is_left()


_lines: WeakSet[psycopg.Connection] = WeakSet()


@event.listens_for(Pool, "connect")
def _remember(line: object, _record: object) -> None:
    if isinstance(line, psycopg.Connection):
        _lines.add(line)


def _no_line_is_left() -> None:
    """Fail the test that leaves a connection open, not the later one in which it is collected.

    Our own pool keeps its connections; an application that a test makes has another one.
    """
    pool, still_open = db.engine.pool, [line for line in _lines if not line.closed]
    if db.engine.dialect.name == "sqlite" or len(still_open) <= pool.checkedin():
        return
    db.engine.dispose()
    left = [line for line in still_open if not line.closed]
    for line in left:
        line.close()
    pytest.fail(f"connections to PostgreSQL left open: {len(left)}")


def _empty() -> None:
    """Remove all rows, of those tables that have any, while foreign keys and triggers rest."""
    quiet, loud = QUIET[db.engine.dialect.name]
    tables = [table.name for table in db.metadata.sorted_tables]
    filled = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables
    )
    with db.engine.connect() as connection:
        driver = connection.connection.driver_connection
        for statement in quiet:
            driver.execute(statement)
        for (name,) in driver.execute(filled).fetchall():
            driver.execute(f'DELETE FROM "{name}"')
            if db.engine.dialect.name == "postgresql" and "id" in db.metadata.tables[name].columns:
                driver.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), 1, false)")
        for statement in loud:
            driver.execute(statement)


@pytest.fixture
def limited_app(tmp_path: Path) -> Iterator[Flask]:
    """An application of its own that counts requests, as the running one does."""
    settings = load_settings(
        data_dir=tmp_path,
        secret_key="k" * 40,
        base_url="http://localhost",
        database_url=f"sqlite:///{tmp_path / 'limits.db'}",
    )
    limited = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=True)
    with limited.app_context():
        db.create_all()
        yield limited
        limiter.reset()
        db.session.remove()
        db.engine.dispose()
    limiter.enabled = False


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[[FlaskClient, Account], FlaskClient]:
    """Signs a browser in as an account, without the sign-in page."""
    from factories import make_sign_in

    def enter(browser: FlaskClient, account: Account) -> FlaskClient:
        with browser.session_transaction() as session:
            session["_user_id"] = make_sign_in(account)
        return browser

    return enter


@pytest.fixture
def organiser(client: FlaskClient, sign_in: Callable[..., FlaskClient]) -> Account:
    """An organiser of a host organisation; `client` is signed in as this person."""
    from factories import make_account

    account = make_account()
    sign_in(client, account)
    return account
