"""From an empty event to the demo's programme by hand, as a new user would, and how long it takes.

What a person types and clicks is counted; with the usual seconds for each it must stay far below
thirty minutes. The programme is then the same as the one imported from the file.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from demo_site import Site, Watch, sign_in
from journeys.demos import running_demo
from looks import faults
from playwright.sync_api import Locator, Page, expect


@pytest.fixture
def site(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demo of its own: a second programme with the same people is found by the search as well."""
    with running_demo(database_url, tmp_path_factory.mktemp("own")) as own:
        yield own


FILE = Path(__file__).parents[2] / "demo" / "programme.json"
DAY = "2031-06-26"
ROLES = {
    "Begrüßung": "welcome", "Gesamtmoderation": "overall_moderation", "Grußwort": "greeting",
    "Keynote": "keynote", "Moderation": "moderation", "Impuls": "input", "Podium": "panel",
    "Unterzeichnung": "signing",
}  # fmt: skip
SECONDS = {"page": 3.0, "click": 2.0, "field": 2.0, "key": 0.3}
"""For a person who knows the programme but not the program: looking, reaching, typing."""
HALF_AN_HOUR = 30 * 60


@dataclass
class Hand:
    """Does what a person does, and counts it."""

    page: Page
    pages: int = 0
    clicks: int = 0
    fields: int = 0
    keys: int = 0

    def click(self, what: Locator) -> None:
        self.clicks += 1
        self.pages += 1
        what.click()

    def fill(self, what: Locator, text: str) -> None:
        if what.input_value() == text:
            return
        self.fields += 1
        self.keys += len(text)
        what.fill(text)

    def choose(self, what: Locator, *, value: str = "", label: str = "") -> None:
        chosen = what.evaluate("select => [select.value, select.selectedOptions[0].label]")
        if (value or label) in chosen:
            return
        self.fields += 1
        what.select_option(value=value or None, label=label or None)

    def tick(self, what: Locator) -> None:
        self.clicks += 1
        what.check()

    @property
    def seconds(self) -> float:
        """How long it takes a person."""
        return sum(
            SECONDS[name] * getattr(self, f"{name}s") for name in ("page", "click", "field", "key")
        )


@pytest.fixture
def programme() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def empty_event(page: Page, site: Site, title: str) -> str:
    """An event like the demo's, with nothing in it; its page for organisers."""
    page.goto(f"{site.url}/organise/events/new")
    page.get_by_label("Titel, deutsch").fill(title)
    page.locator("#day").fill(DAY)
    page.locator("#starts").fill("15:30")
    page.locator("#ends").fill("21:00")
    page.locator("#capacity").fill("120")
    page.locator("#venue").select_option(label="Lichtforum, Arnsberg")
    page.get_by_role("button", name="Entwurf anlegen").click()
    expect(page).not_to_have_url(re.compile("/new$"))
    return f"{site.url}/organise/{re.search(r'/organise/([^/]+)/', page.url)[1]}"


def clock(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%H:%M}"


def typed(person: dict[str, Any]) -> str:
    """A person as one types them: "Frau Dr. Ada Öhm (Akademie)"."""
    name = " ".join(filter(None, (person["anrede"], person["titel"], person["vorname"],
                                  person["nachname"])))  # fmt: skip
    return f"{name} ({person['organisation']})"


