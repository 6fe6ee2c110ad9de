"""The demo's events with venue, partners and programme: two ahead, the last edition behind."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.models import HostOrganisation
from eventapp.cli.demo import files
from eventapp.cli.demo.dates import WEEK, Shift
from eventapp.events.models import Event, Partner, Room, Series, Venue
from eventapp.events.states import Direction, EventState, PartnerRole
from eventapp.foundation.database import db, transaction
from eventapp.programme.actions import import_programme, publish_programme
from eventapp.programme.exchange import read_programme
from eventapp.programme.queries import programme_of

PHOTO_NOTICE = (
    "Bei der Veranstaltung entstehen Übersichtsaufnahmen. Bilder, auf denen Sie zu erkennen sind, "
    "verwenden wir nur mit Ihrer Einwilligung; wer auf kein Bild möchte, bekommt am Einlass einen "
    "Punkt für das Namensschild."
)


@dataclass(frozen=True)
class Words:
    """What a demo event says beyond its programme file."""

    file: str
    slug: str
    intro: str
    access: str
    cooperation: str = ""
    companions: int = 0


MAIN = Words(
    file="programme.json",
    slug="digitale-kompetenzlandschaft",
    intro="Ein Nachmittag, zwei Durchgänge mit je drei Talk-Runden, ein Podium, eine Unterschrift.",
    access="Höranlage im Plenum. Die Werkstatt ist nur über eine Treppe erreichbar; "
    "wir finden mit Ihnen eine andere Runde.",
    cooperation="Wirtschaftsförderung Nachbarstadt (Demo)",
    companions=1,
)
SMALL = Words(
    file="mobilitaet.json",
    slug="mobilitaet-im-laendlichen-raum",
    intro="Eine Stunde Impulse, drei Talk-Runden zur gleichen Zeit, ein Abend am Gleis.",
    access="Höranlage im Wartesaal. Das Stellwerk ist nur über eine Treppe erreichbar; "
    "wir finden mit Ihnen eine andere Runde.",
    companions=2,
)

LAST = Words(
    file="handwerk.json",
    slug="handwerk-und-handel-im-netz",
    intro="Ein Abend über Aufträge aus dem Netz, und was sie im Betrieb verändern.",
    access="Alle Räume sind stufenlos erreichbar, Höranlage im Saal.",
)


def written_day(words: Words) -> date:
    """The day of the event as its file has it."""
    return date.fromisoformat(json.loads(files.text(words.file))["event"]["date"])


def load_series(host: HostOrganisation) -> Series:
    """The series to which both events belong."""
    series = Series(host_id=host.id, slug="fachimpuls", name_de="Fachimpuls", name_en="Fachimpuls")
    with transaction():
        db.session.add(series)
    return series


def load_event(host: HostOrganisation, series: Series, words: Words, shift: Shift) -> Event:
    """An open event with its published programme, its days moved by `shift`."""
    content = shift.moved(files.text(words.file))
    written = json.loads(content)
    english = files.english()
    with transaction():
        event = _event(host, series, words, written, english, shift)
        db.session.add(event)
        db.session.flush()
        import_programme(event, read_programme(content.encode()), by=SYSTEM)
        _say_in_english(event, english)
        publish_programme(event, by=SYSTEM)
    return event


def _event(
    host: HostOrganisation,
    series: Series,
    words: Words,
    written: dict[str, Any],
    english: dict[str, str],
    shift: Shift,
) -> Event:
    facts = written["event"]
    return Event(
        host=host,
        series=series,
        slug=words.slug,
        state=EventState.OPEN,
        edition=facts["edition"],
        zone=shift.zone,
        capacity=facts["capacity"],
        waiting_list=facts["waiting_list"],
        companions_allowed=words.companions,
        venue=_venue(host, words, written, english),
        partners=_partners(host, words, facts),
        signed_by="Dr. Silvana Öhlrichs-Amend, Holger Dachtenbrück",
        **_moments(facts),
        **_texts(facts, words, english),
    )


def _moments(facts: dict[str, Any]) -> dict[str, Any]:
    opens_at = datetime.fromisoformat(facts["registration_opens"]) - timedelta(days=WEEK)
    return {
        "doors_at": datetime.fromisoformat(facts["doors"]),
        "starts_at": datetime.fromisoformat(facts["start"]),
        "ends_at": datetime.fromisoformat(facts["end"]),
        "registration_opens_at": opens_at,
        "reply_by_on": date.fromisoformat(facts["reply_by"]),
        "wishes_close_at": datetime.fromisoformat(facts["wishes_close"]),
    }


def _texts(facts: dict[str, Any], words: Words, english: dict[str, str]) -> dict[str, str]:
    german = {
        "title": facts["title"],
        "subtitle": facts["subtitle"],
        "intro": words.intro,
        "funding_notice": facts["funding_notice"],
        "photo_notice": PHOTO_NOTICE,
    }
    translated = {f"{name}_en": english.get(text, "") for name, text in german.items()}
    return {f"{name}_de": text for name, text in german.items()} | translated


def _venue(
    host: HostOrganisation, words: Words, written: dict[str, Any], english: dict[str, str]
) -> Venue:
    place = written["event"]["venue"]
    rooms = [
        Room(
            name=room["name"],
            position=position,
            capacity=room["capacity"],
            step_free=room["accessible"],
            hearing_loop=room["hearing_loop"],
            seating=room["seating"],
            note=room.get("note", ""),
            floor=room.get("floor", ""),
            direction=Direction(room.get("direction", "unknown")),
        )
        for position, room in enumerate(written["rooms"], start=1)
    ]
    return Venue(
        host_id=host.id,
        name=place["name"],
        street=place["street"],
        postcode=place["plz"],
        city=place["city"],
        rooms=rooms,
        transit_de=place["transit"],
        transit_en=english.get(place["transit"], ""),
        parking_de=place["parking"],
        parking_en=english.get(place["parking"], ""),
        access_de=words.access,
        access_en=english.get(words.access, ""),
    )


def _partners(host: HostOrganisation, words: Words, facts: dict[str, Any]) -> list[Partner]:
    named = [(facts["host"], PartnerRole.HOST), (host.name, PartnerRole.ORGANISER)]
    if words.cooperation:
        named.append((words.cooperation, PartnerRole.COOPERATION))
    return [
        Partner(name=name, role=role, position=position)
        for position, (name, role) in enumerate(named, start=1)
    ]


def _say_in_english(event: Event, english: dict[str, str]) -> None:
    programme = programme_of(event)
    for session in programme.sessions:
        session.title_en = english.get(session.title_de, "")
    for slot in programme.slots:
        slot.name_en = english.get(slot.name_de, "")
