"""A session with its people in one go: usual roles, new people, promises, times."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from factories import make_contribution, make_contributor, make_event, make_session, make_slot
from programme.rows import seen_in
from programme.test_programme_pages import BASE, fields, text_of

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.foundation.database import db
from eventapp.programme.kinds import Role, SessionKind, usual_cast, usual_length
from eventapp.programme.models import Contributor
from eventapp.programme.queries import contributors_of, programme_of
from eventapp.programme.states import ContributorState, SessionState


@pytest.fixture
def event(organiser: Account) -> Event:
    return make_event(organiser.memberships[0].host, slug="licht")


def rows(*people: dict[str, str]) -> dict[str, list[str]]:
    """Rows of people as a browser sends them."""
    usual = {"person": "new", "role": "panel", "state": "pencilled"}
    blank = {"first": "", "last": "", "organisation": ""}
    return {
        f"parts-{name}": [(usual | blank | row)[name] for row in people] for name in usual | blank
    }


def roles_on(page: str) -> list[str]:
    """The chosen role of each row."""
    found = re.findall(r'name="parts-role">(.*?)</select>', page, re.S)
    return [re.findall(r'value="(\w+)" selected', row)[0] for row in found]


@pytest.mark.parametrize(
    ("kind", "cast"),
    [
        ("panel", ["moderation", "panel", "panel"]),
        ("talk_round", ["moderation", "input", "input"]),
        ("keynote", ["keynote", "keynote", "keynote"]),
        ("greeting", ["greeting", "greeting", "greeting"]),
        ("ceremony", ["signing", "signing", "signing"]),
        ("made up", ["moderation", "input", "input"]),
    ],
)
def test_each_added_row_has_the_role_that_the_kind_needs_next(client, event, kind, cast):
    known: list[str] = []
    for expected in range(1, 4):
        sent = rows(*({"role": role} for role in known))
        page = client.post(f"{BASE}/new", data=fields(event, kind=kind, arrange="add", **sent))
        known = roles_on(page.get_data(as_text=True))
        assert known == cast[:expected]


@pytest.mark.parametrize("kind", SessionKind)
def test_a_new_session_begun_as_a_kind_asks_for_its_usual_people(client, event, kind):
    page = client.get(f"{BASE}/new?kind={kind}").get_data(as_text=True)

    assert roles_on(page) == usual_cast(kind)
    assert f'<option selected value="{kind}">' in page


def test_an_unknown_kind_in_the_address_is_none(client, event):
    assert roles_on(client.get(f"{BASE}/new?kind=circus").get_data(as_text=True)) == []


def test_new_people_are_entered_with_the_session(client, event):
    client.post(
        f"{BASE}/new",
        data=fields(
            event,
            kind="panel",
            **rows(
                {"role": "moderation", "first": "Nele", "last": "Öhm", "organisation": "Stadt"},
                {"person": "", "last": "Ode"},
                {},
            ),
        ),
    )

    parts = programme_of(event).sessions[0].contributions
    assert [(each.role, each.contributor.name) for each in parts] == [
        (Role.MODERATION, "Nele Öhm"),
        (Role.PANEL, "Ode"),
    ]
    assert [each.key for each in contributors_of(event)] == ["M1", "M2"]
    assert parts[0].contributor.organisation_name == "Stadt"


def test_nobody_is_entered_twice(client, event):
    known = make_contributor(event, first_name="Nele", last_name="Öhm", organisation_name="Stadt")
    typed: dict[str, Any] = rows(
        {"role": "moderation", "first": "nele", "last": " ÖHM", "organisation": "STADT"},
        {"first": "Nele", "last": "Öhm", "organisation": "Land"},
    )

    for _ in range(2):
        client.post(f"{BASE}/new", data=fields(event, **typed))

    first, second = programme_of(event).sessions
    assert first.contributions[0].contributor_id == known.id
    assert [each.contributor_id for each in first.contributions] == [
        each.contributor_id for each in second.contributions
    ]
    assert db.session.query(Contributor).count() == 2


def test_new_people_can_join_a_session_that_is_stored(client, event):
    session = make_session(event)

    answer = client.post(
        f"{BASE}/{session.id}",
        data=fields(event, seen=str(session.version), **rows({"last": "Öhm"})),
    )

    assert answer.status_code == 303
    assert [each.contributor.name for each in session.contributions] == ["Öhm"]


def test_a_colleague_who_was_faster_leaves_nobody_half_entered(client, event):
    session = make_session(event)

    answer = client.post(
        f"{BASE}/{session.id}", data=fields(event, seen="0", **rows({"last": "Öhm"}))
    )

    assert answer.status_code == 409
    assert "Neue Person (Podium" in text_of(answer)
    assert contributors_of(event) == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"first": "Nele"}, "Bitte geben Sie den Nachnamen der neuen Person an."),
        ({"last": "x" * 101}, "Ein Name ist hier zu lang."),
        ({"last": "Öhm", "role": "juggler"}, "Bitte wählen Sie Person und Rolle aus den Listen."),
        ({"last": "Öhm", "state": "confirmed"}, "Öhm"),
    ],
)
def test_what_is_wrong_with_a_new_person_is_said_and_stays(client, event, row, sentence):
    answer = client.post(f"{BASE}/new", data=fields(event, **rows(row)))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert f'value="{row.get("last", "")}"' in answer.get_data(as_text=True)
    assert contributors_of(event) == []


def test_a_new_person_without_any_in_the_list_is_asked_for_at_once(client, event):
    page = client.post(f"{BASE}/new", data=fields(event, arrange="add")).get_data(as_text=True)

    assert '<option value="new" selected>' in page


def test_all_have_agreed_with_one_tick_except_who_declined(client, event):
    person, other = make_contributor(event), make_contributor(event)
    session = make_session(event)
    make_contribution(session, person, role=Role.PANEL, state=ContributorState.DECLINED)
    make_contribution(session, other, role=Role.PANEL, state=ContributorState.ASKED)
    sent = rows(
        {"person": str(person.id), "state": "declined"},
        {"person": str(other.id), "state": "asked"},
        {"last": "Öhm"},
    )
    data = fields(event, seen=str(session.version), **{"parts-agreed": "y"}, **sent)

    arranged = client.post(f"{BASE}/{session.id}", data=data | {"arrange": "add"})
    client.post(f"{BASE}/{session.id}", data=data)

    assert 'name="parts-agreed" value="y" checked' in arranged.get_data(as_text=True)
    db.session.expire_all()
    assert [each.state for each in session.contributions] == [
        ContributorState.DECLINED,
        ContributorState.AGREED,
        ContributorState.AGREED,
    ]


def test_publishing_tells_who_is_not_named(client, event):
    session = make_session(event, state=SessionState.DRAFT)
    internal = make_session(event, state=SessionState.DRAFT, public=False)
    for state in ("pencilled", "asked", "agreed", "declined"):
        make_contribution(session, make_contributor(event), state=ContributorState(state))
    make_contribution(internal, make_contributor(event), state=ContributorState.PENCILLED)

    page = client.post(f"{BASE}/release", data=seen_in(client, BASE), follow_redirects=True)

    assert "2 Personen haben noch nicht zugesagt und werden nicht genannt." in text_of(page)
    assert f'href="{BASE}/people">Zusagen vermerken' in page.get_data(as_text=True)


def test_a_programme_in_which_all_have_agreed_says_nothing_of_it(client, event):
    session = make_session(event)
    make_contribution(session, make_contributor(event), state=ContributorState.AGREED)

    assert "noch nicht zugesagt" not in text_of(client.get(BASE))


def test_a_new_session_begins_with_the_event_and_has_its_usual_length(client, event):
    page = client.get(f"{BASE}/new?kind=panel").get_data(as_text=True)

    assert times_on(page) == [event.starts_at, event.starts_at + usual_length(SessionKind.PANEL)]


def test_a_new_session_follows_the_last_one(client, event):
    last = make_session(event)

    page = client.get(f"{BASE}/new?kind=keynote").get_data(as_text=True)

    assert times_on(page) == [last.ends_at, last.ends_at + timedelta(minutes=20)]


def test_a_new_round_is_put_into_the_slot_of_the_last_one(client, event):
    first, second = make_slot(event), make_slot(event)

    alone = client.get(f"{BASE}/new?kind=talk_round").get_data(as_text=True)
    make_session(event, kind=SessionKind.TALK_ROUND, slot_id=second.id)
    beside = client.get(f"{BASE}/new?kind=talk_round").get_data(as_text=True)
    panel = client.get(f"{BASE}/new?kind=panel").get_data(as_text=True)

    assert f'<option selected value="{first.id}">' in alone
    assert times_on(alone) == [first.starts_at, first.ends_at]
    assert f'<option selected value="{second.id}">' in beside
    assert f'<option selected value="{second.id}">' not in panel


def times_on(page: str) -> list[Any]:
    """Begin and end that the form shows, as moments of the event's day in Berlin."""
    day = re.findall(r'name="day"[^>]*value="([\d-]+)"', page)[0]
    shown = [
        re.findall(rf'name="{name}"[^>]*value="([\d:]+)"', page) for name in ("starts", "ends")
    ]
    zone = ZoneInfo("Europe/Berlin")
    return [datetime.fromisoformat(f"{day}T{times[0]}").replace(tzinfo=zone) for times in shown]


def test_the_page_for_a_new_person_says_so(client, event):
    assert "Person anlegen" in text_of(client.get(f"{BASE}/people"))
    assert "Mitwirkende Person anlegen" not in text_of(client.get(f"{BASE}/people/new"))