class Builder:
    """Enters a programme through the pages."""

    def __init__(self, hand: Hand, base: str, programme: dict[str, Any]) -> None:
        self.hand, self.page, self.base = hand, hand.page, base
        self.rooms = {room["id"]: room["name"] for room in programme["rooms"]}
        self.people = {one["id"]: one for one in programme["speakers"]}
        self.slots = {slot["id"]: slot for slot in programme["slots"]}
        self.sessions = programme["sessions"]
        self.known: set[str] = set()

    def build(self) -> None:
        """In the order of the day; rounds of a slot together."""
        done: set[str] = set()
        self.hand.click(self.page.get_by_role("link", name="Ersten Programmpunkt anlegen"))
        for session in self.sessions:
            slot = session.get("slot")
            if slot is None:
                self.add(session)
            elif slot not in done:
                done.add(slot)
                self.add_rounds(self.slots[slot])
        self.hand.click(self.page.get_by_role("link", name="Zurück zum Programm"))

    def add(self, session: dict[str, Any]) -> None:
        page, hand = self.page, self.hand
        hand.click(page.locator(f"a[href$='?kind={session['type']}']"))
        hand.fill(page.locator("#title_de"), session["title"])
        hand.fill(page.locator("#starts"), clock(session["start"]))
        hand.fill(page.locator("#ends"), clock(session["end"]))
        hand.choose(page.locator("#room"), label=self._room(session["room"]))
        for number, part in enumerate(session["people"]):
            if page.locator(f"#person-{number}").count() == 0:
                hand.click(page.get_by_role("button", name="Person hinzufügen"))
            self.cast(number, part)
        if session["people"]:
            hand.tick(page.locator("#parts-agreed"))
        hand.click(page.get_by_role("button", name="Speichern und nächsten anlegen"))
        expect(page.get_by_role("status").first).to_contain_text("als Entwurf")

    def cast(self, number: int, part: dict[str, str]) -> None:
        page, hand, person = self.page, self.hand, self.people[part["speaker"]]
        if part["speaker"] in self.known:
            name = " ".join(filter(None, (person["titel"], person["vorname"], person["nachname"])))
            hand.choose(page.locator(f"#person-{number}"), label=name)
        else:
            hand.choose(page.locator(f"#person-{number}"), value="new")
            first = " ".join(filter(None, (person["anrede"], person["titel"], person["vorname"])))
            hand.fill(page.locator(f"#first-{number}"), first)
            hand.fill(page.locator(f"#last-{number}"), person["nachname"])
            hand.fill(page.locator(f"#organisation-{number}"), person["organisation"])
            self.known.add(part["speaker"])
        hand.choose(page.locator(f"#role-{number}"), value=ROLES[part["role"]])

    def add_rounds(self, slot: dict[str, Any]) -> None:
        page, hand = self.page, self.hand
        hand.click(page.locator("a[href$='?kind=talk_round']"))
        hand.click(page.get_by_role("link", name="Mehrere Talk-Runden auf einmal"))
        hand.fill(page.locator("#name_de"), slot["name"])
        hand.fill(page.locator("#starts"), clock(slot["start"]))
        hand.fill(page.locator("#ends"), clock(slot["end"]))
        rounds = [each for each in self.sessions if each.get("slot") == slot["id"]]
        for number, session in enumerate(rounds):
            self.fill_round(number, session)
        hand.tick(page.locator("#agreed"))
        assert faults(page) == []
        hand.click(page.get_by_role("button", name="Runden anlegen").last)
        expect(page.get_by_role("status").first).to_contain_text("3 Talk-Runden")
        hand.click(page.get_by_role("link", name="Programmpunkt anlegen", exact=True))

    def fill_round(self, number: int, session: dict[str, Any]) -> None:
        page, hand = self.page, self.hand
        hand.fill(page.locator(f"#title-{number}"), session["title"])
        hand.choose(page.locator(f"#room-{number}"), label=self._room(session["room"]))
        hand.fill(page.locator(f"#places-{number}"), str(session["capacity"]))
        for column, role in (("moderation", "Moderation"), ("inputs", "Impuls")):
            who = [one["speaker"] for one in session["people"] if one["role"] == role]
            hand.fill(page.locator(f"#{column}-{number}"), self._names(who))
        hand.fill(page.locator(f"#protocol-{number}"), self._names([session["protocol"]]))

    def _names(self, who: list[str]) -> str:
        """Whoever is known already by the name alone."""
        names = []
        for each in who:
            person = self.people[each]
            short = f"{person['vorname']} {person['nachname']}"
            names.append(short if each in self.known else typed(person))
            self.known.add(each)
        return ", ".join(names)

    def _room(self, key: str) -> str:
        label = self.page.locator("#room option, #room-0 option", has_text=self.rooms[key])
        return label.first.inner_text()


def shown(page: Page, base: str) -> list[str]:
    """The programme as the list tells it: times, titles, rooms, places, people and roles."""
    page.goto(f"{base}/programme")
    lines = page.locator("ol.agenda").inner_text().splitlines()
    return [line.strip() for line in lines if line.strip()]


def imported(page: Page, base: str) -> None:
    """The programme of the file, taken over as a whole."""
    page.goto(f"{base}/programme/import")
    page.get_by_label("Datei", exact=True).set_input_files(FILE)
    page.get_by_role("button", name="Vorschau zeigen").click()
    page.locator("[name=first_day]").fill(DAY)
    page.get_by_role("button", name="Programm verschieben").click()
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Neues steht als Entwurf im Programm")


def test_the_demos_programme_is_built_by_hand_in_far_less_than_half_an_hour(
    page: Page, site: Site, watch: Watch, programme: dict[str, Any]
):
    sign_in(page, site)
    hand = Hand(page)
    base = empty_event(page, site, "Von Hand gebaut")
    page.goto(f"{base}/programme")

    Builder(hand, base, programme).build()

    built = shown(page, base)
    file = empty_event(page, site, "Aus der Datei")
    imported(page, file)
    print(hand, f"{hand.seconds / 60:.1f} minutes")
    assert built == shown(page, file)
    assert hand.seconds < HALF_AN_HOUR / 1.5
