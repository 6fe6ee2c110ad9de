"""A guest on a phone, without JavaScript, who brings somebody along and then comes alone."""

import re

from demo_site import Site, sign_in
from looks import scrolls_sideways
from playwright.sync_api import Page, expect


def link_of_somebody_silent(page: Page, site: Site) -> str:
    """As an organiser sends it once more; the demo keeps the mail."""
    sign_in(page, site)
    board = site.small.replace("/e/", "/organise/")
    page.goto(f"{board}invitations?group=unanswered")
    page.get_by_role("main").get_by_role("row").get_by_role("link").last.click()
    page.get_by_role("button", name="Link erneut senden").click()
    page.goto(f"{board}mails")
    page.get_by_role("main").get_by_role("row").get_by_role("link").first.click()
    return str(page.locator("a[href*='/i/']").first.get_attribute("href"))


def test_a_guest_accepts_names_a_companion_and_takes_them_off_again(
    phone: Page, page: Page, site: Site
):
    phone.goto(link_of_somebody_silent(page, site))
    expect(phone.get_by_label("Vorname der ersten Begleitperson")).to_be_hidden()
    phone.get_by_role("button", name=re.compile("Ich nehme teil")).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Sie sind dabei")

    phone.get_by_role("link", name="Begleitperson mitbringen").click()
    expect(phone.locator("main")).to_contain_text("Art. 14 DSGVO")
    phone.get_by_label("Vorname").fill("Anna")
    phone.get_by_label("Nachname").fill("Öhmichen")
    phone.get_by_role("button", name="Begleitperson anmelden").click()
    expect(phone.get_by_role("listitem").filter(has_text="Anna Öhmichen")).to_be_visible()
    assert not scrolls_sideways(phone)

    phone.get_by_role("link", name="Zu meiner persönlichen Seite").click()
    expect(phone.get_by_role("region", name="Eintrittskarte")).to_contain_text("Anna Öhmichen")
    expect(phone.locator("main")).to_contain_text("Ihr Platz und der Ihrer Begleitung")

    phone.get_by_role("link", name="Begleitung ändern").click()
    phone.get_by_role("link", name="Anna Öhmichen ändern").click()
    assert not scrolls_sideways(phone)
    phone.get_by_role("button", name="Begleitperson abmelden").click()

    expect(phone.locator("main")).to_contain_text("Bisher niemand")
    phone.get_by_role("link", name="Zu meiner persönlichen Seite").click()
    expect(phone.locator("main")).not_to_contain_text("Anna")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Sie sind dabei")


def test_a_guest_says_yes_for_three_and_names_them_later(phone: Page, page: Page, site: Site):
    phone.goto(link_of_somebody_silent(page, site))
    phone.get_by_text("Ich komme in Begleitung").click()
    phone.get_by_label("Wer kommt mit?").select_option("zwei Personen")
    assert not scrolls_sideways(phone)
    phone.get_by_role("button", name="Gemeinsam zusagen").click()

    expect(phone.locator("main")).to_contain_text("Ihr Platz und die Ihrer 2 Begleitpersonen")
    phone.get_by_role("link", name="Begleitung ändern").click()
    phone.get_by_text("Namen angeben").first.click()
    phone.get_by_label("Vorname").fill("Berta")
    phone.get_by_role("button", name="Namen speichern").click()
    expect(phone.get_by_role("listitem").filter(has_text="Berta")).to_be_visible()
    expect(phone.get_by_role("listitem").filter(has_text="Name folgt")).to_be_visible()
