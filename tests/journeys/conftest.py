"""The whole program as it runs for people: web server, worker, database, and a real Chromium."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from demo_site import PHONE, Site, Watch
from journeys.demos import running_demo
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


@pytest.fixture(scope="session")
def site(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo that journeys share, and leave as it was for each other."""
    with running_demo(database_url, tmp_path_factory.mktemp("demo")) as site:
        yield site


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
