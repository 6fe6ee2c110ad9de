"""The front office at work: a reply by phone, a wrong address, and an angry "never again"."""

import re
from pathlib import Path

from demo_site import Site, Watch, sign_in
from playwright.sync_api import Page, expect

COUNT_CLICKS = """
document.addEventListener("click", (event) => {
  if (event.detail) localStorage.clicks = Number(localStorage.clicks || 0) + 1;
}, true);
"""
"""What a hand does with the mouse; pressing Enter in a form is none."""


def slug_of(site: Site) -> str:
    """The event with free places."""
    return str(site.addresses["events"][0]["slug"])


def invite(page: Page, site: Site, first: str, last: str, email: str) -> None:
    """A new contact, invited to the event at once; ends on the reply board."""
    page.goto(f"{site.url}/organise/contacts/new")
    page.get_by_label("Vorname").fill(first)
    page.get_by_label("Nachname").fill(last)
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_role("button", name="Kontakt anlegen").click()
    page.get_by_role("link", name="Zu einer Veranstaltung einladen").click()
    page.locator(f"main a[href*='/{slug_of(site)}/']").first.click()
    page.locator("main form button.kern-btn--primary").click()
    page.goto(f"{site.url}/organise/{slug_of(site)}/invitations")


def find(page: Page, name: str) -> None:
    """Search on the board and open the person."""
    box = page.get_by_role("main").get_by_role("searchbox")
    box.click()
    box.fill(name)
    box.press("Enter")
    page.get_by_role("rowheader").get_by_role("link", name=re.compile(name)).click()


def test_a_reply_by_phone_takes_three_clicks_with_its_note(page: Page, site: Site, watch: Watch):
    sign_in(page, site)
    invite(page, site, "Tina", "Telefon", "tina@anruf.example")
    page.add_init_script(COUNT_CLICKS)
    page.goto(f"{site.url}/organise/{slug_of(site)}/invitations")
    page.evaluate("localStorage.clicks = 0")

    find(page, "Telefon")
    expect(page.locator("[autofocus]")).to_be_focused()
    page.keyboard.type("Anruf, Frau Öhm im Vorzimmer")
    page.get_by_role("button", name="Kommt", exact=True).click()

    expect(page.get_by_role("status").first).to_contain_text("Eingetragen")
    assert int(page.evaluate("localStorage.clicks")) <= 3
    history = page.get_by_role("region", name="Verlauf")
    expect(history).to_contain_text("Zugesagt, vom Team eingetragen")
    expect(history).to_contain_text("Anruf, Frau Öhm im Vorzimmer")
    expect(history).to_contain_text("tina@anruf.example")


def test_enter_after_a_note_chooses_nothing_and_the_regret_needs_no_mail(
    page: Page, site: Site, watch: Watch
):
    sign_in(page, site)
    invite(page, site, "Enno", "Eilig", "enno@anruf.example")
    find(page, "Eilig")
    expect(page.locator("[autofocus]")).to_be_focused()

    page.keyboard.type("hat abgesagt")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Bitte wählen Sie eine der Möglichkeiten")
    expect(page.locator("main .head")).to_contain_text("ohne Antwort")
    note = page.get_by_label("Bemerkung").first
    expect(note).to_have_value("hat abgesagt")

    watch.faults = [one for one in watch.faults if "422" not in one]  # that is how a form answers
    page.get_by_label("Bestätigung an den Gast mailen").first.uncheck()
    page.get_by_role("button", name="Kommt nicht", exact=True).click()

    expect(page.get_by_role("status").first).to_contain_text("Eingetragen: abgesagt")
    history = page.get_by_role("region", name="Verlauf")
    expect(history).to_contain_text("hat abgesagt")
    expect(history).not_to_contain_text("Ihre Absage ist angekommen")


def test_a_wrong_address_is_marked_corrected_and_written_to_again(
    page: Page, site: Site, watch: Watch
):
    sign_in(page, site)
    invite(page, site, "Falk", "Falschadresse", "flak@anruf.example")
    find(page, "Falschadresse")

    page.get_by_role("button", name="Mail kam zurück").click()
    expect(page.locator("main .head")).to_contain_text("unzustellbar")
    page.get_by_label("Richtige E-Mail-Adresse").fill("falk@anruf.example")
    page.get_by_role("button", name="Adresse speichern und Link senden").click()

    expect(page.get_by_role("status").first).to_contain_text("Die Adresse ist berichtigt")
    expect(page.locator("main .head")).not_to_contain_text("unzustellbar")
    history = page.get_by_role("region", name="Verlauf")
    expect(history).to_contain_text("flak@anruf.example")
    history.get_by_role("link", name=re.compile("persönlicher Link")).click()
    expect(page.locator("main")).to_contain_text("falk@anruf.example")


def test_never_again_on_a_phone_and_a_new_import_leaves_the_person_out(
    page: Page, phone: Page, site: Site, watch: Watch, tmp_path: Path
):
    sign_in(page, site)
    invite(page, site, "Zora", "Zornig", "zora@anruf.example")
    page.goto(f"{site.addresses['outbox']}?q=zora@anruf.example")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    link = str(page.locator("a[href*='/u/']").first.get_attribute("href"))

    phone.goto(link)
    expect(phone.get_by_role("main").get_by_role("button")).to_have_count(1)
    phone.get_by_role("button", name="Keine Mails mehr senden").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Sie erhalten keine Einladungen mehr"
    )

    file = tmp_path / "neu.csv"
    file.write_text("Vorname;Nachname;E-Mail\nZ.;Zornig-Wut;Zora@Anruf.example\n", "utf-8")
    page.goto(f"{site.url}/organise/contacts/import")
    page.get_by_label("Datei", exact=True).set_input_files(file)
    page.get_by_role("button", name="Vorschau zeigen").click()
    expect(page.locator("main")).to_contain_text("gesperrt")
    expect(page.locator("main")).to_contain_text("Hat Einladungen widersprochen")
    page.goto(f"{site.url}/organise/contacts?q=zornig")
    page.get_by_role("rowheader").get_by_role("link", name=re.compile("Zornig")).click()
    expect(page.locator("main")).to_contain_text("Über den Link in einer Mail abgemeldet")


def test_delete_me_on_the_phone_and_nobody_knows_the_person_any_more(
    page: Page, site: Site, watch: Watch
):
    sign_in(page, site)
    invite(page, site, "Gerda", "Gehtweg", "gerda@anruf.example")
    find(page, "Gehtweg")
    page.get_by_role("button", name="Kommt", exact=True).click()
    page.get_by_role("link", name="Diese Person löschen").click()

    main = page.locator("main")
    expect(main).to_contain_text("Der Platz wird frei")
    page.get_by_label("Und nie wieder einladen").check()
    page.get_by_role("button", name="Jetzt alles löschen").click()
    expect(page.get_by_role("status").first).to_contain_text("Die Person ist gelöscht")

    for where in (
        "contacts?q=gehtweg",
        f"{slug_of(site)}/invitations?q=gehtweg",
        f"{slug_of(site)}/guests?q=gehtweg",
        f"{slug_of(site)}/",
        "history",
    ):
        page.goto(f"{site.url}/organise/{where}")
        expect(main).not_to_contain_text("Gehtweg")
    page.goto(f"{site.url}/organise/contacts/new")
    page.get_by_label("Nachname").fill("Gehtweg")
    page.get_by_label("E-Mail-Adresse").fill("Gerda@Anruf.example")
    page.get_by_role("button", name="Kontakt anlegen").click()
    expect(main).to_contain_text("Hat darum gebeten")
