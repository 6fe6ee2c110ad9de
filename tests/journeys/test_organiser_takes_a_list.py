"""A list leaves the house as it was on the screen; a workbook comes in and goes again."""

import re
from pathlib import Path

import openpyxl
from contacts.workbooks import HEADER, workbook
from demo_site import Site, sign_in
from playwright.sync_api import Page, expect

PEOPLE = [[f"Änne {n}", f"Quersumme{n}", "04109", "Leipzig", f"q{n}@tabelle.example"]
          for n in range(3)]  # fmt: skip


def names_on(page: Page) -> list[str]:
    """The last names in the table, in its order."""
    return page.locator("tbody th[scope=row] b").all_inner_texts()


def test_the_file_holds_what_the_screen_showed_in_the_columns_that_are_kept(
    reader: Page, site: Site, tmp_path: Path
):
    page = reader
    sign_in(page, site)
    slug = site.addresses["events"][1]["slug"]
    page.goto(f"{site.url}/organise/{slug}/guests?group=waiting")
    shown = names_on(page)
    assert shown

    page.get_by_role("link", name="Herunterladen").click()
    page.locator("details.summary > summary").click()
    expect(page.get_by_role("button", name="Liste herunterladen")).to_be_visible()
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_label("Nachname", exact=True).check()
    page.get_by_label("Ort", exact=True).check()
    for _step in range(6):
        page.get_by_role("button", name="Ort weiter nach oben").click()
    page.get_by_label("Name für diese Spalten").fill("Bus")
    page.get_by_role("button", name="Spalten merken").click()
    expect(page.get_by_role("status").first).to_contain_text("Bus")

    page.get_by_label("Wofür ist die Liste?").select_option("door")
    with page.expect_download() as download:
        page.get_by_role("button", name="Liste herunterladen").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)

    header, *rows = openpyxl.load_workbook(file).active.iter_rows(values_only=True)
    assert file.name.endswith(".xlsx")
    assert header == ("Ort", "Nachname")
    assert [row[1] for row in rows] == shown
    page.get_by_role("link", name="„Bus“ umbenennen oder entfernen").click()
    page.get_by_role("button", name="Spalten entfernen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teilnehmerliste mit Kontaktdaten")


def test_a_workbook_is_imported_and_taken_back(reader: Page, site: Site, tmp_path: Path):
    page, file = reader, tmp_path / "kontakte.xlsx"
    file.write_bytes(workbook(Presse=[HEADER, *PEOPLE], Notizen=[["Notiz", "Wer"], ["x", "y"]]))
    sign_in(page, site)
    page.goto(f"{site.url}/organise/contacts/import")
    page.get_by_label("Datei", exact=True).set_input_files(file)
    page.get_by_role("button", name="Vorschau zeigen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Welches Tabellenblatt")
    page.get_by_role("button", name="Vorschau von Presse zeigen").click()
    expect(page.get_by_text("Quersumme0")).to_be_visible()
    page.get_by_role("button", name="Importieren", exact=True).click()
    done = page.get_by_role("heading", level=1)
    expect(done).to_have_text(re.compile("3 Kontakte"))
    page.goto(f"{site.url}/organise/contacts?q=quersumme1")
    expect(page.get_by_role("rowheader")).to_have_text(re.compile("Quersumme1"))

    page.go_back()
    page.locator("details.summary > summary").click()
    page.get_by_role("button", name="zurücknehmen").click()
    expect(done).to_have_text("Der Import ist zurückgenommen")
