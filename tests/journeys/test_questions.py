"""A choice with two places: added at a desk, answered on a phone, full for the third."""

import re

from demo_site import Site, Watch, sign_in
from looks import faults, scrolls_sideways
from playwright.sync_api import Page, expect

WORDS_WIDE = 100


def organise(site: Site, path: str) -> str:
    """A page of the organisers about the event with free places."""
    slug = site.addresses["events"][0]["slug"]
    return f"{site.url}/organise/{slug}/{path}"


def add_workshop(page: Page, site: Site) -> None:
    """One choice of two; the first has two places. And what depends on it."""
    page.goto(organise(site, "questions"))
    page.get_by_role("link", name="Auswahl, eine Möglichkeit").click()
    page.get_by_label("Frage auf Deutsch").fill("Welcher Rundgang?")
    page.get_by_label("Wozu, auf Deutsch").fill("Die Gruppen sind klein.")
    page.locator("#label_de_1").fill("Werkhalle")
    page.locator("#places_1").fill("2")
    page.locator("#label_de_2").fill("Altstadt")
    page.get_by_role("button", name="Frage hinzufügen").click()
    page.get_by_role("link", name="Zahl").click()
    expect(page.locator("#label_de_1")).to_be_hidden()
    page.get_by_label("Frage auf Deutsch").fill("Ihre Schuhgröße?")
    page.get_by_label("Wem sie gestellt wird").select_option(
        label="Wer bei „Welcher Rundgang?“ „Werkhalle“ angibt"
    )
    page.get_by_role("button", name="Frage hinzufügen").click()


def register(phone: Page, site: Site, name: str, tour: str) -> None:
    """Fill in the form of the demo's event, with this choice."""
    phone.goto(f"{site.small}register")
    phone.locator("#first_name").fill(name)
    phone.locator("#last_name").fill("Rundgang")
    phone.get_by_label("E-Mail-Adresse").fill(f"{name.lower()}@rundgang.example")
    phone.get_by_label("Sektor").select_option(label="Wirtschaft")
    phone.get_by_label("Ort", exact=True).fill("Arnsberg")
    phone.get_by_label(re.compile(f"^{tour}")).check()
    phone.get_by_label("Ihre Schuhgröße?").fill("42")
    assert not scrolls_sideways(phone)
    phone.get_by_role("button", name="Anmelden", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Postfach")


def confirm(phone: Page, page: Page, site: Site, name: str) -> None:
    """Open the link of the mail, read where the demo keeps its mails."""
    page.goto(f"{site.addresses['outbox']}?q={name.lower()}@rundgang.example")
    page.get_by_role("row").filter(has_text="Bitte bestätigen").first.get_by_role("link").click()
    phone.goto(str(page.locator("a[href*='/o/']").first.get_attribute("href")))
    phone.get_by_role("button", name="Anmeldung bestätigen").click()


def test_a_choice_with_two_places_from_the_desk_to_the_phone(phone: Page, page: Page, site: Site):
    sign_in(page, site)
    add_workshop(page, site)
    for name in ("Anne", "Bodo"):
        register(phone, site, name, "Werkhalle")
        confirm(phone, page, site, name)
        expect(phone.locator("main")).to_contain_text("Werkhalle")

    phone.goto(f"{site.small}register")
    expect(phone.locator("main")).to_contain_text("Werkhalle – ausgebucht")
    expect(phone.locator("main")).to_contain_text("Nur falls Sie bei „Welcher Rundgang?“")
    expect(phone.get_by_label(re.compile("^Werkhalle"))).to_be_disabled()
    register(phone, site, "Cleo", "Altstadt")
    confirm(phone, page, site, "Cleo")
    expect(phone.locator("main")).not_to_contain_text("42")

    page.goto(organise(site, "questions"))
    page.get_by_role("link", name="Welcher Rundgang?").click()
    page.get_by_label("Frage auf Deutsch").fill("Welchen Rundgang nehmen Sie?")
    page.locator("#label_de_1").fill("")
    page.locator("#label_de_3").fill("Museum")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert")).to_contain_text("hängt davon ab")
    page.locator("#label_de_1").fill("Halle 1")
    page.locator("#label_de_2").fill("Innenstadt")
    page.get_by_role("button", name="Speichern").click()
    second = page.locator("label[for=same_2]").bounding_box()
    assert second is not None
    assert second["width"] > WORDS_WIDE  # each tick says in words what it means
    page.locator("#label_de_2").fill("Altstadt")
    page.locator("#same_1").check()
    page.get_by_role("button", name="Speichern").click()

    page.get_by_role("link", name="Antworten", exact=True).first.click()
    table = page.get_by_role("region", name="Welchen Rundgang nehmen Sie?")
    expect(table.get_by_role("row").filter(has_text="Halle 1")).to_contain_text("2")
    expect(table.get_by_role("row").filter(has_text="Altstadt")).to_contain_text("1")
    phone.reload()
    expect(phone.locator("main")).to_contain_text("Welchen Rundgang nehmen Sie?")
    expect(phone.locator("main")).to_contain_text("Altstadt")


def test_with_script_what_is_not_asked_is_not_shown(page: Page, site: Site, watch: Watch):
    sign_in(page, site)
    page.goto(organise(site, "questions"))
    page.get_by_role("link", name="Ja oder nein").click()
    page.get_by_label("Frage auf Deutsch").fill("Kommen Sie mit dem Rad?")
    page.get_by_role("button", name="Frage hinzufügen").click()
    page.get_by_role("link", name="Text", exact=True).click()
    page.get_by_label("Frage auf Deutsch").fill("Wie schwer ist es?")
    page.get_by_label("Wem sie gestellt wird").select_option(
        label="Wer bei „Kommen Sie mit dem Rad?“ „Ja“ angibt"
    )
    page.get_by_role("button", name="Frage hinzufügen").click()

    page.goto(f"{site.small}register")
    expect(page.get_by_label("Wie schwer ist es?")).to_be_hidden()
    page.get_by_role("group", name="Kommen Sie mit dem Rad?").get_by_label("Ja").check()

    expect(page.get_by_label("Wie schwer ist es?")).to_be_visible()


def test_axe_finds_nothing_on_pages_with_questions(page: Page, site: Site, watch: Watch):
    sign_in(page, site)
    page.goto(organise(site, "questions"))
    page.get_by_role("link", name="Auswahl, mehrere Möglichkeiten").click()
    page.get_by_label("Frage auf Deutsch").fill("Was interessiert Sie?")
    page.locator("#label_de_1").fill("Radwege")
    page.locator("#places_1").fill("3")
    page.locator("#label_de_2").fill("Donaudampfschifffahrtskapitänsmützenabzeichen" * 2)
    page.get_by_role("button", name="Frage hinzufügen").click()
    paths = [organise(site, part) for part in ("questions", "questions/preview")]
    paths += [organise(site, part) for part in ("questions/answers", "questions/open")]
    guest = site.addresses["registrations"][0]
    found = {}
    for path in (*paths, f"{site.small}register", guest, f"{guest}/questions"):
        page.goto(path)
        if wrong := faults(page):
            found[path] = wrong

    assert found == {}
