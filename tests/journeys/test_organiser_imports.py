"""A long contact list in a real browser: with the script that shows how far it is, and without."""

import re
from pathlib import Path

import pytest
from demo_site import Site, sign_in
from playwright.sync_api import Page, expect

ROWS = 6000
PATIENCE = 60_000


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    """More rows than are read within a second."""
    rows = (f"Änne;Größe{n};aenne{n}@lang.example" for n in range(ROWS))
    file = tmp_path / "lang.csv"
    file.write_text("\n".join(["Vorname;Nachname;E-Mail", *rows]), encoding="cp1252")
    return file


def import_and_take_back(page: Page, site: Site, file: Path) -> None:
    """From the file to the address book, and back: the next test finds the demo as it was."""
    sign_in(page, site)
    page.goto(f"{site.url}/organise/contacts/import")
    page.get_by_label("Datei", exact=True).set_input_files(file)
    page.get_by_role("button", name="Vorschau zeigen").click()
    expect(page.get_by_role("progressbar")).to_have_accessible_name("6.000 Zeilen werden gelesen")
    take = page.get_by_role("button", name="Importieren", exact=True)
    expect(take).to_be_visible(timeout=PATIENCE)

    take.click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    done = page.get_by_role("heading", level=1)
    expect(done).to_have_text(re.compile(r"6\.000 Kontakte"), timeout=PATIENCE)

    page.locator("details.summary > summary").click()
    page.get_by_role("button", name="zurücknehmen").click()
    expect(done).to_have_text("Der Import ist zurückgenommen", timeout=PATIENCE)


def test_the_page_of_a_long_list_moves_on_with_script_and_without(
    reader: Page, site: Site, list_file: Path
):
    import_and_take_back(reader, site, list_file)
