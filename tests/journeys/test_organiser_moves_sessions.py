"""The board in a browser: dragged, pulled, moved by keys, put aside, undone; two organisers."""

import re
from collections.abc import Iterator

import pytest
from demo_site import PHONE, Site, Watch, new_draft, sign_in
from journeys.demos import running_demo
from looks import faults
from playwright.sync_api import Browser, Locator, Page, expect


@pytest.fixture(scope="module")
def site(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demo of its own: sessions of the full event stand elsewhere afterwards."""
    with running_demo(database_url, tmp_path_factory.mktemp("own")) as own:
        yield own


ROW = 14  # pixels for five minutes
SAID = "[data-board-said]"


@pytest.fixture
def board(page: Page, site: Site, watch: Watch) -> str:
    """The address of a new event's board with two sessions in the first room and one aside."""
    sign_in(page, site)
    slug = new_draft(page, site, "Raster zum Schieben", starts="16:00")
    address = f"{site.url}/organise/{slug}/programme/grid"
    add(page, address, "Begrüßung", kind="opening", starts="16:00", ends="16:20")
    add(page, address, "Keynote", kind="keynote", starts="17:00", ends="17:30")
    add(page, address, "Rundgang", kind="internal", starts="", ends="")
    page.goto(address)
    return address


def add(page: Page, board: str, title: str, **fields: str) -> None:
    page.goto(board.replace("/grid", f"/new?kind={fields.pop('kind')}"))
    page.locator("input[name=title_de]").fill(title)
    page.locator("select[name=slot]").select_option(index=0)
    page.locator("select[name=room]").select_option(index=1)
    for name, value in fields.items():
        page.locator(f"input[name={name}]").fill(value)
    page.get_by_role("button", name="Speichern").first.click()
    expect(page).to_have_url(re.compile("/programme$"))


def session(page: Page, title: str) -> Locator:
    return page.locator("[data-session]").filter(has_text=title)


def drag(page: Page, title: str, *, right: float = 0, down: float = 0, edge: bool = False) -> None:
    """Carry a session, or pull its lower edge, by so many pixels."""
    session(page, title).scroll_into_view_if_needed()
    area = session(page, title).bounding_box()
    x, y = area["x"] + 20, area["y"] + (area["height"] - 2 if edge else 8)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right / 2, y + down / 2, steps=3)
    page.mouse.move(x + right, y + down, steps=3)
    page.mouse.up()


def column(page: Page, room: int) -> float:
    return page.locator("[data-room]").nth(room).bounding_box()["x"]


def test_a_board_without_sessions_says_so(page: Page, site: Site, watch: Watch):
    sign_in(page, site)
    slug = new_draft(page, site, "Leeres Raster", starts="16:00")
    page.goto(f"{site.url}/organise/{slug}/programme/grid")

    expect(page.locator("main")).to_contain_text("Noch kein Programmpunkt")
    assert faults(page) == []


def test_sessions_are_dragged_pulled_put_aside_and_undone(page: Page, board: str):
    page.set_viewport_size({"width": 1280, "height": 1200})

    drag(page, "Begrüßung", right=column(page, 1) - column(page, 0), down=3 * ROW)
    expect(session(page, "Begrüßung")).to_contain_text("16:15–16:35")
    expect(page.locator(SAID)).to_contain_text("„Begrüßung“: 16:15–16:35 Uhr, Akademie 1.")
    drag(page, "Begrüßung", down=2 * ROW, edge=True)
    expect(session(page, "Begrüßung")).to_contain_text("16:15–16:45")

    tray = page.locator("[data-tray]").bounding_box()
    area = session(page, "Keynote").bounding_box()
    drag(page, "Keynote", right=tray["x"] - area["x"], down=tray["y"] + 10 - area["y"])
    expect(page.locator("[data-tray]")).to_contain_text("Keynote")
    area = session(page, "Rundgang").bounding_box()
    cell = page.locator(".hours td").nth(6).bounding_box()
    drag(page, "Rundgang", right=cell["x"] - area["x"] + 10, down=cell["y"] - area["y"] + 10)
    expect(page.locator(".hours")).to_contain_text("Rundgang")
    expect(page.locator("[data-tray]")).not_to_contain_text("Rundgang")

    for title, where in (("Rundgang", "[data-tray]"), ("Keynote", ".hours")):
        page.get_by_role("button", name="Rückgängig machen").click()
        expect(page.locator(where)).to_contain_text(title)
    page.keyboard.press("Control+z")
    expect(session(page, "Begrüßung")).to_contain_text("16:15–16:35")
    page.get_by_role("button", name="Wiederholen").click()
    expect(session(page, "Begrüßung")).to_contain_text("16:15–16:45")
    page.reload()
    expect(session(page, "Begrüßung")).to_contain_text("16:15–16:45")


