"""Compiled templates are kept between starts, and never show anything but the source of today."""

import pytest
from flask import Flask

from eventapp.foundation.kept_templates import (
    FOLDER,
    KINDS,
    KeptTemplates,
    keep_templates,
    load_kept_templates,
    load_templates,
)
from eventapp.foundation.settings import load_settings

KEY = "a key only for tests, forty characters long"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "page.html").write_text("one {{ 1 + 1 }}")
    return folder


def start(tmp_path, source, *, key=KEY, **options) -> Flask:
    """An application as a new process has it."""
    app = Flask("kept", template_folder=str(source))
    app.config["SETTINGS"] = load_settings(data_dir=tmp_path, secret_key=key)
    app.jinja_options = options
    keep_templates(app)
    return app


def page(app: Flask) -> str:
    return app.jinja_env.get_template("page.html").render()


@pytest.fixture
def compiling(monkeypatch):
    """How often a template was compiled."""
    counted = []
    compile_ = Flask.jinja_environment.compile

    def count(self, *args, **more):
        counted.append(args[1])
        return compile_(self, *args, **more)

    monkeypatch.setattr(Flask.jinja_environment, "compile", count)
    return counted


def test_the_next_process_compiles_nothing(tmp_path, source, compiling):
    assert page(start(tmp_path, source)) == "one 2"
    assert page(start(tmp_path, source)) == "one 2"
    assert compiling == ["page.html"]


def test_a_changed_source_is_compiled_anew(tmp_path, source):
    page(start(tmp_path, source))
    (source / "page.html").write_text("two {{ 1 + 1 }}")
    assert page(start(tmp_path, source)) == "two 2"


def test_other_settings_of_jinja_are_compiled_anew(tmp_path, source, compiling):
    page(start(tmp_path, source))
    page(start(tmp_path, source, trim_blocks=True))
    assert len(compiling) == 2


def test_what_another_key_signed_is_not_run(tmp_path, source, compiling):
    page(start(tmp_path, source, key=KEY[::-1]))
    assert page(start(tmp_path, source)) == "one 2"
    assert len(compiling) == 2


def test_a_file_that_was_changed_is_not_run(tmp_path, source, compiling):
    page(start(tmp_path, source))
    (kept,) = (tmp_path / FOLDER).iterdir()
    for spoilt in (kept.read_bytes()[:-1] + b"x", kept.read_bytes()[:40], b""):
        kept.write_bytes(spoilt)
        assert page(start(tmp_path, source)) == "one 2"
    assert len(compiling) == 4


def test_a_file_cannot_stand_in_for_another(tmp_path, source):
    (source / "other.html").write_text("other")
    app = start(tmp_path, source)
    load_templates(app)
    cache = app.jinja_env.bytecode_cache
    keys = [cache.get_cache_key(name, str(source / name)) for name in ("page.html", "other.html")]
    (tmp_path / FOLDER / keys[0]).write_bytes((tmp_path / FOLDER / keys[1]).read_bytes())
    assert page(start(tmp_path, source)) == "one 2"


def test_the_folder_is_for_its_owner_alone(tmp_path, source):
    page(start(tmp_path, source))
    assert (tmp_path / FOLDER).stat().st_mode & 0o077 == 0
    assert all(one.stat().st_mode & 0o077 == 0 for one in (tmp_path / FOLDER).iterdir())


def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nothing(tmp_path, source):
    (tmp_path / FOLDER).write_text("in the way")
    assert page(start(tmp_path, source)) == "one 2"


def test_before_the_fork_only_what_was_compiled_is_loaded(tmp_path, source, compiling):
    first = start(tmp_path, source)
    assert isinstance(first.jinja_env.bytecode_cache, KeptTemplates)
    load_kept_templates(first)
    assert compiling == []
    load_templates(first)
    load_kept_templates(start(tmp_path, source))
    assert compiling == ["page.html"]


def test_templates_of_every_kind_are_compiled_and_all_of_them_loaded_before_the_fork(app):
    kinds = {name.rpartition(".")[2] for name in app.jinja_env.list_templates()}
    assert kinds - {"typ"} == set(KINDS)  # papers are typst's, not Jinja's


def test_a_file_that_is_no_template_keeps_none_from_being_loaded(tmp_path, source):
    (source / "notes.md").write_text("not a template")
    load_templates(start(tmp_path, source))
    app = start(tmp_path, source)
    load_kept_templates(app)
    assert [key[1] for key in app.jinja_env.cache.keys()]  # noqa: SIM118 - Jinja's cache has no other way == ["page.html"]
