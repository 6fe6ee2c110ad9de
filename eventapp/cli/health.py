"""`eventapp doctor`: say in plain lines whether this installation can work."""

import os
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import text

from eventapp.foundation.database import db
from eventapp.foundation.mail_server import Postman, ServerAway, read_smtp_url
from eventapp.foundation.migrations import current_revision, newest_revision
from eventapp.foundation.return_box import BoxAway, opened, read_box_url
from eventapp.foundation.settings import Settings

MAIL_SERVER_SECONDS = 5.0


def _database_answers(_settings: Settings) -> str:
    db.session.execute(text("SELECT 1"))
    return f"{db.engine.dialect.name} answers"


def _tables_are_new(_settings: Settings) -> str:
    current, newest = current_revision(), newest_revision()
    if current != newest:
        raise RuntimeError(
            f"at {current or 'none'}, the program needs {newest}; run: eventapp db upgrade"
        )
    return f"at {newest}"


def _folder_is_writable(settings: Settings) -> str:
    folder = settings.data_dir.absolute()
    if not os.access(folder, os.W_OK):
        raise RuntimeError(f"{folder} cannot be written; set EVENTAPP_DATA_DIR")
    return str(folder)


def _mail_can_leave(settings: Settings) -> str:
    url = settings.smtp_url.get_secret_value()
    if settings.demo:
        return "no mail leaves the demo"
    if not url:
        return "no mail server set (EVENTAPP_SMTP_URL): mails stay in the outbox"
    server = read_smtp_url(url)
    address = f"{server.host}:{server.port}"
    own_name = urlsplit(settings.base_url).hostname or "localhost"
    try:
        with Postman(server, own_name=own_name, mail_seconds=MAIL_SERVER_SECONDS) as postman:
            postman.greet()
    except ServerAway as problem:
        raise RuntimeError(f"{address} does not let us send: {problem}") from problem
    only = f"; for {settings.mail_only_to} only" if settings.mail_only_to else ""
    return f"{address} answers" + (f" and lets {server.user} in" if server.user else "") + only


def _returns_are_read(settings: Settings) -> str:
    url = settings.bounce_url.get_secret_value()
    if not url:
        return "no mailbox set (EVENTAPP_BOUNCE_URL): undeliverable mails are marked by hand"
    address = read_box_url(url)
    try:
        with opened(address) as box:
            count = len(box.keys())
    except BoxAway as problem:
        where = f"{address.host}:{address.port}" if address.host else address.place
        raise RuntimeError(f"{where} cannot be read: {problem}") from problem
    return f"{count} messages in {address.place}"


CHECKS: dict[str, Callable[[Settings], str]] = {
    "database": _database_answers,
    "tables": _tables_are_new,
    "data folder": _folder_is_writable,
    "mail": _mail_can_leave,
    "returned mail": _returns_are_read,
}


def _first_line(problem: Exception) -> str:
    return next(iter(str(problem).splitlines()), type(problem).__name__)


@click.command()
@with_appcontext
def doctor() -> None:
    """Check database, tables, data folder and mail server; exit 1 if something is wrong."""
    faults = 0
    for name, check in CHECKS.items():
        try:
            click.echo(f"good   {name}: {check(current_app.config['SETTINGS'])}")
        except Exception as problem:
            faults += 1
            click.echo(f"WRONG  {name}: {_first_line(problem)}")
    sys.exit(1 if faults else 0)
