"""The screen in the foyer: large enough for the room, nothing cut, going on without a network."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.request import urlopen

import pytest
from demo_site import Site
from looks import violations
from playwright.sync_api import Browser, Page, Route, expect

CAP_HEIGHT = 0.689
"""How high a capital of Fira Sans is, in em."""
DISTANCE_MM = 10_000
SCREEN_HEIGHT_MM = 43 * 25.4 * 9 / (16**2 + 9**2) ** 0.5
SIZES = [(1920, 1080), (1280, 720)]
IN_THE_MIDDLE = timedelta(minutes=95)  # of the first talk rounds
LARGE = ".stage__heading, .stage__clock, .stage__body p, .stage__body h2"


def pixels_needed(height: int) -> float:
    """Letters are read at 200 times their height: what that is on a screen of 43 inches."""
    return DISTANCE_MM / 200 / SCREEN_HEIGHT_MM * height / CAP_HEIGHT


class Foyer:
    """A screen in a browser whose server says that it is some other time."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page, self.site = page, site
        with urlopen(site.full) as answer:
            found = re.search(rb'ld\+json">(.*?)</script>', answer.read(), re.DOTALL)
        self.starts = datetime.fromisoformat(json.loads(found[1])["startDate"])
        self.now = self.starts

    def open(self, at: timedelta, query: str = "") -> None:
        """The screen at a moment, counted from the event's beginning."""
        self.now = self.starts + at
        self.page.clock.install(time=self.now - timedelta(minutes=7))  # the device is behind
        self.page.route("**/screen*", self._answer)
        self.page.goto(f"{self.site.full}screen{query}")
        expect(self.page.locator(".stage__clock")).to_have_text(f"{self.now:%H:%M}")

    def _answer(self, route: Route) -> None:
        answer = route.fetch()
        date = format_datetime(self.now.astimezone(UTC), usegmt=True)
        route.fulfill(response=answer, headers={**answer.headers, "date": date})

    def later(self, **time: float) -> None:
        """Time goes by, for the server as for the device."""
        passed = int(timedelta(**time).total_seconds())
        step = 1 if passed <= 60 else passed  # what it asks for is answered between two steps
        for _step in range(0, passed, step):
            self.now += timedelta(seconds=step)
            self.page.clock.run_for(step * 1000)

    def disconnect(self) -> None:
        """The network is away, for real."""
        self.page.unroute("**/screen*")
        self.page.context.set_offline(True)

    def connect(self) -> None:
        """It is back."""
        self.page.context.set_offline(False)
        self.page.route("**/screen*", self._answer)

    def one_round(self) -> list[str]:
        """All that is shown until it begins anew."""
        seen: list[str] = []
        for _second in range(240):
            text = " ".join(self.page.locator(".stage__head, .stage__body").all_inner_texts())
            if not seen or seen[-1] != text:
                if text in seen:
                    break
                seen.append(text)
            self.later(seconds=1)
        return seen


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def foyer(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Foyer]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="de-DE")
    foyer = Foyer(context.new_page(), site)
    yield foyer
    foyer.page.unroute_all(behavior="wait")  # an answer under way is not cut off by the end
    context.close()


def test_it_is_read_from_ten_metres_and_nothing_is_cut(foyer: Foyer):
    foyer.open(IN_THE_MIDDLE, "?lang=de")
    needed = pixels_needed(foyer.page.viewport_size["height"])
    shown = []
    for _page in range(8):
        sizes = foyer.page.locator(LARGE).evaluate_all(
            "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(sizes) >= needed
        body = foyer.page.locator(".stage__body")
        assert body.evaluate(
            "one => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth"
        )
        shown.append(foyer.page.locator(".stage").inner_text())
        foyer.later(seconds=9)
    whole = " ".join(" ".join(shown).split())
    for words in ("Jetzt bis 17:35", "Akademie 1", "Akademie 2", "Werkstatt", "Danach 17:45", "T4"):
        assert words in whole


def test_german_and_english_take_turns(foyer: Foyer):
    foyer.open(IN_THE_MIDDLE)

    seen = " ".join(foyer.one_round())

    assert "Jetzt bis 17:35" in seen
    assert "Now until 17:35" in seen


def test_before_and_after_it_says_so(foyer: Foyer):
    foyer.open(timedelta(days=-1), "?lang=de")
    expect(foyer.page.locator(".stage")).to_contain_text("Herzlich willkommen")
    foyer.now = foyer.starts + timedelta(days=1)
    foyer.later(seconds=25)  # asks, and hears what time it is
    expect(foyer.page.locator(".stage")).to_contain_text("Vielen Dank")


def test_without_a_network_it_goes_on_by_the_clock_and_says_of_when_it_is(foyer: Foyer):
    foyer.open(IN_THE_MIDDLE, "?lang=de")
    expect(foyer.page.locator(".stage__stand")).to_have_text("Stand 17:05 Uhr")

    foyer.disconnect()
    foyer.later(minutes=1)
    expect(foyer.page.locator(".stage__stand")).to_have_text("Keine Verbindung, Stand 17:05 Uhr")
    expect(foyer.page.locator(".stage__heading")).to_contain_text(re.compile("17:35|17:45"))
    foyer.later(minutes=45)
    expect(foyer.page.locator(".stage__clock")).to_have_text("17:51")
    expect(foyer.page.locator(".stage__heading")).to_contain_text(re.compile("18:30|18:45"))

    foyer.connect()
    foyer.later(seconds=30)
    expect(foyer.page.locator(".stage__stand")).to_have_text("Stand 17:51 Uhr")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_but_words_stays_on_the_screen(foyer: Foyer, scheme: str):
    foyer.page.emulate_media(color_scheme=scheme)
    foyer.open(IN_THE_MIDDLE, "?lang=de")
    assert violations(foyer.page) == []
    pause = foyer.page.get_by_role("button", name="Anhalten")
    expect(pause).to_have_css("position", "absolute")  # out of sight

    foyer.page.keyboard.press("Tab")
    expect(pause).to_be_focused()
    expect(pause).to_have_css("position", "static")
    foyer.page.keyboard.press("Enter")
    before = foyer.page.locator(".stage__body").inner_text()
    foyer.later(minutes=2)
    assert foyer.page.locator(".stage__body").inner_text() == before
