"""What machines are told about the process and about what it needs."""

from dataclasses import replace

import pytest

from eventapp.app import create_app
from eventapp.foundation.database import db
from eventapp.foundation.migrations import stamp
from eventapp.foundation.settings import load_settings


@pytest.fixture
def installation(tmp_path):
    """An installation on an empty database of its own."""
    settings = load_settings(
        data_dir=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'x.db'}",
        secret_key="k" * 40,
        base_url="http://localhost",
    )
    app = create_app(settings, TESTING=True)
    yield app
    with app.app_context():
        db.engine.dispose()


def ask(app, path):
    answer = app.test_client().get(path)
    return answer.status_code, answer.text.strip()


def test_a_living_process_says_so_whatever_the_database_does(installation):
    assert ask(installation, "/healthz") == (200, "ok")


def test_an_installation_without_tables_is_not_ready(installation):
    assert ask(installation, "/readyz") == (503, "the tables are not the newest")


def test_with_the_newest_tables_and_a_writable_folder_it_is_ready(installation):
    with installation.app_context():
        stamp()

    assert ask(installation, "/readyz") == (200, "ok")


def test_a_missing_data_folder_is_named(installation, tmp_path, monkeypatch):
    with installation.app_context():
        stamp()
    away = replace(installation.config["SETTINGS"], data_dir=tmp_path / "away")
    monkeypatch.setitem(installation.config, "SETTINGS", away)

    assert ask(installation, "/readyz") == (503, "the data folder cannot be written")


def test_a_database_that_does_not_answer_is_told_without_its_address(tmp_path):
    settings = load_settings(
        data_dir=tmp_path,
        secret_key="k" * 40,
        base_url="http://localhost",
        database_url="postgresql://nobody:geheim@127.0.0.1:9/nothing",
    )
    app = create_app(settings, TESTING=True)

    status, words = ask(app, "/readyz")

    assert status == 503
    assert "the database does not answer" in words
    assert "geheim" not in words
