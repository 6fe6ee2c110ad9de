"""A double booking is solved, a hint is taken note of with a reason, and a round is arranged."""

import re

from demo_site import Site, sign_in
from looks import faults
from playwright.sync_api import Page, expect

REASON = "Der Wechsel geht durch eine Tür."


def change(page: Page, programme: str, title: str, **wanted: str) -> None:
    """Set the room (by name) or the end of a session in its form."""
    page.goto(programme)
    page.get_by_role("link", name=re.compile(title)).first.click()
    if "room" in wanted:
        field = page.locator("select[name=room]")
        option = field.locator("option").filter(has_text=wanted["room"])
        expect(option).to_have_count(1)
        field.select_option(label=option.text_content().strip())
    if "ends" in wanted:
        page.locator("input[name=ends]").fill(wanted["ends"])
    page.get_by_role("button", name="Speichern").first.click()
    expect(page).to_have_url(programme)


def test_a_double_booking_is_solved_and_a_hint_is_taken_note_of(page: Page, site: Site):
    sign_in(page, site)
    programme = f"{site.url}/organise/{site.addresses['events'][1]['slug']}/programme"
    change(page, programme, "Gesundheit & Pflege", room="Akademie 1")
    conflict = page.locator(".kern-alert--danger")
    expect(conflict).to_contain_text("Akademie 1 ist 17:45–18:30 Uhr doppelt belegt: T4 und T5.")
    expect(page.locator(".ways form").first).to_contain_text("T5 in den Raum Akademie 2")
    assert faults(page) == []

    page.get_by_role("button", name=re.compile("Verschieben: T5 in den Raum Akademie 2")).click()
    expect(page.locator("main")).to_contain_text("Der Konflikt ist gelöst.")
    expect(conflict).to_have_count(0)
    expect(page.get_by_role("link", name="Letztes Verschieben rückgängig machen")).to_be_visible()

    change(page, programme, "Fachkräfte & Weiterbildung", ends="17:40")
    page.get_by_role("link", name=re.compile("Zur Kenntnis nehmen: .*Kampschulte-Öhm")).click()
    page.get_by_role("button", name="Zur Kenntnis nehmen").click()
    expect(page.locator("main")).to_contain_text("Warum es so bleiben kann")
    assert faults(page) == []
    page.get_by_label("Warum es so bleiben kann").fill(REASON)
    page.get_by_role("button", name="Zur Kenntnis nehmen").click()
    page.locator("summary").filter(has_text="Zur Kenntnis genommen (1)").click()
    expect(page.locator("details")).to_contain_text(f"Grund: {REASON}")
    assert faults(page) == []

    change(page, programme, "Fachkräfte & Weiterbildung", ends="17:41")
    expect(page.get_by_role("heading", name="Hinweise")).to_be_visible()
    expect(page.locator("summary").filter(has_text="Zur Kenntnis genommen")).to_have_count(0)
    change(page, programme, "Fachkräfte & Weiterbildung", ends="17:35")


def test_a_talk_round_without_a_time_is_put_into_a_slot_and_taken_out_again(page: Page, site: Site):
    sign_in(page, site)
    programme = f"{site.url}/organise/{site.addresses['events'][1]['slug']}/programme"
    page.goto(f"{programme}/new?kind=talk_round")
    page.locator("input[name=title_de]").fill("Werkstattgespräch")
    page.locator("select[name=slot]").select_option(index=0)
    for name in ("starts", "ends"):
        page.locator(f"input[name={name}]").fill("")
    page.locator("select[name=parts-person]").first.select_option(label="Holger Dachtenbrück")
    page.locator("select[name=parts-role]").first.select_option("moderation")
    page.locator("select[name=parts-state]").first.select_option("agreed")
    page.get_by_role("button", name="Speichern").first.click()
    expect(page).to_have_url(programme)

    page.get_by_role("link", name="Talk-Runden einplanen lassen").click()
    expect(page.locator("main")).to_contain_text("1 Talk-Runde findet ihren Platz")
    assert faults(page) == []
    page.get_by_role("button", name="Als Entwürfe einplanen").click()
    expect(page.locator("main")).to_contain_text("Eine Talk-Runde ist als Entwurf eingeplant.")
    expect(page.locator(".agenda")).to_contain_text("Werkstattgespräch")
    expect(page.locator(".kern-alert--danger")).to_have_count(0)

    page.get_by_role("link", name="Letztes Verschieben rückgängig machen").click()
    page.get_by_role("button", name="Rückgängig machen").click()
    page.goto(programme)
    expect(page.locator(".park")).to_contain_text("Werkstattgespräch")
    page.locator(".park").get_by_role("link", name="Einplanen").click()
    page.get_by_role("link", name="Entwurf löschen").click()
    page.get_by_role("button", name="Entwurf löschen").click()
    expect(page.locator(".park")).to_have_count(0)
