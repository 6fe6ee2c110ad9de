"""The panel is moved: guests see the old time until it is released, then all concerned know."""

import re
from datetime import datetime, timedelta

from demo_site import Site, Watch, sign_in
from looks import faults
from playwright.sync_api import Page, expect

PANEL = "Digitales Forum Arnsberg (Podium)"


def earlier(clock: str) -> str:
    """Five minutes before, as a clock shows it."""
    return f"{datetime.strptime(clock, '%H:%M') - timedelta(minutes=5):%H:%M}"


def wait_until_told(page: Page, people: int) -> None:
    """The worker writes to them; the page says so when it is looked at again."""
    done = page.get_by_text(f"{people} Personen wurden angeschrieben.")
    for _ in range(60):
        if done.is_visible():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(done).to_be_visible()


def test_a_moved_panel_is_public_and_told_once_it_is_released(page: Page, site: Site, watch: Watch):
    public = next(one["public"] for one in site.addresses["events"] if "digitale" in one["slug"])
    base = f"{site.url}/organise/{re.search(r'/e/([^/]+)/', public)[1]}"
    sign_in(page, site)
    page.goto(f"{base}/programme")
    page.get_by_role("link", name=PANEL).first.click()
    starts, ends = page.locator("[name=starts]"), page.locator("[name=ends]")
    old = f"{starts.input_value()}–{ends.input_value()}"
    new = f"{earlier(starts.input_value())}–{earlier(ends.input_value())}"
    starts.fill(new.split("–")[0])
    ends.fill(new.split("–")[1])
    page.get_by_role("button", name="Speichern").first.click()

    page.goto(public)
    expect(page.locator("#inhalt")).to_contain_text(old)
    expect(page.locator("#inhalt")).not_to_contain_text(new)

    page.goto(f"{base}/programme")
    expect(page.get_by_role("main")).to_contain_text("Veröffentlicht, eine Änderung wartet")
    page.get_by_role("link", name="Veröffentlichen", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(f"{new} Uhr statt {old} Uhr")
    assert faults(page) == []
    people = int(re.search(r"(\d+) Personen:", page.get_by_role("main").inner_text())[1])
    page.get_by_label("Ihre Nachricht, deutsch").fill("Das Podium beginnt früher.")
    page.get_by_role("button", name="Jetzt veröffentlichen").click()
    expect(page.get_by_role("main")).to_contain_text(f"{people} Personen müssen noch erfahren")
    assert faults(page) == []
    page.get_by_role("button", name="Jetzt versenden").click()
    wait_until_told(page, people)

    page.goto(public)
    expect(page.locator("#inhalt")).to_contain_text(new)
    expect(page.locator("#inhalt")).not_to_contain_text(old)
    page.get_by_role("link", name="Was sich geändert hat").click()
    expect(page.get_by_role("main")).to_contain_text("Das Podium beginnt früher.")
    assert faults(page) == []
    for path in ("", "/1", "/compare?from=1&to=2"):
        page.goto(f"{base}/programme/versions{path}")
        expect(page.get_by_role("main")).to_contain_text(PANEL if path else "Fassung 2")
        assert faults(page) == []
    page.goto(f"{base}/mails?q=Programmänderung")
    rows = page.get_by_role("main").get_by_role("row").filter(has_text="Programmänderung")
    expect(rows).to_have_count(people)
    names = [row.get_by_role("link").first.inner_text() for row in rows.all()]
    assert len(set(names)) == people
