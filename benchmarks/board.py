"""One move on the board: CPU time of the server, and how long a person waits in Chromium."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.client import Client
from benchmarks.pages import cpu_of, expect
from benchmarks.servers import Running
from benchmarks.table import Row
from eventapp.accounts.queries import first_host
from eventapp.app import create_app
from eventapp.contacts.states import FormOfAddress
from eventapp.events.models import Event, Room, Venue
from eventapp.foundation.database import db, transaction
from eventapp.foundation.settings import Settings
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Contribution, Contributor, Session
from eventapp.programme.states import ContributorState

SLUG = "raster"
SESSIONS, PEOPLE, PARTS, ROOMS, DAYS = 300, 900, 3, 10, 3
A_DAY = SESSIONS // DAYS
STARTS = datetime(2027, 9, 1, 6, tzinfo=UTC)
MOVES, DRAGS = 40, 15
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WAIT = """() => {
  const board = document.querySelector("[data-board]");
  let dropped;
  document.addEventListener("pointerup", () => { dropped = performance.now(); },
    { capture: true, once: true });
  window.waited = new Promise((done) => {
    board.addEventListener("board:shown", () => requestAnimationFrame(
      () => done(performance.now() - dropped)), { once: true });
  });
}"""


def measure_board(running: Running, settings: Settings, known: dict[str, Any]) -> list[Row]:
    """The rows about the board, on a programme of its own."""
    with create_app(settings).app_context():
        _programme()
        db.session.remove()
        db.engine.dispose()
    size = f"{SESSIONS} sessions"
    return [
        Row(f"one move on the board, {size}", _server(running, known), 100),
        Row(f"drag answer in Chromium, {size}", _browser(running, known), 200, "ms"),
    ]


def _programme() -> None:
    """Three days in ten rooms, a session an hour, each with three people."""
    with transaction():
        host = first_host()
        rooms = [Room(name=f"Saal {n:02}", capacity=100, position=n) for n in range(ROOMS)]
        address = {"street": "Weg 1", "postcode": "59821", "city": "Arnsberg"}
        venue = Venue(host_id=host.id, name="Rasterhalle", rooms=rooms, **address)
        event = Event(
            host=host,
            slug=SLUG,
            title_de="Raster",
            starts_at=STARTS,
            ends_at=STARTS + timedelta(days=DAYS - 1, hours=12),
            capacity=1000,
            venue=venue,
        )
        db.session.add(event)
        db.session.flush()
        people = [_person(event, number) for number in range(PEOPLE)]
        db.session.add_all(people)
        db.session.add_all(_session(event, rooms, people, n) for n in range(SESSIONS))


def _person(event: Event, number: int) -> Contributor:
    return Contributor(
        event_id=event.id,
        key=f"S{number}",
        form_of_address=FormOfAddress.NONE,
        first_name="Käthe",
        last_name=f"Müßigbrodt-{number:03}",
        organisation_name=f"Größe & Söhne {number % 50}",
    )


def _session(event: Event, rooms: list[Room], people: list[Contributor], number: int) -> Session:
    day, place = divmod(number, A_DAY)
    turn, room = divmod(place, ROOMS)
    starts_at = STARTS + timedelta(days=day, hours=turn)
    return Session(
        event_id=event.id,
        key=f"P{number:03}",
        kind=SessionKind.LECTURE,
        title_de=f"Vortrag {number} über größere Übel",
        teaser_de="Ein Satz mit Umlauten: äöüß, und noch einer. " * 5,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=45),
        room_id=rooms[room].id,
        contributions=[
            Contribution(
                contributor=people[(number * PARTS + part) % PEOPLE],
                role=Role.INPUT,
                state=ContributorState.AGREED,
                position=part,
            )
            for part in range(PARTS)
        ],
    )


def _server(running: Running, known: dict[str, Any]) -> float:
    """A session goes to the next room, where it collides, and back."""
    client = Client(running.port)
    page = client.get("/organise/signin")
    signed = {"email": known["email"], "password": known["password"]}
    expect(303, client.post("/organise/signin", csrf_token=page.csrf_token, **signed))
    page = expect(200, client.get(f"/organise/{SLUG}/programme/grid"))
    text = page.body.decode()
    frame = re.search(r'data-frame="([^"]+)" data-day="([^"]+)" data-mark="(\d+)"', text)
    number, version = re.search(r'data-session="(\d+)" data-version="(\d+)"', text).groups()
    rooms = frame[1].split("/")[2].split(",")
    state = {"seen": int(version)}
    client.always["Accept"] = "application/json"

    def move(turn: int) -> None:
        answer = client.post(
            f"/organise/{SLUG}/programme/board/move",
            csrf_token=page.csrf_token,
            frame=frame[1],
            day=frame[2],
            mark=frame[3],
            session=number,
            seen=str(state["seen"]),
            starts=str(int(STARTS.timestamp())),
            ends=str(int(STARTS.timestamp()) + 2700),
            room=rooms[(turn + 1) % 2],
            gesture="carry",
        )
        expect(200, answer)
        state["seen"] += b'data-version=\\"%d' % (state["seen"] + 1) in answer.body

    return cpu_of(running, move, times=MOVES)


def _browser(running: Running, known: dict[str, Any]) -> float:
    """From letting go to the answer on the screen; the median of several."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise RuntimeError("no Chromium or Chrome: sudo apt-get install --yes chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=SWITCHES)
        page = browser.new_page(locale="de-DE", viewport={"width": 1600, "height": 1000})
        page.goto(f"{running.base_url}/organise/signin")
        page.locator("input[name=email]").fill(known["email"])
        page.locator("input[name=password]").fill(known["password"])
        page.locator("main form button").click()
        page.wait_for_url("**/organise/")
        page.goto(f"{running.base_url}/organise/{SLUG}/programme/grid")
        times = [_drag(page, number) for number in range(DRAGS)]
        browser.close()
    return median(times)


def _drag(page: Page, number: int) -> float:
    """Five minutes down, five up, in turn."""
    block = page.locator("[data-session]").first.bounding_box()
    if block is None:
        raise RuntimeError("no session on the board")
    x, y = block["x"] + 20, block["y"] + 10
    page.evaluate(WAIT)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + (15 if number % 2 == 0 else -15), steps=3)
    page.mouse.up()
    return float(page.evaluate("() => window.waited"))
