"""Anybody registers on a phone, without JavaScript: from the event's page to their own."""

import re

from demo_site import Site, sign_in
from looks import scrolls_sideways
from playwright.sync_api import Page, expect


def fill_in(page: Page, first: str, last: str, email: str) -> None:
    """What is required, and nothing else."""
    page.get_by_label("Vorname").first.fill(first)
    page.get_by_label("Nachname").first.fill(last)
    page.get_by_label("E-Mail-Adresse").first.fill(email)
    page.get_by_label("Sektor").select_option(label="Wirtschaft")
    page.get_by_label("Ort", exact=True).fill("Arnsberg")


def link_of(page: Page, site: Site, email: str) -> str:
    """The link to confirm, read where the demo keeps its mails."""
    sign_in(page, site)
    page.goto(f"{site.addresses['outbox']}?q={email}")
    row = page.get_by_role("row").filter(has_text="Bitte bestätigen").first
    row.get_by_role("link").click()
    return str(page.locator("a[href*='/o/']").first.get_attribute("href"))


def test_a_person_registers_mends_a_mistake_and_confirms(phone: Page, page: Page, site: Site):
    phone.goto(site.small)
    phone.get_by_role("link", name="Anmelden").click()
    fill_in(phone, "Hermine", "", "hermine.phone@werk.example")
    phone.get_by_role("button", name="Anmelden", exact=True).click()
    expect(phone.get_by_role("alert").get_by_role("link")).to_have_count(1)
    expect(phone.locator("#first_name")).to_have_value("Hermine")
    phone.locator("#last_name").fill("Äußerlich")
    phone.locator("#last_name").press("Enter")

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Postfach")
    phone.goto(link_of(page, site, "hermine.phone@werk.example"))
    expect(phone.locator("main")).to_contain_text("Hermine Äußerlich")
    phone.get_by_role("button", name="Anmeldung bestätigen").click()

    expect(phone).to_have_url(re.compile(r"/r/"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Sie sind dabei")


def test_three_colleagues_are_registered_with_one_form(phone: Page, site: Site):
    phone.goto(f"{site.small}register")
    fill_in(phone, "Eva", "Öhm", "eva.oehm@werk.example")
    for _ in range(2):
        phone.get_by_role("button", name="Weitere Person anmelden").click()
    for number, name in ((1, "Udo"), (2, "Jan")):
        phone.locator(f"#first_name_{number + 1}").fill(name)
        phone.locator(f"#last_name_{number + 1}").fill("Öhm")
    phone.get_by_label("Organisation").fill("Werk Nord GmbH")
    assert not scrolls_sideways(phone)
    phone.get_by_role("button", name="3 Personen anmelden").click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Postfach")
