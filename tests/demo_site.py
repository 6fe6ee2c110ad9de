"""A running demo and what tests want to know of its pages."""

import re
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"

PHONE = {"width": 360, "height": 740}
"""A small phone held upright."""


@dataclass
class Site:
    """A running demo: where it answers, and what its demo.json says."""

    url: str
    folder: Path
    addresses: dict[str, Any] = field(default_factory=dict)

    @property
    def small(self) -> str:
        """The public page of the event with free places."""
        return str(self.addresses["events"][0]["public"])

    @property
    def full(self) -> str:
        """The public page of the event that is full."""
        return str(self.addresses["events"][1]["public"])


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Watch:
    """What a page did that it should not: console errors, failed or foreign requests."""

    own: str
    faults: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on(
            "console",
            lambda text: (
                text.type in {"error", "warning"} and self.faults.append(f"console: {text.text}")
            ),
        )
        page.on("pageerror", lambda problem: self.faults.append(f"script: {problem}"))
        page.on(
            "request",
            lambda request: (
                request.url.startswith((self.own, "data:"))
                or self.faults.append(f"foreign: {request.url}")
            ),
        )


def sign_in(page: Page, site: Site, role: str = "organiser") -> None:
    """Sign in by the form, as people do."""
    person = site.addresses["signin"][role]
    page.goto(site.addresses["signin"]["url"])
    page.locator("input[name=email]").fill(person["email"])
    page.locator("input[name=password]").fill(person["password"])
    page.locator("main form button").click()
    page.wait_for_url(f"{site.url}/organise/")


def new_draft(
    page: Page,
    site: Site,
    title: str,
    *,
    day: str = "2031-05-08",
    starts: str = "16:00",
    places: int = 2,
) -> str:
    """A new event at a place with rooms, not published; returns its short name."""
    page.goto(f"{site.url}/organise/events/new")
    page.get_by_label("Titel, deutsch").fill(title)
    page.get_by_label("Tag", exact=True).fill(day)
    page.get_by_label("Beginn").fill(starts)
    page.get_by_label("Ende", exact=True).fill("19:00")
    page.get_by_label("Plätze").fill(str(places))
    page.get_by_label("Veranstaltungsort").select_option(label="Lichtforum, Arnsberg")
    page.get_by_role("button", name="Entwurf anlegen").click()
    expect(page).not_to_have_url(re.compile("/new$"))
    return str(re.search(r"/organise/([^/]+)/", page.url)[1])
