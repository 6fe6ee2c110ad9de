"""The whole program as it runs for people: web server, worker, database, and a real Chromium."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from demo_site import PHONE, Site, Watch, free_port
from playwright.sync_api import Browser, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_SECONDS = 120
PASSWORD = "ein Satz nur für die Vorführung"


@pytest.fixture(scope="session")
def site(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`eventapp demo` as `make run` starts it, on a database of its own."""
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
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


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium; without one the tests fail and say what to install."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("no Chromium or Chrome: sudo apt-get install --yes chromium")
    return {"executable_path": path, "args": BROWSER_SWITCHES}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A reader of German; tests that want something else make their own context."""
    return {
        "locale": "de-DE",
        "timezone_id": "Europe/Berlin",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def watch(page: Page, site: Site) -> Iterator[Watch]:
    """Fails the test if the page complained in the console or asked a third party."""
    watch = Watch(own=site.url)
    watch.follow(page)
    yield watch
    assert watch.faults == []


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone-sized window of a German reader whose browser runs no script."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="de-DE")
    yield context.new_page()
    context.close()


@pytest.fixture
def reader(database_url: str, browser: Browser, site: Site) -> Iterator[Page]:
    """At a desk, with script on one database, without on the other."""
    with_script = database_url.startswith("sqlite")
    context = browser.new_context(java_script_enabled=with_script, locale="de-DE")
    page, watch = context.new_page(), Watch(own=site.url)
    watch.follow(page)
    yield page
    context.close()
    assert watch.faults == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One demo for each kind of database, however many workers run the suite.

    A journey that fails is walked a second time, and the summary names it (decision 0060).
    """
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            kind = item.callspec.params.get("database_url", "")  # type: ignore[attr-defined]
            item.add_marker(pytest.mark.xdist_group(f"journeys on {kind}"))
            item.add_marker(pytest.mark.flaky(reruns=1))
