"""An organiser's way: a contact list comes in, an event is made, people are invited, the list
comes out."""

import csv
import io
import re
from pathlib import Path

import pytest
from demo_site import Site, Watch, new_draft, sign_in
from playwright.sync_api import Page, expect

LIST = """Anrede;Titel;Vorname;Nachname;Firma;PLZ;Ort;E-Mail
Frau;Dr.;Änne;Größe-Übel;Werk „Süd“ GmbH;59821;Arnsberg;aenne@reise.example
Herr;;Jürgen;Weiß;Werk „Süd“ GmbH;59494;Soest;juergen@reise.example
Frau;;Käthe;Ohneadresse;;57462;Olpe;kaethe@nirgends
"""


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    """A list as an office's spreadsheet saves it."""
    file = tmp_path / "Verteiler Messe.csv"
    file.write_bytes(LIST.encode("cp1252"))
    return file


def import_list(page: Page, site: Site, file: Path) -> None:
    """Make a distribution list, then import the file into it."""
    page.goto(f"{site.url}/organise/contacts/lists")
    page.get_by_label("Name", exact=True).fill("Reise")
    page.get_by_role("button", name=re.compile("anlegen")).click()
    page.goto(f"{site.url}/organise/contacts/import")
    page.get_by_label("Datei", exact=True).set_input_files(file)
    page.get_by_label("Alle aufnehmen in").select_option("Reise")
    page.get_by_role("button", name="Vorschau zeigen").click()
    expect(page.locator("main")).to_contain_text("Größe-Übel")
    page.get_by_role("button", name=re.compile("importieren", re.IGNORECASE)).click()


def create_event(page: Page, site: Site) -> str:
    """A new event in an existing venue, published; returns its short name."""
    slug = new_draft(page, site, "Fachimpuls „Reise“")
    page.goto(f"{site.url}/organise/{slug}/life")
    page.get_by_role("button", name="Veröffentlichen").click()
    return slug


def test_from_a_contact_list_to_an_attendee_list(
    page: Page, site: Site, watch: Watch, list_file: Path, tmp_path: Path
):
    sign_in(page, site)
    import_list(page, site, list_file)
    slug = create_event(page, site)

    page.goto(f"{site.url}/organise/{slug}/invitations/waves/new")
    page.get_by_label(re.compile(r"^Reise")).check()
    page.get_by_role("button", name=re.compile("Vorschau")).click()
    expect(page.locator("main")).to_contain_text("Sehr geehrte Frau Dr. Größe-Übel")
    page.get_by_role("button", name=re.compile("2 .*(einladen|senden|versenden)", re.I)).click()
    page.goto(f"{site.url}/organise/{slug}/mails")
    expect(page.get_by_role("main")).to_contain_text("Größe-Übel")
    page.get_by_role("link", name=re.compile("Größe-Übel")).click()
    expect(page).to_have_url(re.compile(r"/mails/[\w-]+$"))
    link = str(page.locator("a[href*='/i/']").first.get_attribute("href"))

    page.goto(link)
    page.get_by_role("button", name=re.compile("Ich nehme teil")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sie sind dabei")

    page.goto(f"{site.url}/organise/{slug}/lists/guests")
    page.get_by_label("CSV für Excel").check()
    page.get_by_label("Wofür ist die Liste?").select_option("check")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("herunterladen", re.I)).click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 2
    assert {"Weiß", "Größe-Übel"} & set(rows[1])
