"""Screenshots for README and docs, made from the demo as it runs."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from programs import find
from wheel import free_port

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "screenshots"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "ein Satz nur für die Bilder"
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 740}


def wait_until_ready(url: str) -> None:
    """Return when the demo answers."""
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise SystemExit("the demo did not start")


def page_of(browser: Browser, size: dict[str, int]) -> Page:
    """A window of a German reader."""
    return browser.new_context(viewport=size, locale="de-DE", device_scale_factor=1).new_page()


def take(browser: Browser, base: str, folder: Path) -> None:
    """All pictures, each under its name."""
    addresses = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    full = addresses["events"][1]["slug"]
    desktop, phone = page_of(browser, DESKTOP), page_of(browser, PHONE)
    shoot(desktop, f"{base}/e/{full}/", "event")
    shoot(phone, addresses["invitations"][0], "answer-phone")
    shoot(phone, addresses["registrations"][0], "personal-phone")
    organiser = addresses["signin"]["organiser"]
    desktop.goto(addresses["signin"]["url"])
    desktop.get_by_label("E-Mail").fill(organiser["email"])
    desktop.get_by_label("Passwort", exact=True).fill(organiser["password"])
    desktop.get_by_role("button", name="Anmelden").click()
    for name, path in {
        "home": f"/organise/{full}/",
        "replies": f"/organise/{full}/invitations",
        "programme": f"/organise/{full}/programme",
        "contacts": "/organise/contacts",
        "outbox": f"/organise/{addresses['events'][0]['slug']}/mails",
    }.items():
        shoot(desktop, base + path, name)


def shoot(page: Page, address: str, name: str) -> None:
    """One picture of the window's size."""
    page.goto(address)
    page.screenshot(path=FOLDER / f"{name}.png")


def main() -> int:
    """Start a demo of its own, take the pictures, stop it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        port, folder = free_port(), Path(name)
        environment = os.environ | {
            "EVENTAPP_DATA_DIR": name,
            "PORT": str(port),
            "EVENTAPP_DEMO_PASSWORD": PASSWORD,
        }
        demo = subprocess.Popen(
            [str(Path(sys.executable).parent / "eventapp"), "demo"], env=environment
        )
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/healthz")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=find("chromium"), args=SWITCHES
                )
                take(browser, f"http://127.0.0.1:{port}", folder)
                browser.close()
        finally:
            demo.terminate()
            demo.wait(20)
    return 0


if __name__ == "__main__":
    sys.exit(main())
