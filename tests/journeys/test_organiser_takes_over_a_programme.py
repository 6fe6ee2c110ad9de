"""An organiser takes over last year's schedule.xml: preview, oddities, take over, and once more."""

from pathlib import Path

from demo_site import Site, new_draft, sign_in
from looks import scrolls_sideways, violations
from playwright.sync_api import Page, expect

FAIR = Path(__file__).parents[1] / "programme" / "files" / "fair.schedule.xml"


def new_event(page: Page, site: Site) -> str:
    """A draft of an event at a place with rooms; returns its short name."""
    return new_draft(
        page, site, "Messe der Möglichkeiten", day="2031-06-24", starts="10:00", places=20
    )


def upload(page: Page) -> None:
    page.get_by_role("link", name="Übernehmen", exact=True).click()
    page.get_by_label("Datei", exact=True).set_input_files(FAIR)
    page.get_by_role("button", name="Vorschau zeigen").click()


def expect_sound(page: Page) -> None:
    """Axe finds nothing and nothing sticks out, with everything unfolded, wide and narrow."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_last_years_programme_comes_in_on_this_years_day(reader: Page, site: Site):
    page = reader
    sign_in(page, site)
    slug = new_event(page, site)
    page.goto(f"{site.url}/organise/{slug}/programme")

    upload(page)
    expect(page.get_by_role("main")).to_contain_text(
        "Keiner dieser Tage liegt in der Veranstaltung"
    )
    page.get_by_text("Keine gültige GUID").click()
    expect(page.get_by_text("kein-guid")).to_be_visible()

    page.get_by_role("button", name="Programm verschieben").click()
    expect(page.get_by_role("main")).to_contain_text("Das Programm ist am Di., 24.06.2031")
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Neues steht als Entwurf im Programm")
    page.get_by_role("link", name="Zum Programm").click()
    expect(page.get_by_role("main")).to_contain_text("Warum Quitten reifen")

    upload(page)
    page.get_by_role("button", name="Programm verschieben").click()
    expect(page.get_by_role("main")).to_contain_text("Es gibt nichts zu übernehmen")


def test_what_is_told_of_a_file_can_be_read_by_everybody(page: Page, site: Site):
    sign_in(page, site)
    page.goto(f"{site.url}/organise/{new_event(page, site)}/programme")
    page.get_by_role("link", name="Übernehmen", exact=True).click()
    expect_sound(page)
    page.get_by_label("Oder der Text einer Datei").fill(FAIR.read_text(encoding="utf-8"))
    page.get_by_role("button", name="Vorschau zeigen").click()
    expect(page.get_by_role("main")).to_contain_text("Keiner dieser Tage")

    expect_sound(page)
