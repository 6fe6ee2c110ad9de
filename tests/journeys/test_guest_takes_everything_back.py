"""On a phone, without JavaScript: agree to photos, tell a diet, take it back, delete everything."""

import re

from demo_site import Site
from looks import scrolls_sideways
from playwright.sync_api import Page, expect

GUEST = 1  # of the three personal pages that the demo names; other journeys use the first


def test_a_guest_agrees_tells_takes_back_looks_and_deletes(phone: Page, site: Site):
    link = site.addresses["registrations"][GUEST]
    phone.goto(link)
    consents = phone.get_by_role("region", name="Ihre Einwilligungen")
    photos = consents.get_by_role("listitem").filter(has_text="Fotos").first
    if photos.get_by_role("button", name="Widerrufen: Fotos").count():
        photos.get_by_role("button", name="Widerrufen: Fotos").click()
    expect(photos).to_contain_text("nicht erteilt")

    photos.get_by_text("Lesen und einwilligen").click()
    expect(photos).to_contain_text("Ich bin einverstanden, dass bei der Veranstaltung Fotos")
    photos.get_by_role("button", name="Ich willige ein").click()
    expect(photos.get_by_role("button", name="Widerrufen: Fotos")).to_be_visible()

    consents.get_by_role("link", name=re.compile("Angeben|Ändern")).click()
    phone.get_by_label("Was essen Sie, und was nicht?").fill("vegetarisch, keine Nüsse")
    phone.get_by_role("button", name="Speichern").click()
    expect(phone.get_by_role("alert")).to_contain_text("Bitte willigen Sie ein")
    expect(phone.get_by_label("Was essen Sie, und was nicht?")).to_have_value(
        "vegetarisch, keine Nüsse"
    )
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="Speichern").click()
    expect(consents).to_contain_text("angegeben")

    consents.get_by_role("link", name="Ändern oder widerrufen").click()
    phone.get_by_role("button", name="Widerrufen und löschen").click()
    expect(consents).to_contain_text("keine Angabe")

    phone.get_by_role("link", name="Alle gespeicherten Daten ansehen").click()
    expect(phone.get_by_role("main")).to_contain_text("Ich bin einverstanden, dass bei der")
    expect(phone.get_by_role("main")).not_to_contain_text("keine Nüsse")
    assert not scrolls_sideways(phone)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Als Datei herunterladen").click()
    assert download.value.suggested_filename == "data.json"

    phone.get_by_role("link", name="Meine Daten löschen").first.click()
    expect(phone.get_by_role("main")).to_contain_text("Was in beiden Fällen bleibt")
    phone.get_by_role("button", name="Alles über mich löschen").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Alles ist gelöscht")

    answer = phone.goto(link)
    assert answer is not None
    assert answer.status == 410
    expect(phone.get_by_role("heading", level=1)).to_have_text("Diese Anmeldung ist gelöscht")
