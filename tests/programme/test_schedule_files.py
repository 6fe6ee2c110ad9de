"""The public programme as schedule.xml and schedule.json: who sees what, and the way back in."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_session,
    make_venue,
    show,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventapp.accounts.audit import SYSTEM
from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.events.states import EventState
from eventapp.foundation.text import clean
from eventapp.programme.actions import cancel_session, import_programme, publish_programme
from eventapp.programme.foreign.plain_text import has_markup
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.queries import sessions_of
from eventapp.programme.receiving import read_for
from eventapp.programme.states import ContributorState, SessionState

OPENS = datetime(2027, 6, 24, 8, tzinfo=UTC)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
REQUIRED = ["room", "title", "type", "date", "start", "duration", "abstract", "track"]
BOTH = pytest.mark.parametrize("name", ["schedule.xml", "schedule.json"])


@pytest.fixture
def event(app) -> Event:
    return make_event(
        slug="messe", state=EventState.OPEN, starts_at=OPENS, ends_at=OPENS + timedelta(days=2)
    )


def add(event: Event, title: str, hour: float, **more: Any):
    room = rooms_of(event)[0]
    starts_at = OPENS + timedelta(hours=hour)
    values = {"room_id": room.id, "starts_at": starts_at, "kind": SessionKind.LECTURE}
    values |= {"ends_at": starts_at + timedelta(minutes=45), "title_de": title, "title_en": ""}
    return make_session(event, **(values | more))


def text(client, name: str) -> str:
    return client.get(f"/e/messe/{name}").get_data(as_text=True)


def tree(client) -> Element:
    return fromstring(client.get("/e/messe/schedule.xml").data)


@BOTH
def test_only_what_everybody_may_see_is_in_it(event, client, name):
    """T-07: no draft, nothing internal, nobody who has not agreed."""
    shown = add(event, "Gezeigt", 0)
    add(event, "Nachtschicht", 1, public=False)
    off = add(event, "Abgesagt", 2)
    make_contribution(shown, make_contributor(event, last_name="Zusage"),
                      state=ContributorState.AGREED)  # fmt: skip
    make_contribution(shown, make_contributor(event, last_name="Zweifel"),
                      state=ContributorState.ASKED)  # fmt: skip
    cancel_session(off, by=SYSTEM)
    show(off)
    add(event, "Entwurf", 3, state=SessionState.DRAFT)

    found = text(client, name)

    assert "Gezeigt" in found
    assert "Zusage" in found
    for hidden in ("Nachtschicht", "Abgesagt", "Entwurf", "Zweifel"):
        assert hidden not in found


@BOTH
def test_an_event_that_is_a_draft_has_none(app, client, name):
    make_event(slug="geheim", state=EventState.DRAFT)

    assert client.get(f"/e/geheim/{name}").status_code == 404


@BOTH
def test_who_has_the_newest_version_is_told_so(event, client, name):
    add(event, "Gezeigt", 0, state=SessionState.DRAFT)
    publish_programme(event, by=SYSTEM)
    first = client.get(f"/e/messe/{name}")
    again = client.get(f"/e/messe/{name}", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")

    add(event, "Neu", 2, state=SessionState.DRAFT)
    publish_programme(event, by=SYSTEM)
    newer = client.get(f"/e/messe/{name}", headers={"If-None-Match": first.headers["ETag"]})
    assert newer.status_code == 200


def test_the_xml_has_the_form_that_apps_rely_on(event, client):
    add(event, "Mit <Zeichen> & Ümläuten", 0, teaser_de="Zeile 1\n\nZeile 2")
    add(event, "In der Nacht", 14.5)
    add(event, "Ohne Raum", 20, room_id=None)
    root = tree(client)

    assert [child.tag for child in root] == ["generator", "version", "conference", "day", "day"]
    assert [day.get("date") for day in root.iter("day")] == ["2027-06-24", "2027-06-25"]
    assert re.fullmatch(r"[a-z0-9_-]{4,}", root.findtext("conference/acronym", ""))
    for day in root.iter("day"):
        assert MOMENT.fullmatch(day.get("start", ""))
        assert MOMENT.fullmatch(day.get("end", ""))
    found = list(root.iter("event"))
    assert [each.findtext("title") for each in found] == [
        "Mit <Zeichen> & Ümläuten", "In der Nacht", "Ohne Raum",
    ]  # fmt: skip
    for each in found:
        assert UUID.fullmatch(each.get("guid", ""))
        assert int(each.get("id", "")) > 0
        assert [name for name in REQUIRED if each.find(name) is None] == []
        assert MOMENT.fullmatch(each.findtext("date", ""))
        assert re.fullmatch(r"[0-2]\d:[0-5]\d", each.findtext("start", ""))
        assert re.fullmatch(r"\d\d:\d\d", each.findtext("duration", ""))
    assert len({each.get("guid") for each in found}) == 3


def test_a_night_session_stands_under_the_day_before(event, client):
    add(event, "Abend", 8)
    add(event, "In der Nacht", 14.5)  # 00:30 in Berlin

    (day,) = tree(client).iter("day")
    assert [each.findtext("start") for each in day.iter("event")] == ["18:00", "00:30"]


def test_json_says_the_same_as_xml(event, client):
    add(event, "Erster", 0)

    (day,) = json.loads(text(client, "schedule.json"))["schedule"]["conference"]["days"]
    ((found,),) = day["rooms"].values()
    expected = next(tree(client).iter("event"))
    assert found["guid"] == expected.get("guid")
    assert {name: found[name] for name in REQUIRED} == {
        name: expected.findtext(name) for name in REQUIRED
    }


def test_an_empty_programme_is_a_day_without_rooms(event, client):
    root = tree(client)

    assert [day.get("index") for day in root.iter("day")] == ["1"]
    assert list(root.iter("event")) == []


def test_our_own_file_brings_no_second_copy_into_the_event_it_came_from(event, client):
    add(event, "Erster", 0)
    content = client.get("/e/messe/schedule.xml").data

    report = import_programme(event, read_for(event, content).document, by=SYSTEM)

    assert report.counts["added"] == 0
    assert len(sessions_of(event)) == 1


titles = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20
).filter(lambda title: clean(title) == title and not has_markup(title))
sessions = st.lists(
    st.tuples(
        titles,
        st.integers(0, 40 * 12),
        st.integers(1, 30),
        st.integers(0, 2),
        st.sampled_from(["de", "en"]),
        st.sampled_from([kind for kind in SessionKind if kind is not SessionKind.INTERNAL]),
    ),
    max_size=5,
)


@BOTH
@settings(max_examples=12, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(found=sessions)
def test_what_is_exported_comes_in_as_the_same_programme(event, client, name, found):
    """Titles, texts, languages, kinds, times, rooms and names; into an event without any."""
    source = make_event(event.host, state=EventState.OPEN, starts_at=OPENS,
                        ends_at=OPENS + timedelta(days=3))  # fmt: skip
    rooms = [None, *rooms_of(source)]
    for title, step, steps, room, language, kind in found:
        starts_at = OPENS + timedelta(minutes=5 * step)
        texts = {"title_de": "", "title_en": "", "teaser_de": "", "teaser_en": ""}
        texts |= {f"title_{language}": title, f"teaser_{language}": f"Zu {title}"}
        row = make_session(
            source, kind=kind, room_id=rooms[room].id if rooms[room] else None,
            starts_at=starts_at, ends_at=starts_at + timedelta(minutes=5 * steps), **texts,
        )  # fmt: skip
        make_contribution(row, make_contributor(source, first_name="Alma", last_name="Öhm"),
                          role=Role.INPUT, state=ContributorState.AGREED)  # fmt: skip
    target = make_event(event.host, venue=make_venue(event.host), starts_at=OPENS,
                        ends_at=OPENS + timedelta(days=3))  # fmt: skip

    content = client.get(f"/e/{source.slug}/{name}").data
    if found:
        import_programme(target, read_for(target, content).document, by=SYSTEM)

    assert programme_in(target) == programme_in(source)


def programme_in(event: Event):
    return sorted(
        (row.title_de, row.title_en, row.teaser_de, row.teaser_en, row.kind, row.starts_at,
         row.ends_at, row.room.name if row.room else "",
         tuple(part.contributor.name for part in row.contributions))
        for row in sessions_of(event)
    )  # fmt: skip
