"""`eventapp serve`: the web server, and the worker that delivers its mails."""

import gc
import importlib
from pathlib import Path
from threading import Event
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from whitenoise import WhiteNoise

from eventapp.cli.loading import nothing_collected
from eventapp.cli.supervising import Supervisor
from eventapp.cli.waiting import POSSIBLE, SelfWaitingWorker
from eventapp.cli.warming import warm_up
from eventapp.cli.worker import work_until_stopped
from eventapp.foundation.assets import asset_folder

ASSEMBLY = "eventapp.app"  # by name: the assembly knows the commands, not they the assembly
ONE_YEAR = 31536000


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn with threads, told by arguments instead of a configuration file."""

    flask: Flask

    def __init__(self, options: dict[str, Any], *, delivers: bool) -> None:
        """`options` are gunicorn's own settings."""
        self.options = options
        self.delivers = delivers
        super().__init__()

    def load_config(self) -> None:
        """Hand the options over."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application with its static files in front, kept by browsers for a year.

        Loaded once, then shared by all workers: what is frozen is not touched by their collectors,
        so that its memory stays common.
        """
        with nothing_collected():
            self.flask = importlib.import_module(ASSEMBLY).create_app()
            warm_up(self.flask)
            gc.freeze()
        return WhiteNoise(
            self.flask,
            root=str(asset_folder("static")),
            prefix="static/",
            max_age=ONE_YEAR,
            immutable_file_test=lambda _path, _url: True,
            add_headers_function=_static_headers,
        )

    def run(self) -> None:
        """Answer and deliver until stopped."""
        supervisor = Supervisor(self)
        supervisor.deliver = self._deliver if self.delivers else None
        supervisor.run()

    def _deliver(self, stopping: Event) -> None:
        with self.flask.app_context():
            work_until_stopped(stopping)


@click.command()
@click.option("--workers", default=2, show_default=True, help="Processes that answer.")
@click.option("--threads", default=4, show_default=True, help="Threads in each of them.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port to listen on.")
@click.option(
    "--mails/--no-mails",
    default=True,
    show_default=True,
    help="Deliver mails too, in a process of their own; otherwise run `eventapp worker`.",
)
def serve(workers: int, threads: int, host: str, port: int, mails: bool) -> None:  # noqa: FBT001 - click hands the flag over
    """Answer web requests and deliver mails until stopped."""
    Server(
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "threads": threads,
            "worker_class": SelfWaitingWorker if POSSIBLE else "gthread",
            "preload_app": True,
            "worker_tmp_dir": _memory_folder(),
            "loglevel": "warning",
            "timeout": 60,
            "graceful_timeout": 10,
            "limit_request_line": 4094,
            "limit_request_field_size": 8190,
            "control_socket_disable": True,  # nobody steers it from outside
        },
        delivers=mails,
    ).run()


def _static_headers(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def _memory_folder() -> str | None:
    """gunicorn's heartbeat files belong in memory: on a slow disk they would block workers."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - no data is kept there
