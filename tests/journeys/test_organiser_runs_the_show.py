"""The plan comes out of the programme, the day runs late, and a crew without accounts sees it."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from demo_site import PHONE, Site, Watch, sign_in
from looks import faults
from playwright.sync_api import Browser, Page, expect

ZONE = ZoneInfo("Europe/Berlin")


@pytest.fixture
def crew(browser: Browser, site: Site):
    """The phone of a technician who has no account."""
    context = browser.new_context(viewport=PHONE, locale="de-DE", timezone_id="Europe/Berlin")
    yield context.new_page()
    context.close()


def test_a_late_show_reaches_the_phones_of_the_crew(
    page: Page, site: Site, watch: Watch, crew: Page
):
    base = f"{site.url}/organise/{re.search(r'/e/([^/]+)/', site.small)[1]}"
    main = page.get_by_role("main")
    sign_in(page, site)
    page.goto(f"{base}/programme")
    page.get_by_role("link", name="Regieplan").click()
    page.get_by_role("button", name="Programmpunkte übernehmen").click()
    expect(main).to_contain_text("haben jetzt eine Zeile")

    soon = datetime.now(ZONE) + timedelta(hours=3)
    page.get_by_role("link", name="Zeile hinzufügen").click()
    page.get_by_label("Tag", exact=True).fill(f"{soon:%Y-%m-%d}")
    page.get_by_label("Beginn", exact=True).fill(f"{soon:%H:%M}")
    page.get_by_label("Was", exact=True).fill("Probe mit allen")
    page.get_by_label("Ton").fill("Headset 1 und 2")
    page.get_by_role("button", name="Speichern").click()
    expect(main).to_contain_text("Headset 1 und 2")
    assert faults(page) == []

    page.get_by_role("link", name="Link für eine Crew ohne Konto").click()
    page.get_by_role("button", name="Link öffnen").click()
    link = page.locator(".show__link a").get_attribute("href")
    assert faults(page) == []
    crew.goto(link)
    following = crew.locator('[data-list="next"]')
    expect(following).to_contain_text("Probe mit allen")
    expect(following.locator("[data-count]")).to_contain_text(re.compile(r"in 2:5\d:\d\d"))
    expect(crew.locator("[data-away]")).to_be_hidden()
    assert faults(crew) == []

    page.goto(f"{base}/run-of-show")
    page.get_by_role("row").filter(has_text="Probe mit allen").get_by_role(
        "link", name="Verspätung"
    ).click()
    page.get_by_role("link", name="+10 min").click()
    expect(main).to_contain_text(f"{soon + timedelta(minutes=10):%H:%M}")
    expect(main).to_contain_text("Was Gäste lesen, bleibt")
    assert faults(page) == []
    page.get_by_role("button", name="Um +10 min verschieben").click()
    expect(main).to_contain_text("Der Regieplan ist verschoben: +10 min.")

    expect(following).to_contain_text("+10 min", timeout=25_000)
    expect(following.locator("[data-count]")).to_contain_text(re.compile(r"in 3:0\d:\d\d"))

    crew.context.set_offline(True)
    expect(crew.locator("[data-away]")).to_contain_text("Keine Verbindung.", timeout=25_000)
    expect(following).to_contain_text("Probe mit allen")
    assert faults(crew) == []
    crew.context.set_offline(False)
    expect(crew.locator("[data-away]")).to_be_hidden(timeout=25_000)

    crew.get_by_role("link", name="Ganzer Plan").click()
    expect(crew.get_by_role("main")).to_contain_text("Headset 1 und 2")
    expect(crew.get_by_role("link", name="Ändern")).to_have_count(0)
    assert faults(crew) == []

    page.get_by_role("link", name="Letzten Schritt rückgängig machen").click()
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto(f"{base}/run-of-show/crew")
    page.get_by_role("button", name="Link schließen").click()
    expect(main).to_contain_text("öffnet nichts mehr")
    crew.goto(link)
    expect(crew.get_by_role("main")).to_contain_text("gibt es nicht")
