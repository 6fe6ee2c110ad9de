"""`eventapp doctor`: what it says of the mail server, and whether a script can rely on it."""

import socket
from dataclasses import replace

import pytest
from mail_sink import mail_sink

from eventapp.cli.health import doctor
from eventapp.foundation.settings import SecretStr


@pytest.fixture
def asked(app, monkeypatch):
    """What the command says with a mail server, and its exit status."""

    def ask(url):
        told = replace(app.config["SETTINGS"], smtp_url=SecretStr(url), demo=False)
        monkeypatch.setitem(app.config, "SETTINGS", told)
        result = app.test_cli_runner().invoke(doctor)
        said = next(line for line in result.stdout.splitlines() if " mail: " in line)
        return said, result.exit_code

    return ask


def test_a_mail_server_that_answers_is_good(asked):
    with mail_sink() as sink:
        said, _status = asked(sink.url)

    assert said == f"good   mail: 127.0.0.1:{sink.port} answers"
    assert sink.connections == 1
    assert sink.arrived == []


def test_a_mail_server_that_nobody_runs_is_wrong(asked):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    said, status = asked(f"smtp://127.0.0.1:{port}")

    assert said.startswith(f"WRONG  mail: 127.0.0.1:{port} does not let us send: ")
    assert "refused" in said
    assert status == 1


def test_a_server_that_takes_the_line_and_says_nothing_is_wrong(asked, monkeypatch):
    monkeypatch.setattr("eventapp.cli.health.MAIL_SERVER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        said, status = asked(f"smtp://127.0.0.1:{mute.getsockname()[1]}")

    assert said.startswith("WRONG  mail: ")
    assert said.endswith("no answer within 0.2 s")
    assert status == 1


def test_a_server_that_does_not_know_us_is_wrong_and_the_password_is_not_said(asked):
    with mail_sink() as sink:
        said, status = asked(f"smtp://wir:streng-geheim@127.0.0.1:{sink.port}")

    assert said.startswith("WRONG  mail: ")
    assert "streng-geheim" not in said
    assert status == 1


def test_without_a_mail_server_mails_stay_and_nothing_is_wrong(asked):
    said, _status = asked("")

    assert said.startswith("good   mail: no mail server set")
