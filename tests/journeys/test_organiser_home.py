"""An organiser's home: what is missing is mended and gone, a mistake is undone, all is found."""

import re

import pytest
from demo_site import Site, Watch, new_draft, sign_in
from playwright.sync_api import Browser, Page, expect


def home_of(address: str) -> str:
    """The organisers' page of an event whose public page this is."""
    return address.replace("/e/", "/organise/")


def test_a_missing_english_title_is_mended_where_its_link_leads(
    page: Page, site: Site, watch: Watch
):
    sign_in(page, site)
    page.goto(home_of(site.small))
    missing = page.get_by_role("link", name=re.compile("^Texte auf Englisch: Podium"))

    missing.click()
    expect(page).to_have_url(re.compile(r"/programme/\d+#title_en$"))
    page.locator("#title_en").fill("Panel: What the transport associations add")
    page.get_by_role("button", name="Speichern").first.click()
    page.goto(home_of(site.small))

    expect(page.get_by_role("heading", name="Es fehlt")).to_be_visible()
    expect(missing).to_have_count(0)


def places_on(page: Page, site: Site) -> int:
    """The first figure of the home: how many places are taken."""
    page.goto(home_of(site.small))
    return int(page.locator(".figures dd").first.inner_text().split()[0])


def test_a_guest_cancelled_by_mistake_has_the_place_again(page: Page, site: Site, watch: Watch):
    sign_in(page, site)
    before = places_on(page, site)
    page.goto(f"{home_of(site.small)}guests?group=confirmed")
    page.locator("tbody a").first.click()
    expect(page.get_by_text("Für diesen Gast stornieren")).to_be_visible()
    name = page.get_by_role("heading", level=1).inner_text()
    page.get_by_text("Für diesen Gast stornieren").click()
    page.get_by_role("button", name="Anmeldung stornieren").click()
    assert places_on(page, site) < before

    undo = re.compile(f"^Rückgängig machen: Sönke Vaßholz storniert für .*{name.split()[-1]}")
    page.get_by_role("link", name=undo).click()
    expect(page.get_by_role("main")).to_contain_text("Der Gast hat den Platz wieder")
    page.get_by_role("button", name="Rückgängig machen").click()

    expect(page).to_have_url(home_of(site.small))
    expect(page.get_by_role("main")).to_contain_text("Die Stornierung ist rückgängig gemacht.")
    expect(page.get_by_role("link", name=undo)).to_have_count(0)
    assert places_on(page, site) == before


def test_the_search_is_used_by_keyboard_alone(page: Page, site: Site, watch: Watch):
    sign_in(page, site)
    page.goto(f"{site.url}/organise/contacts")

    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Person, Programmpunkt oder Veranstaltung")
    expect(field).to_be_focused()
    page.keyboard.type("muessenich")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/organise/search\?q=muessenich$"))
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name=re.compile("Müßenich-Tross"))).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/programme/people/\d+$"))


def test_a_slash_in_a_text_is_a_slash(page: Page, site: Site):
    sign_in(page, site)
    page.goto(f"{site.url}/organise/contacts/new")
    field = page.get_by_label("Vorname")

    field.press_sequentially("a/b")

    expect(field).to_have_value("a/b")


def test_the_open_page_tells_what_is_new_by_itself(page: Page, site: Site, browser: Browser):
    page.clock.install()
    sign_in(page, site)
    page.goto(home_of(site.full))
    waiting = page.locator(".figures > div").filter(has_text="Warteliste").locator("dd").first
    before = int(waiting.inner_text())
    page.get_by_text("Als Tabelle").click()
    colleague = browser.new_context(locale="de-DE").new_page()
    sign_in(colleague, site)
    colleague.goto(f"{home_of(site.full)}guests?group=waiting")
    colleague.locator("tbody a").last.click()
    colleague.get_by_text("Für diesen Gast stornieren").click()
    colleague.get_by_role("button", name="Anmeldung stornieren").click()
    expect(colleague.get_by_role("main")).to_contain_text("storniert.")

    page.clock.run_for(21_000)

    expect(waiting).to_have_text(str(before - 1))
    expect(page.get_by_role("main")).to_contain_text("Sönke Vaßholz storniert für")
    expect(page.locator("figure details")).to_have_attribute("open", "")
    colleague.context.close()


def test_a_lost_connection_is_said(page: Page, site: Site):
    page.clock.install()
    sign_in(page, site)
    page.goto(home_of(site.full))

    page.context.set_offline(True)
    page.clock.run_for(21_000)

    expect(page.get_by_role("status")).to_contain_text("Die Verbindung ist unterbrochen.")
    page.context.set_offline(False)
    page.clock.run_for(21_000)
    expect(page.locator("[data-away]")).to_be_hidden()


@pytest.fixture
def phone(browser: Browser) -> Page:
    """A phone-sized window of a German reader whose browser runs no script."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="de-DE"
    )
    yield context.new_page()
    context.close()


def test_on_a_phone_without_script_the_search_is_one_tap_away(phone: Page, site: Site):
    sign_in(phone, site)
    phone.goto(home_of(site.full))

    phone.get_by_role("banner").get_by_role("link", name="Suchen").click()
    phone.get_by_role("searchbox").fill("müßenich")
    phone.get_by_role("button", name="Suchen").click()

    expect(phone.get_by_role("link", name=re.compile("Müßenich-Tross"))).to_be_visible()


def test_a_draft_begun_by_mistake_is_deleted(page: Page, site: Site):
    sign_in(page, site)
    slug = new_draft(page, site, "Versehen")
    page.goto(f"{site.url}/organise/{slug}/life")

    page.get_by_role("link", name=re.compile("Entwurf löschen")).click()
    page.get_by_role("button", name="Entwurf löschen").click()

    expect(page.get_by_role("main")).to_contain_text("Der Entwurf „Versehen“ ist gelöscht.")
    assert page.goto(f"{site.url}/organise/{slug}/").status == 404
