"""A colleague's first sign-in: a mail, a password, a second factor, a forgotten password."""

import re

import pyotp
from demo_site import Site, Watch, sign_in
from playwright.sync_api import Browser, Page, expect

PASSWORD = "drei Birnen auf dem Dach"
ANOTHER = "vier Pflaumen im Keller"


def latest_link(page: Page, site: Site, subject: str) -> str:
    """The link in the newest mail with this subject, as the administrator reads it in the demo."""
    page.goto(f"{site.url}/organise/mails")
    page.get_by_role("row").filter(has_text=subject).first.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/mails/[\w-]+$"))
    return str(page.locator("a[href*='/a/']").first.get_attribute("href"))


def test_a_colleagues_first_sign_in(page: Page, site: Site, watch: Watch, browser: Browser):
    sign_in(page, site, "administrator")
    page.goto(f"{site.url}/organise/team")
    page.get_by_label("E-Mail-Adresse").fill("neu@demo.example")
    page.get_by_label("Rolle", exact=True).select_option("viewer")
    page.get_by_role("button", name=re.compile("Einladung (ver)?senden")).click()
    expect(page.get_by_role("main")).to_contain_text("neu@demo.example")
    link = latest_link(page, site, "lädt Sie ins Team ein")

    phone = browser.new_context(locale="de-DE", viewport={"width": 360, "height": 740})
    theirs = phone.new_page()
    watch.follow(theirs)
    theirs.goto(link)
    theirs.get_by_label("Ihr Name").fill("Ada Ohm")
    theirs.get_by_label("Neues Passwort", exact=True).fill(PASSWORD)
    theirs.get_by_label("Neues Passwort wiederholen").fill(PASSWORD)
    theirs.get_by_role("button", name="Passwort speichern").click()
    expect(theirs).to_have_url(f"{site.url}/organise/")  # whoever begins is signed in
    theirs.get_by_role("main").get_by_role("link", name="Fachimpuls").first.click()
    expect(theirs.get_by_role("heading", name="Programm", exact=True)).to_be_visible()

    theirs.goto(f"{site.url}/organise/account/second-factor")
    secret = theirs.locator(".secret").inner_text().replace(" ", "")
    theirs.get_by_label("Code aus der App").fill(pyotp.TOTP(secret).now())
    theirs.get_by_label("Ihr Passwort").fill(PASSWORD)
    theirs.get_by_role("button", name="Zweiten Faktor einschalten").click()
    recovery = theirs.locator(".recovery li")
    expect(recovery).to_have_count(10)
    codes = recovery.all_inner_texts()

    theirs.context.clear_cookies()
    theirs.goto(f"{site.url}/organise/signin")
    theirs.get_by_role("link", name="Passwort vergessen").click()
    theirs.get_by_label("E-Mail-Adresse").fill("neu@demo.example")
    theirs.get_by_role("button", name=re.compile("^Link")).click()
    expect(theirs.get_by_role("heading", level=1)).to_contain_text("Postfach")
    theirs.goto(latest_link(page, site, "Neues Passwort wählen"))
    theirs.get_by_label("Neues Passwort", exact=True).fill(ANOTHER)
    theirs.get_by_label("Neues Passwort wiederholen").fill(ANOTHER)
    theirs.get_by_role("button", name="Passwort speichern").click()
    theirs.get_by_label("E-Mail-Adresse").fill("neu@demo.example")
    theirs.get_by_label("Passwort", exact=True).fill(ANOTHER)
    theirs.get_by_role("button", name="Anmelden").click()
    theirs.get_by_label("Code", exact=True).fill(codes[0])
    theirs.get_by_role("button", name="Anmelden").click()
    expect(theirs).to_have_url(f"{site.url}/organise/")
    phone.close()
