"""`eventapp demo`: set up the demo, then serve it until stopped."""

import importlib
import os
import secrets
import sys
import time
from pathlib import Path

import click

from eventapp.cli.demo.addresses import known_password, write_addresses
from eventapp.cli.demo.loading import load_demo
from eventapp.cli.demo.people import is_loaded
from eventapp.foundation.migrations import upgrade

WORKERS = "2"


@click.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port to listen on.")
@click.option("--load-only", is_flag=True, help="Set up the data and stop.")
def demo(port: int, load_only: bool) -> None:  # noqa: FBT001 - click hands the flag over
    """Show the application with data: no settings, no mail leaves this machine."""
    os.environ.setdefault("EVENTAPP_BASE_URL", f"http://127.0.0.1:{port}")
    os.environ["EVENTAPP_DEMO"] = "true"
    os.environ.pop("EVENTAPP_SMTP_URL", None)
    began = time.monotonic()
    _prepare()
    click.echo(f"Bereit nach {time.monotonic() - began:.1f} s.")
    if not load_only:
        sys.stdout.flush()
        os.execv(sys.argv[0], [sys.argv[0], "serve", "--workers", WORKERS, "--port", str(port)])  # noqa: S606 - ourselves


def _prepare() -> None:
    """Create folder, key, tables and data where they are missing; then say where to go."""
    app = importlib.import_module("eventapp.app").create_app()
    with app.app_context():
        folder = Path(app.config["SETTINGS"].data_dir)
        folder.mkdir(parents=True, exist_ok=True)
        upgrade()
        password = (
            os.environ.get("EVENTAPP_DEMO_PASSWORD")
            or known_password(folder)
            or secrets.token_urlsafe(9)
        )
        if not is_loaded():
            load_demo(password, say=click.echo)
        write_addresses(folder, app.config["SETTINGS"].base_url, password, say=click.echo)
