"""A guest on a phone, without JavaScript: from the personal link to the calendar file."""

import re

import icalendar
from demo_site import PHONE, Site
from playwright.sync_api import Page, expect


def test_a_guest_says_yes_and_takes_the_date_along(phone: Page, site: Site):
    phone.goto(site.addresses["invitations"][0])
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Mobilität")

    phone.get_by_role("button", name=re.compile("Ich nehme teil")).click()

    expect(phone).to_have_url(re.compile(r"/r/"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Sie sind dabei")
    download = phone.get_by_role("link", name=re.compile(r"\.ics")).first
    file = phone.request.get(site.url + download.get_attribute("href"))
    entry = icalendar.Calendar.from_ical(file.body()).walk("VEVENT")[0]
    assert "Mobilität" in entry["SUMMARY"]
    assert entry["STATUS"] == "CONFIRMED"


def test_a_guest_declines_and_changes_their_mind(phone: Page, site: Site):
    link = site.addresses["invitations"][1]
    phone.goto(link)
    phone.get_by_role("button", name=re.compile("Ich kann leider nicht")).click()
    expect(phone.locator("main")).to_contain_text("abgesagt")

    phone.goto(link)
    phone.get_by_text("Antwort ändern").click()
    phone.get_by_role("button", name=re.compile("Ich nehme")).click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Sie sind dabei")


def test_a_guest_names_a_substitute_and_mends_two_mistakes(phone: Page, site: Site):
    phone.goto(site.addresses["invitations"][2])
    phone.get_by_role("button", name=re.compile("Vertretung benennen")).click()
    way_back, invite = (
        phone.locator(".kern-btn-wrapper > *", has_text=text).locator(".kern-label")
        for text in ("Zurück", "Vertretung einladen")
    )
    button = invite.locator("xpath=..")
    phone.set_viewport_size({"width": 320, "height": 740})  # the narrowest: the two stand below
    assert way_back.bounding_box()["y"] > button.bounding_box()["y"] + 40
    assert way_back.bounding_box()["x"] == button.bounding_box()["x"]
    phone.set_viewport_size(PHONE)
    phone.get_by_label("Vorname").fill("Ludmila")
    phone.get_by_label("E-Mail-Adresse").fill("ludmila@freicode-systeme")
    phone.get_by_role("button", name=re.compile("Vertretung einladen")).click()

    summary = phone.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(phone.get_by_label("Vorname")).to_have_value("Ludmila")
    phone.get_by_label("Nachname").fill("Vertreterin")
    phone.get_by_label("E-Mail-Adresse").fill("ludmila@freicode-systeme.example")
    phone.get_by_role("button", name=re.compile("Vertretung einladen")).click()

    expect(phone.locator("main")).to_contain_text("Ludmila Vertreterin")


def test_a_wrong_link_leads_to_one_neutral_page(phone: Page, site: Site):
    wrong = site.addresses["invitations"][0][:-3] + "xyz"

    answer = phone.goto(wrong)

    assert answer.status == 404
    expect(phone.get_by_role("link", name=re.compile("Link"))).not_to_have_count(0)


def test_the_full_event_offers_the_waiting_list_plainly(phone: Page, site: Site):
    phone.goto(site.full)

    expect(phone.locator("main")).to_contain_text("Warteliste")
