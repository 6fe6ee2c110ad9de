"""A panel is cast from empty to confirmed; one declines, the next on the list is asked instead."""

import re
from collections.abc import Iterator

import pytest
from demo_site import Site, Watch, sign_in
from journeys.demos import running_demo
from looks import faults
from playwright.sync_api import Locator, Page, expect


@pytest.fixture
def site(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demo of its own: the panel of the full event has other people afterwards."""
    with running_demo(database_url, tmp_path_factory.mktemp("own")) as own:
        yield own


TITLE = "Dorf und Stadt am Kabel"


def seat(page: Page, name: str) -> Locator:
    return page.locator(".cast-session", has_text=TITLE).locator(".seat", has_text=name)


def fill_in(page: Page, name: str) -> None:
    """Somebody who is not entered yet."""
    page.get_by_label("Person", exact=True).select_option("new")
    page.get_by_label("Vorname").fill("Ada")
    page.get_by_label("Nachname").fill(name)
    page.get_by_label("E-Mail-Adresse").fill(f"{name.lower()}@podium.example")


def drag_above(page: Page, what: Locator, other: Locator) -> None:
    """As a hand does it: the browser offers a place only after a second move over it."""
    page.wait_for_load_state("load")
    top = {"x": 20, "y": 2}
    what.hover()
    page.mouse.down()
    for _move in range(3):
        other.hover(position=top)
    page.mouse.up()


def test_a_panel_is_cast_from_empty_to_confirmed(page: Page, site: Site, watch: Watch):
    public = next(one["public"] for one in site.addresses["events"] if "digitale" in one["slug"])
    base = f"{site.url}/organise/{re.search(r'/e/([^/]+)/', public)[1]}"
    board = f"{base}/programme/casting"
    sign_in(page, site)
    page.goto(f"{base}/programme/new?kind=panel")
    page.locator("[name=title_de]").fill(TITLE)
    page.get_by_role("button", name="Speichern").first.click()
    page.goto(board)
    session = page.locator(".cast-session", has_text=TITLE)
    expect(session).to_contain_text("Es fehlt eine Person: Moderation")
    assert faults(page) == []

    for role, name in (("moderation", "Leitner"), ("panel", "Erdmann"), ("panel", "Zweiling")):
        session.get_by_role("link", name="Person hinzufügen").click()
        assert faults(page) == []
        page.get_by_label("Rolle").select_option(role)
        fill_in(page, name)
        page.get_by_role("button", name="Vormerken").click()
        expect(seat(page, name)).to_contain_text("vorgemerkt")
    expect(session).not_to_contain_text("Es fehl")

    seat(page, "Zweiling").get_by_role("link", name="Nachrückliste").click()
    fill_in(page, "Drittmann")
    page.get_by_role("button", name="Auf die Liste setzen").click()
    expect(page.get_by_role("listitem").filter(has_text="Drittmann")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="Zurück zur Besetzung").click()

    session.get_by_role("link", name="Alle 3 Vorgemerkten anfragen").click()
    page.get_by_role("button", name="3 Anfragen senden").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte")
    page.get_by_label("Reise und Honorar, auf Deutsch").fill("Reisekosten übernehmen wir.")
    page.get_by_role("button", name="Mails so anzeigen").click()
    expect(page.locator("pre").first).to_contain_text("Reisekosten übernehmen wir.")
    assert faults(page) == []
    page.get_by_role("button", name="3 Anfragen senden").click()
    expect(page.get_by_role("main")).to_contain_text("3 Anfragen sind unterwegs.")
    expect(seat(page, "Zweiling")).to_contain_text("angefragt")

    for name in ("Leitner", "Erdmann"):
        seat(page, name).get_by_role("button", name="Zusage vermerken").click()
        expect(seat(page, name)).to_contain_text("zugesagt")
        seat(page, name).get_by_role("button", name="Bestätigen").click()
        expect(seat(page, name)).to_contain_text("bestätigt")
    seat(page, "Zweiling").get_by_role("link", name="Absage vermerken").click()
    page.get_by_role("button", name="Notieren").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Grund").fill("Kreistag am selben Abend")
    assert faults(page) == []
    page.get_by_role("button", name="Notieren").click()
    expect(seat(page, "Zweiling")).to_contain_text("Kreistag am selben Abend")
    page.goto(base)
    expect(page.get_by_role("main")).to_contain_text("Ada Zweiling kommt nicht")

    page.goto(f"{board}?stage=open")
    seat(page, "Zweiling").get_by_role("button", name="Nächste auf der Liste").click()
    expect(page).to_have_url(re.compile(r"stage=open"))
    page.goto(board)
    follower = seat(page, "statt Ada Zweiling")
    follower.get_by_role("link", name="Per Mail anfragen").click()
    expect(page.get_by_label("Reise und Honorar, auf Deutsch")).to_have_value(
        "Reisekosten übernehmen wir."
    )
    page.get_by_role("button", name="Anfrage senden").click()
    expect(follower).to_contain_text("ist angefragt, statt Ada Zweiling")
    follower.get_by_role("button", name="Zusage vermerken").click()
    follower.get_by_role("button", name="Bestätigen").click()
    expect(follower).to_contain_text("bestätigt")

    names = session.locator(".seat__name")
    expect(names).to_have_text(["Ada Leitner", "Ada Erdmann", "Ada Drittmann"])
    follower.get_by_role("button", name="Nach oben").click()
    expect(names).to_have_text(["Ada Leitner", "Ada Drittmann", "Ada Erdmann"])
    expect(session.locator("[data-part][draggable=true]")).to_have_count(3)  # the script is there
    drag_above(page, seat(page, "Erdmann"), seat(page, "Leitner"))
    expect(names).to_have_text(["Ada Erdmann", "Ada Leitner", "Ada Drittmann"])
    assert faults(page) == []

    page.goto(f"{base}/mails?q=Mitwirkung")
    watch.faults = [one for one in watch.faults if "422" not in one]  # that is how a form answers
    rows = page.get_by_role("main").get_by_role("row")
    for name in ("Leitner", "Erdmann", "Zweiling", "Drittmann"):
        expect(rows.filter(has_text=f"Ada {name}")).to_have_count(1)
    page.goto(f"{base}/programme/casting/papers")
    expect(page.get_by_role("main")).to_contain_text("Moderationsleitfäden")
    assert faults(page) == []
