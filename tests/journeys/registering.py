"""What several journeys do first: register by the public form, change the number of places."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from demo_site import Site, sign_in
from playwright.sync_api import Page, expect

CONFIRM = re.compile("Anmeldung bestätigen|Auf die Warteliste")


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


@contextmanager
def places_left(page: Page, site: Site, left: int) -> Iterator[int]:
    """The small event has so many free places, and is as large as before afterwards; gives how
    many it has in all."""
    sign_in(page, site)
    page.goto(f"{site.url}/organise/{site.addresses['events'][0]['slug']}/guests")
    taken = re.search(r"(\d+) von \d+ Plätzen", page.locator("main").inner_text())
    assert taken
    places = int(taken[1]) + left
    before = set_places(page, site, places)
    yield places
    set_places(page, site, before)
