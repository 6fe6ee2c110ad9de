"""A guest registers under two addresses; staff makes one of it, and the place goes to the next."""

import re
from collections.abc import Iterator

import pytest
from demo_site import PHONE, Site, sign_in
from playwright.sync_api import Page, expect

CONFIRM = re.compile("Anmeldung bestätigen|Auf die Warteliste")
FIRST, SECOND, NEXT = "udo.zwilling@werk.example", "udo@privat.example", "ina@warten.example"


def register(phone: Page, site: Site, first: str, last: str, email: str) -> None:
    """The public form, with what is required."""
    phone.goto(f"{site.small}register")
    phone.get_by_label("Vorname").first.fill(first)
    phone.get_by_label("Nachname").first.fill(last)
    phone.get_by_label("E-Mail-Adresse").first.fill(email)
    phone.get_by_label("Sektor").select_option(label="Wirtschaft")
    phone.get_by_label("Ort", exact=True).fill("Arnsberg")
    phone.locator("main form button[type=submit], main form button:not([type])").last.click()


def link_in(page: Page, site: Site, email: str, subject: str, kind: str) -> str:
    """The personal link of a mail, read where the demo keeps its mails."""
    page.goto(f"{site.addresses['outbox']}?q={email}")
    page.get_by_role("row").filter(has_text=subject).first.get_by_role("link").click()
    return str(page.locator(f"a[href*='/{kind}/']").first.get_attribute("href"))


def confirm(phone: Page, page: Page, site: Site, email: str) -> str:
    """Show by the mail that the address is one's own; gives the address of the personal page."""
    phone.goto(link_in(page, site, email, "Bitte bestätigen", "o"))
    phone.get_by_role("button", name=CONFIRM).click()
    expect(phone).to_have_url(re.compile(r"/r/"))
    return phone.url


def set_places(page: Page, site: Site, places: int) -> int:
    """Make the event larger or smaller; says how many places it had."""
    page.goto(f"{site.url}/organise/{site.addresses['events'][0]['slug']}/settings")
    field = page.get_by_label("Plätze", exact=True)
    before = int(field.input_value())
    field.fill(str(places))
    page.locator("main form").get_by_role("button", name="speichern").first.click()
    expect(field).to_have_value(str(places))
    return before


@pytest.fixture
def two_places_left(page: Page, site: Site) -> Iterator[None]:
    """The small event is nearly full, and as large as before afterwards."""
    sign_in(page, site)
    page.goto(f"{site.url}/organise/{site.addresses['events'][0]['slug']}/guests")
    taken = re.search(r"(\d+) von \d+ Plätzen", page.locator("main").inner_text())
    assert taken
    before = set_places(page, site, int(taken[1]) + 2)
    yield
    set_places(page, site, before)


@pytest.mark.usefixtures("two_places_left")
def test_one_person_with_two_addresses_has_one_place(phone: Page, page: Page, site: Site):
    slug = site.addresses["events"][0]["slug"]
    register(phone, site, "Udo", "Zwillingsbrück", FIRST)
    first = confirm(phone, page, site, FIRST)
    register(phone, site, "Udo", "Zwillingsbrueck", SECOND)
    second = confirm(phone, page, site, SECOND)
    register(phone, site, "Ina", "Wartenberg", NEXT)
    third = confirm(phone, page, site, NEXT)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Warteliste")

    page.goto(f"{site.url}/organise/{slug}/guests")
    page.get_by_role("link", name="vielleicht zweimal angemeldet").click()
    pair = page.locator("form.pair").filter(has_text=FIRST)
    expect(pair).to_contain_text("Derselbe Name, eine andere E-Mail-Adresse")
    pair.get_by_label("Diese Anmeldung bleibt").nth(1).check()
    pair.get_by_role("button", name="zusammenführen").click()
    expect(page.locator("main")).to_contain_text("Jetzt eine Anmeldung")

    phone.goto(first)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("mit einer anderen zusammen")
    assert phone.url == first
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.goto(third)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("halten Ihnen")
    counts = link_in(page, site, SECOND, "zweimal auf unserer Liste", "r")
    assert counts == second
    phone.goto(counts)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Sie sind dabei")
