"""A contributor on a phone without script: says yes, hands in a portrait and slides."""

from io import BytesIO
from pathlib import Path

from demo_site import Site
from PIL import Image
from playwright.sync_api import Page, expect

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def photo(folder: Path) -> Path:
    file, out = folder / "Ich.jpg", BytesIO()
    Image.new("RGB", (1200, 1600), "#35506b").save(out, "JPEG")
    file.write_bytes(out.getvalue())
    return file


def test_a_contributor_says_yes_and_hands_in_what_is_needed(
    phone: Page, site: Site, tmp_path: Path
):
    page, link = phone, site.addresses["contributors"][-1]
    slides = tmp_path / "Impuls.pdf"
    slides.write_bytes(PDF)

    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Können Sie dabei sein?")
    page.get_by_role("button", name="Ich bin dabei").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sie wirken")

    page.get_by_role("link", name="Über Sie").click()
    page.get_by_label("Über Sie, auf Deutsch").fill("Fährt Bus und plant Linien.")
    page.get_by_role("button", name="Speichern").click()

    page.get_by_role("link", name="Porträt").click()
    page.get_by_label("Bild", exact=True).set_input_files(photo(tmp_path))
    page.get_by_label("Wer hat das Bild aufgenommen?").fill("Foto Flink")
    page.get_by_role("button", name="Einreichen").click()
    expect(page.get_by_role("alert")).to_be_visible()  # the tick is missing, the words are kept
    expect(page.get_by_label("Wer hat das Bild aufgenommen?")).to_have_value("Foto Flink")
    page.get_by_label("Bild", exact=True).set_input_files(photo(tmp_path))
    page.get_by_label("Das Bild darf veröffentlicht werden").check()
    page.get_by_role("button", name="Einreichen").click()

    page.get_by_role("link", name="Folien").click()
    page.get_by_label("Datei", exact=True).set_input_files(slides)
    page.get_by_label("Darf nach der Veranstaltung veröffentlicht werden").check()
    page.get_by_role("button", name="Einreichen").click()
    expect(page.get_by_role("link", name="Impuls.pdf")).to_be_visible()

    page.get_by_role("link", name="Zurück zu meiner Seite").click()
    there = page.get_by_role("listitem").filter(has_text="liegt vor")
    expect(there.filter(has_text="Porträt")).to_be_visible()
    expect(there.filter(has_text="Folien")).to_be_visible()
