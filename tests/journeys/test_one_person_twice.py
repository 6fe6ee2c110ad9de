"""A guest registers under two addresses; staff makes one of it, and the place goes to the next."""

from collections.abc import Iterator

import pytest
from demo_site import Site
from journeys.registering import confirm, link_in, places_left, register
from looks import scrolls_sideways
from playwright.sync_api import Page, expect

FIRST, SECOND, NEXT = "udo.zwilling@werk.example", "udo@privat.example", "ina@warten.example"


@pytest.fixture
def two_places_left(page: Page, site: Site) -> Iterator[None]:
    """The small event is nearly full, and as large as before afterwards."""
    with places_left(page, site, 2):
        yield


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
    assert not scrolls_sideways(phone)
    phone.goto(third)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("halten Ihnen")
    counts = link_in(page, site, SECOND, "zweimal auf unserer Liste", "r")
    assert counts == second
    phone.goto(counts)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Sie sind dabei")
