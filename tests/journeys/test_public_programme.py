"""A guest finds a session on the phone; changes appear by themselves; another site shows it all."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.request import urlopen

import pytest
from demo_site import Site, Watch
from looks import faults, faults_now
from playwright.sync_api import Page, expect

NEWS = (
    '<div class="wrap"><p>Heute geändert</p><ul><li>T1: Akademie 2 statt Akademie 1</li></ul></div>'
)


def test_a_guest_on_a_phone_finds_a_session_without_a_script(phone: Page, site: Site):
    phone.goto(site.full)
    phone.get_by_role("link", name="Nach Raum").click()
    expect(phone.get_by_role("heading", name="Akademie 1")).to_be_visible()
    phone.get_by_role("link", name="Fachkräfte & Weiterbildung").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Fachkräfte & Weiterbildung")
    expect(phone.get_by_role("main")).to_contain_text("16:50–17:35 Uhr")
    expect(phone.get_by_role("heading", name="Zur gleichen Zeit")).to_be_visible()
    phone.get_by_role("link", name="Jördis Kampschulte-Öhm").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Jördis Kampschulte-Öhm")
    expect(phone.get_by_role("main")).to_contain_text("Digitales Forum Arnsberg (Podium)")
    phone.goto(f"{site.full}screen?lang=de")
    expect(phone.get_by_role("main")).to_contain_text("Herzlich willkommen")


def test_every_page_of_the_programme_is_accessible(page: Page, site: Site, watch: Watch):
    page.goto(f"{site.full}programme?by=kind")
    assert faults(page) == []
    page.get_by_role("link", name="Fachkräfte & Weiterbildung").click()
    assert faults(page) == []
    page.get_by_role("link", name="Jördis Kampschulte-Öhm").first.click()
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults_now(page) == []
    page.goto(f"{site.full}embed?lang=en")
    assert faults(page) == []


def test_a_change_appears_on_an_open_page_and_leaves_the_focus_alone(page: Page, site: Site):
    with urlopen(site.full) as answer:
        found = re.search(rb'ld\+json">(.*?)</script>', answer.read(), re.DOTALL)
    starts = datetime.fromisoformat(json.loads(found[1])["startDate"])
    page.clock.install(time=starts - timedelta(hours=1))
    page.route("**/news", lambda route: route.fulfill(body=NEWS, content_type="text/html"))
    page.goto(site.full)
    link = page.get_by_role("link", name="Nach Raum")
    link.focus()
    status = page.get_by_role("status")
    expect(status).to_be_empty()

    page.clock.run_for(61_000)

    expect(status).to_contain_text("Akademie 2 statt Akademie 1")
    expect(link).to_be_focused()


class Elsewhere(BaseHTTPRequestHandler):
    """Another site that holds nothing but our one line."""

    line = ""

    def do_GET(self) -> None:
        """The page with the line."""
        body = f'<!doctype html><html lang="de"><title>Kammer</title>{self.line}'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_about: object) -> None:
        """Nothing to say."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_another_site_shows_the_programme_by_one_line(page: Page, site: Site, elsewhere: str):
    Elsewhere.line = (
        f'<iframe src="{site.full}embed?lang=en" title="Programme" width="100%" height="800" '
        'frameborder="0" loading="lazy"></iframe>'
    )
    page.goto(elsewhere)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("iframe").bounding_box()["height"] >= 800
    assert page.context.cookies() == []

    frame.get_by_role("link", name="Jördis Kampschulte-Öhm").first.click()

    page.wait_for_url(re.compile(rf"{re.escape(site.full)}people/"))


def test_the_event_page_itself_stays_out_of_frames(page: Page, site: Site, elsewhere: str):
    """T-26: the positive control of the frame."""
    Elsewhere.line = f'<iframe src="{site.full}"></iframe>'
    page.goto(elsewhere)

    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_count(0)


def test_on_paper_it_stands_upright_with_everything_and_a_code(page: Page, site: Site):
    from pypdf import PdfReader

    page.goto(f"{site.full}programme")
    titles = page.locator(".prog :is(h3, h4)").all_inner_texts()
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))

    text = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in paper.pages))
    assert [one for one in titles if re.sub(r"\s+", "", one) not in text] == []
    assert "Datenschutz" not in text
    assert f"{site.full}programme" in text
    assert len(paper.pages) <= 3
    assert [round(float(side)) for side in paper.pages[0].mediabox[2:]] == [595, 842]
