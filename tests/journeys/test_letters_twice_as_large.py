"""A guest has set letters twice as large on a phone: every page stacks, nothing is cut or torn."""

from collections.abc import Iterator
from typing import Any

import pytest
from demo_site import PHONE, Site
from journeys.registering import confirm, places_left, register, set_places
from playwright.sync_api import BrowserType, Page, expect

TWICE = "--blink-settings=defaultFontSize=32"
GUEST = -1  # of the personal pages that the demo names; other journeys change the first ones
WAITING = "gro.schrift@warten.example"
FOR_EVERYBODY = (
    "/",
    "/e/{full}/",
    "/e/{small}/",
    "/e/{full}/register",
    "/e/{small}/register",
    "/e/{small}/register/sent",
    "/e/{small}/deleted",
    "/deleted",
    "/link",
    "/o/nothing",
    "/imprint",
    "/privacy",
    "/accessibility",
    "/nowhere",
)
OF_A_GUEST = (
    "",
    "/companions",
    "/needs",
    "/details",
    "/address",
    "/cancel",
    "/substitute",
    "/data",
    "/delete",
)
OF_THE_INVITED = ("", "/substitute", "/not-me", "/data", "/delete")
FAULTS = """() => {
  const width = document.documentElement.clientWidth, faults = new Set();
  if (document.documentElement.scrollWidth > width) faults.add("scrolls sideways");
  const above = function* (e) { for (; e; e = e.parentElement) yield e; };
  const isForScreenReaders = e => getComputedStyle(e).clipPath !== "none"
    || e.matches(".skip, .trap, .kern-sr-only, script, style");
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const parent = node.parentElement, said = node.data.trim();
    if (!said || !parent.checkVisibility() || [...above(parent)].some(isForScreenReaders)) continue;
    const cutting = [...above(parent)].filter(e => getComputedStyle(e).overflowX !== "visible")
      .map(e => e.getBoundingClientRect());
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.left < -1 || box.right > width + 1) faults.add("outside: " + said);
      if (cutting.some(r => box.left < r.left - 1 || box.right > r.right + 1))
        faults.add("cut: " + said);
    }
    for (const word of node.data.matchAll(/[^\\s\\u00ad\\u2013-]+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
      if (lines > 1 && word[0].length / lines < 5) faults.add("torn: " + word[0]);
    }
  }
  return [...faults];
}"""


@pytest.fixture
def large(
    database_url: str, browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Page]:
    """The phone: German on one database, English on the other."""
    args = [*browser_type_launch_args["args"], TWICE]
    browser = browser_type.launch(**browser_type_launch_args | {"args": args})
    locale = "de-DE" if database_url.startswith("sqlite") else "en-GB"
    yield browser.new_context(viewport=PHONE, locale=locale).new_page()
    browser.close()


def faults_on(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """Address → what is outside of the window, cut off, or torn into syllables."""
    found: dict[str, list[str]] = {}
    for address in addresses:
        page.goto(address)
        page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        if faults := page.evaluate(FAULTS):
            found[address] = faults
    return found


def test_pages_for_everybody(large: Page, site: Site):
    small, full = (event["slug"] for event in site.addresses["events"])

    pages = [site.url + path.format(small=small, full=full) for path in FOR_EVERYBODY]

    assert faults_on(large, pages) == {}


def test_pages_of_a_guest_and_of_the_invited(large: Page, site: Site):
    own, asked = site.addresses["registrations"][GUEST], site.addresses["invitations"]

    pages = [f"{own}{part}" for part in OF_A_GUEST]
    pages += [f"{link}{part}" for link in asked for part in OF_THE_INVITED]

    assert faults_on(large, pages) == {}


def test_the_ticket_has_one_column_and_its_code_stays_square(large: Page, site: Site):
    large.goto(site.addresses["registrations"][GUEST])

    facts = large.locator(".pass dl > div").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().left))"
    )
    code = large.locator(".qr").bounding_box()

    assert len(facts) > 2
    assert len(set(facts)) == 1
    assert code is not None
    assert code["width"] == pytest.approx(code["height"], abs=1)
    assert code["width"] > PHONE["width"] / 2


def test_the_page_of_whom_a_place_is_offered(large: Page, phone: Page, page: Page, site: Site):
    with places_left(page, site, 0) as places:
        register(phone, site, "Gro", "Schriftgiesser", WAITING)
        link = confirm(phone, page, site, WAITING)
        set_places(page, site, places + 1)

        faults = faults_on(large, [link, f"{link}/companions"])

        phone.goto(link)
        expect(phone.get_by_role("heading", level=1)).to_contain_text("halten Ihnen einen Platz")
        phone.get_by_role("button", name="Platz ablehnen").click()
    assert faults == {}
