"""Who registered by the public form names a substitute on a phone, without JavaScript."""

import re

import pytest
from demo_site import Site, sign_in
from looks import scrolls_sideways
from playwright.sync_api import Page, expect


@pytest.fixture
def desk(page: Page, site: Site) -> Page:
    """Where the demo keeps its mails."""
    sign_in(page, site)
    return page


def link_in_mail(desk: Page, site: Site, email: str, subject: str, kind: str) -> str:
    """The link of that kind in the mail to this address."""
    desk.goto(f"{site.addresses['outbox']}?q={email}")
    desk.get_by_role("row").filter(has_text=subject).first.get_by_role("link").click()
    return str(desk.locator(f"a[href*='/{kind}/']").first.get_attribute("href"))


def register(phone: Page, desk: Page, site: Site, last_name: str) -> None:
    """By the public form, to the personal page."""
    email = f"{last_name.lower()}@werk.example"
    phone.goto(f"{site.small}register")
    phone.get_by_label("Vorname").first.fill("Hermine")
    phone.get_by_label("Nachname").first.fill(last_name)
    phone.get_by_label("E-Mail-Adresse").first.fill(email)
    phone.get_by_label("Sektor").select_option(label="Wirtschaft")
    phone.get_by_label("Ort", exact=True).fill("Arnsberg")
    phone.get_by_role("button", name="Anmelden", exact=True).click()
    phone.goto(link_in_mail(desk, site, email, "Bitte bestätigen", "o"))
    phone.get_by_role("button", name="Anmeldung bestätigen").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Sie sind dabei")


def name(phone: Page, first: str, email: str) -> None:
    """On the page that asks who comes."""
    phone.get_by_label("Vorname").fill(first)
    phone.get_by_label("Nachname").fill("Vertreterin")
    phone.get_by_label("E-Mail-Adresse").fill(email)
    phone.get_by_role("button", name="Vertretung einladen").click()


def test_a_guest_sends_somebody_who_says_no(phone: Page, desk: Page, site: Site):
    register(phone, desk, site, "Absender")
    own = phone.url
    phone.get_by_role("link", name="Vertretung benennen").click()
    assert not scrolls_sideways(phone)
    name(phone, "Ludmila", "ludmila@werk")
    expect(phone.get_by_role("alert").get_by_role("link")).to_have_count(1)
    expect(phone.get_by_label("Vorname")).to_have_value("Ludmila")
    phone.get_by_label("E-Mail-Adresse").fill("ludmila.phone@werk.example")
    phone.get_by_role("button", name="Vertretung einladen").click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Vertretung benannt")
    expect(phone.locator("main")).to_contain_text("Eine Antwort steht noch aus")
    assert not scrolls_sideways(phone)
    phone.goto(link_in_mail(desk, site, "ludmila.phone@werk.example", "Einladung", "i"))
    expect(phone.locator("main")).to_contain_text("Hermine Absender hat Sie als Vertretung benannt")
    phone.get_by_role("button", name=re.compile("nicht")).click()

    phone.goto(own)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Ihre Vertretung kommt nicht")
    expect(phone.get_by_role("link", name="Wieder anmelden")).to_be_visible()
    assert not scrolls_sideways(phone)


def test_a_guest_comes_after_all_and_then_sends_somebody_who_says_yes(
    phone: Page, desk: Page, site: Site
):
    register(phone, desk, site, "Wankelmut")
    own = phone.url
    phone.get_by_role("link", name="Vertretung benennen").click()
    name(phone, "Anna", "anna.phone@werk.example")
    phone.get_by_role("button", name="Doch selbst kommen").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Sie sind dabei")

    phone.get_by_role("link", name="Vertretung benennen").click()
    name(phone, "Berta", "berta.phone@werk.example")
    phone.get_by_role("link", name="Jemand anderen benennen").click()
    name(phone, "Carla", "carla.phone@werk.example")
    phone.goto(link_in_mail(desk, site, "carla.phone@werk.example", "Einladung", "i"))
    phone.get_by_role("button", name=re.compile("Ich nehme")).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Sie sind dabei")

    phone.goto(own)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Ihre Vertretung kommt")
    expect(phone.locator("main")).to_contain_text("Carla Vertreterin hat zugesagt")
