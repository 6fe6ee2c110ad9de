"""The public schedule.xml against the schema of those who read such files (xmllint, from apt)."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from factories import make_contribution, make_contributor, make_event, make_session, show
from flask.testing import FlaskClient

from eventapp.accounts.audit import SYSTEM
from eventapp.events.models import Event
from eventapp.events.states import EventState
from eventapp.foundation.database import transaction
from eventapp.programme.actions import import_programme
from eventapp.programme.queries import sessions_of
from eventapp.programme.receiving import read_for
from eventapp.programme.states import SessionState

FOLDER = Path(__file__).parents[3] / "shared" / "real"
SCHEMA = FOLDER / "c3voc-schedule.xml.xsd"
OPENS = datetime(2014, 12, 27, 8, tzinfo=UTC)


def faults(content: bytes) -> list[str]:
    """What the schema refuses, line by line."""
    checked = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--schema", str(SCHEMA), "-"],
        input=content,
        capture_output=True,
        check=False,
    )
    lines = checked.stderr.decode().splitlines()
    return [line for line in lines if "error" in line]


@pytest.fixture
def event(app) -> Event:
    return make_event(slug="fi", state=EventState.OPEN, starts_at=OPENS,
                      ends_at=OPENS + timedelta(days=4))  # fmt: skip


def written(client: FlaskClient) -> bytes:
    return client.get("/e/fi/schedule.xml").data


def test_the_schema_refuses_what_is_wrong():
    """A net that catches nothing proves nothing: the congress has 112 guids that are none."""
    assert len([one for one in faults((FOLDER / "ccc-31c3-schedule.xml").read_bytes())
                if "attribute 'guid'" in one and "pattern" in one]) == 112  # fmt: skip


def test_a_programme_without_sessions_is_valid(client: FlaskClient, event: Event):
    assert faults(written(client)) == []


def test_an_odd_programme_is_valid(client: FlaskClient, event: Event):
    room = event.venue.rooms[0]
    person = make_contributor(event, last_name="Öhm & <Söhne> ‮")
    for number, title in enumerate(("", "T & <b>", "x" * 200, "𝕏 \t")):
        session = make_session(
            event,
            title_de=title or "-",
            title_en="",
            teaser_de="\x0bZeile\nZeile",
            room=room if number % 2 else None,
            starts_at=OPENS + timedelta(hours=7 * number),
            ends_at=OPENS + timedelta(hours=7 * number + number * 30, minutes=1),
        )
        make_contribution(session, person)

    assert faults(written(client)) == []


@pytest.mark.parametrize(
    "name",
    ["ccc-31c3-schedule.xml", "voc-frab-camp2019.schedule.json", "c3voc-schedule-example-de.xlsx"],
)
def test_what_came_from_others_goes_out_valid(client: FlaskClient, event: Event, name: str):
    import_programme(event, read_for(event, (FOLDER / name).read_bytes()).document, by=SYSTEM)
    sessions = sessions_of(event)
    with transaction():
        for session in sessions:
            session.state = SessionState.PUBLISHED
    show(*sessions)

    content = written(client)

    assert content.count(b"<event ") == len(sessions)
    assert faults(content) == []
