"""The day before: two sessions trade rooms, those concerned learn it, and it is taken back."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from demo_site import Site, Watch, new_draft, sign_in
from looks import faults
from playwright.sync_api import Page, expect

SHEET = """Titel;Datum;Beginn;Ende;Raum;Personen
Erste Runde;{day};15:00;15:45;Akademie 1;Ute Bergmann
Zweite Runde;{day};15:00;15:45;Akademie 2;Jan Kolb
Dritte Runde;{day};16:00;16:45;Akademie 1;Eva Stein
"""


def tomorrow() -> datetime:
    return datetime.now(UTC).astimezone(ZoneInfo("Europe/Berlin")) + timedelta(days=1)


def prepared(page: Page, site: Site) -> str:
    """A published event of tomorrow with three sessions that everybody sees."""
    slug = new_draft(page, site, "Kurzfristiges", day=f"{tomorrow():%Y-%m-%d}", starts="15:00")
    page.goto(f"{site.url}/organise/{slug}/programme/import")
    sheet = SHEET.format(day=f"{tomorrow():%d.%m.%Y}")
    page.get_by_label("Datei", exact=True).set_input_files(
        {"name": "tag.csv", "mimeType": "text/csv", "buffer": sheet.encode()}
    )
    page.get_by_role("button", name="Vorschau zeigen").click()
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.goto(f"{site.url}/organise/{slug}/programme/people")
    for name in ("Bergmann", "Kolb", "Stein"):
        page.get_by_role("link", name=re.compile(name)).first.click()
        page.get_by_label("E-Mail").fill(f"{name.lower()}@demo.example")
        page.get_by_role("button", name="Speichern").first.click()
    page.goto(f"{site.url}/organise/{slug}/programme/release")
    page.get_by_role("button", name="Jetzt veröffentlichen").click()
    page.goto(f"{site.url}/organise/{slug}/life")
    page.get_by_role("button", name="Veröffentlichen").click()
    return slug


def mails_about(page: Page, site: Site, slug: str, count: int) -> list[str]:
    """To whom mails about a change went, once there are so many."""
    page.goto(f"{site.url}/organise/{slug}/mails?q=Programmänderung")
    rows = page.get_by_role("main").get_by_role("row").filter(has_text="Programmänderung")
    for _ in range(60):
        if rows.count() >= count:
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(rows).to_have_count(count)
    return sorted(row.get_by_role("link").first.inner_text() for row in rows.all())


def test_two_sessions_trade_rooms_and_trade_back(page: Page, site: Site, watch: Watch):
    sign_in(page, site)
    slug = prepared(page, site)
    page.goto(f"{site.url}/organise/{slug}/programme/today")
    assert faults(page) == []
    page.get_by_role("link", name="Anderer Raum: Erste Runde").click()
    page.get_by_label("Wohin").select_option(
        label=page.locator("option", has_text="Zweite Runde").inner_text()
    )
    page.get_by_label("Grund, deutsch").fill("Der Beamer ist ausgefallen.")
    page.get_by_role("button", name="Was würde das bedeuten?").click()

    main = page.get_by_role("main")
    expect(main).to_contain_text("2 Personen: Ute Bergmann, Jan Kolb")
    assert faults(page) == []
    page.get_by_role("button", name="Raum jetzt ändern").click()
    expect(main).to_contain_text("Erledigt: Ab jetzt sehen es alle so.")
    assert mails_about(page, site, slug, 2) == ["Jan Kolb", "Ute Bergmann"]
    page.goto(f"{site.url}/e/{slug}/changes")
    expect(main).to_contain_text("Akademie 2 statt Akademie 1")
    expect(main).to_contain_text("Der Beamer ist ausgefallen.")
    expect(main).not_to_contain_text("Dritte Runde")

    page.goto(f"{site.url}/organise/{slug}/programme/today")
    sign = page.get_by_role("link", name="Schild für die Tür als PDF").get_attribute("href")
    assert page.request.get(f"{site.url}{sign}").body().startswith(b"%PDF")
    page.get_by_role("link", name="Rückgängig machen").click()
    expect(main).to_contain_text("2 Mails zu der Änderung sind schon hinausgegangen")
    assert faults(page) == []
    page.get_by_role("button", name="Jetzt zurücknehmen").click()
    expect(main).to_contain_text("Zurückgenommen: Alle sehen es wie zuvor.")
    assert mails_about(page, site, slug, 4).count("Jan Kolb") == 2
