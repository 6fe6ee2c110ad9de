"""What the demo's contributors have handed in: words, drawn portraits, one presentation."""

from io import BytesIO

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.programme.models import Contributor
from eventapp.programme.states import NAMED_IN_PUBLIC
from eventapp.speakers.actions import (
    hand_in_portrait,
    hand_in_slides,
    tell_biography,
    tell_technical,
    tell_travel,
)
from eventapp.speakers.event_queries import handed_in
from eventapp.speakers.marks import mark_of_texts, mark_of_travel
from eventapp.speakers.requests import PortraitRequest, SlidesRequest, Travel
from eventapp.speakers.states import CONTRIBUTOR

PORTRAITS = 6
SIDE = 640
GROUNDS = ("#35506b", "#5b4a6b", "#2f5d50", "#6b4b35", "#43536b", "#5a5f3a")
SKIN, CLOTH = "#e3c9b0", "#f2efe9"
LEFT_OUT = 5  # every fifth has not written anything yet, so that something is missing
SLIDES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def load_material(event: Event, *, by: Account) -> None:
    """Some have handed in all, some a part, some nothing."""
    people = [one.contributor for one in handed_in(event) if _agreed(one.contributor)]
    for number, person in enumerate(people):
        if number % LEFT_OUT != LEFT_OUT - 1:
            german, english = _words(person)
            tell_biography(person, german, english, mark=mark_of_texts("", ""), by=CONTRIBUTOR)
        if number < PORTRAITS:
            _hand_in_portrait(person, number)
    if people:
        _hand_in_slides(people[0])
        tell_technical(
            people[0],
            "Eigener Laptop mit HDMI, Ton aus einem Video.",
            mark=mark_of_texts(""),
            by=CONTRIBUTOR,
        )
        tell_travel(
            people[0],
            Travel(arrival="Bahn, 13:42 Uhr", hotel=False, hotel_note="", parking=False),
            mark=mark_of_travel(None),
            by=by,
        )


def _agreed(person: Contributor) -> bool:
    return any(part.state in NAMED_IN_PUBLIC for part in person.contributions)


def _words(person: Contributor) -> tuple[str, str]:
    where = person.organisation_name or "der Region"
    german = (
        f"{person.full_name} arbeitet bei {where} an Projekten, die Betriebe und Verwaltungen im "
        "ländlichen Raum voranbringen, und spricht am liebsten über das, was sich bewährt hat."
    )
    english = (
        f"{person.full_name} works at {where} on projects for companies and public bodies in the "
        "countryside, and prefers to speak about what has stood the test."
    )
    return german, english


def _hand_in_portrait(person: Contributor, number: int) -> None:
    request = PortraitRequest(
        picture=BytesIO(drawn_portrait(number)),
        filename="portrait.png",
        photographer="Demo-Bildstelle",
        alt=f"Gezeichnetes Porträt von {person.full_name}",
    )
    hand_in_portrait(person, request, by=CONTRIBUTOR)


def _hand_in_slides(person: Contributor) -> None:
    request = SlidesRequest(file=BytesIO(SLIDES), filename="Impuls Demo.pdf", publish=True)
    hand_in_slides(person, request, by=CONTRIBUTOR)


def drawn_portrait(number: int) -> bytes:
    """A neutral head and shoulders on a coloured ground."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - 12 MB that only the demo's loading needs

    image = Image.new("RGB", (SIDE, SIDE * 5 // 4), GROUNDS[number % len(GROUNDS)])
    pen, middle = ImageDraw.Draw(image), SIDE // 2
    pen.ellipse((middle - 250, 520, middle + 250, 1100), fill=CLOTH)
    pen.rectangle((middle - 55, 400, middle + 55, 570), fill=SKIN)
    pen.ellipse((middle - 135, 150, middle + 135, 490), fill=SKIN)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
