"""`eventapp demo` as `make run` starts it, on a database of its own.

Journeys that leave something behind in the programme of the demo take one for themselves:

    @pytest.fixture(scope="module")
    def site(database_url, tmp_path_factory):
        with running_demo(database_url, tmp_path_factory.mktemp("own")) as own:
            yield own
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from demo_site import Site, free_port

PATIENCE_SECONDS = 120
PASSWORD = "ein Satz nur für die Vorführung"


@contextmanager
def running_demo(database_url: str, folder: Path) -> Iterator[Site]:
    """The whole program with its demo, ended afterwards."""
    port = free_port()
    environment = os.environ | {
        "EVENTAPP_DATA_DIR": str(folder),
        "EVENTAPP_DEMO_PASSWORD": PASSWORD,
        "EVENTAPP_BASE_URL": f"http://127.0.0.1:{port}",
    }
    if database_url.startswith("postgresql"):
        from servers import own_database

        server, _, query = database_url.partition("?")
        environment["EVENTAPP_DATABASE_URL"] = own_database(
            f"{server.rsplit('/', 1)[0]}/postgres?{query}", f"demo{port}"
        )
    command = [str(Path(sys.executable).parent / "eventapp"), "demo", "--port", str(port)]
    with (folder / "demo.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
        try:
            site = Site(url=f"http://127.0.0.1:{port}", folder=folder)
            _wait(site, process, folder / "demo.log")
            site.addresses = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
            yield site
        finally:
            process.terminate()
            process.wait(20)


def _wait(site: Site, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{site.url}/healthz", timeout=2):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    pytest.fail(f"the demo did not start:\n{log.read_text(errors='replace')}")
