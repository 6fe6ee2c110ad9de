"""How a page looks to a browser: what axe finds, and whether anything is wider than the window.

A click returns before the page it leads to has come. What is asked while one page goes and the
next arrives finds no document at all; it is asked again of the page that came.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from demo_site import AXE
from playwright.sync_api import Error, Page

WIDTHS = (1280, 360, 320)
"""Pixels: a desk's window, a small phone, and a desk's window magnified four times, in which
nothing scrolls sideways (WCAG 1.4.10)."""

HEIGHT = 900

RULES = """async () => {
  const found = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],  // else it writes down where all stands that is in order
  });
  return found.violations.map(one => one.id + ": " + one.nodes.map(n => n.target).join(" | "));
}"""

T = TypeVar("T")

ARRIVALS = 5
"""Pages that may arrive, one after another, while something is asked."""


def on_a_page_that_stays(ask: Callable[[Page], T]) -> Callable[[Page], T]:
    """What is asked again when the page went away or was still empty."""

    @wraps(ask)
    def patiently(page: Page) -> T:
        for _arrival in range(ARRIVALS):
            page.locator("body").wait_for(state="attached")
            try:
                return ask(page)
            except Error:
                page.wait_for_load_state()
        return ask(page)

    return patiently


@on_a_page_that_stays
def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands; needs a browser that runs scripts.

    At its end: there a bar that sticks to the window's lower edge lies in its own place, and not
    over half of a link that one scroll would free.
    """
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(RULES))


@on_a_page_that_stays
def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def faults_now(page: Page) -> list[str]:
    """What axe finds, and whether anything is wider than the window."""
    return violations(page) + ["scrolls sideways"] * scrolls_sideways(page)


def faults(page: Page) -> list[str]:
    """Width and what is wrong there; afterwards the window is as wide as a desk's."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if scrolls_sideways(page):
            found.append(f"{width}: scrolls sideways")
        found += [f"{width}: {fault}" for fault in violations(page)]
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    return found