def test_a_session_is_moved_by_keys_and_every_place_is_said(page: Page, board: str):
    said = page.locator(SAID)
    session(page, "Begrüßung").focus()

    page.keyboard.press("Enter")
    expect(said).to_contain_text("Begrüßung ist aufgenommen: 16:00–16:20")
    page.keyboard.press("ArrowDown")
    expect(said).to_contain_text("16:05–16:25")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("16:05–16:25, Akademie 1")
    page.keyboard.press("Shift+ArrowDown")
    expect(said).to_contain_text("16:05–16:30, Akademie 1")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("„Begrüßung“: 16:05–16:30 Uhr, Akademie 1.")
    expect(session(page, "Begrüßung")).to_be_focused()

    page.keyboard.press(" ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(said).to_contain_text("Begrüßung bleibt, wo es war.")
    expect(session(page, "Begrüßung")).to_contain_text("16:05–16:30")
    page.keyboard.press("ArrowLeft")
    expect(session(page, "Keynote")).to_be_focused()


def test_a_double_booking_is_named_at_once_and_solved_by_a_click(page: Page, board: str):
    drag(page, "Begrüßung", down=12 * ROW)

    expect(session(page, "Begrüßung")).to_contain_text("Raum doppelt belegt")
    expect(session(page, "Keynote")).to_contain_text("Raum doppelt belegt")
    troubles = page.locator("[data-board-troubles]")
    expect(troubles).to_contain_text("ist 17:00–17:20 Uhr doppelt belegt")
    expect(troubles).to_contain_text("Das würde helfen")
    assert faults(page) == []
    troubles.get_by_role("button", name=re.compile("in den Raum")).first.click()
    expect(page.locator(SAID)).to_contain_text("Ein Konflikt ist gelöst.")
    expect(page.locator(".block--bad")).to_have_count(0)


def test_two_organisers_see_each_other_s_moves_and_overwrite_nothing(
    page: Page, browser: Browser, site: Site, board: str
):
    """T-52."""
    other = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
    second = other.new_page()
    sign_in(second, site, "administrator")
    second.goto(board)

    drag(page, "Begrüßung", down=ROW)
    expect(page.locator(SAID)).to_contain_text("16:05–16:25")
    expect(second.locator("[data-board-toast]")).to_contain_text("hat „Begrüßung“ verschoben.")
    expect(session(second, "Begrüßung")).to_contain_text("16:05–16:25")

    second.route("**/board/news*", lambda route: route.abort())
    drag(page, "Begrüßung", down=ROW)
    expect(page.locator(SAID)).to_contain_text("16:10–16:30")
    drag(second, "Begrüßung", down=6 * ROW)
    expect(second.locator("[data-board-problem]")).to_contain_text("Nichts wurde verschoben")
    expect(second.locator("[data-board-problem]")).to_contain_text("16:10")
    expect(session(second, "Begrüßung")).to_contain_text("16:10–16:30")
    assert faults(second) == []
    other.close()


def test_a_click_on_an_empty_place_begins_a_session_there(page: Page, board: str):
    area = page.locator(".hours td").nth(1).bounding_box()
    page.mouse.click(area["x"] + 30, area["y"] + 2 * ROW + 4)

    expect(page).to_have_url(re.compile("/programme/new"))
    expect(page.locator("select[name=room] option:checked")).to_contain_text("Akademie 1")


def test_words_and_people_are_found_while_typing(page: Page, board: str):
    page.get_by_label("Programmpunkt oder Person suchen").fill("keyn")

    expect(page.locator("[data-board-found]")).to_contain_text("Hier gefunden: 1")
    expect(page.locator(".block--away")).to_have_count(2)


def test_without_script_each_session_has_a_form(
    browser: Browser, site: Site, board: str, page: Page
):
    context = browser.new_context(
        viewport=PHONE,
        java_script_enabled=False,
        locale="de-DE",
        storage_state=page.context.storage_state(),
    )
    phone = context.new_page()
    phone.goto(board)
    with_form = session(phone, "Rundgang").get_by_role("link", name="Rundgang verschieben")
    with_form.click()
    phone.locator("input[name=starts]").fill("18:00")
    phone.locator("input[name=ends]").fill("17:00")
    phone.get_by_role("button", name="Verschieben").click()
    expect(phone.locator("main")).to_contain_text("Das Ende muss nach dem Beginn liegen")
    phone.locator("input[name=ends]").fill("18:30")
    phone.get_by_role("button", name="Verschieben").click()
    expect(phone.locator("main")).to_contain_text("18:00–18:30 Uhr")
    phone.get_by_role("button", name="Rückgängig machen").click()
    expect(phone.locator("[data-tray]")).to_contain_text("Rundgang")
    context.close()
