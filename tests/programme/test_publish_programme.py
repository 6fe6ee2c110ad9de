"""Publishing a programme, and what everybody can read of it afterwards."""

from datetime import timedelta

import pytest
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_session,
    make_slot,
)
from programme.programmes import DEMO
from programme.rows import many_sessions
from statements import statement_count

from eventapp.accounts.audit import SYSTEM
from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.programme.actions import cancel_session, import_programme, publish_programme
from eventapp.programme.errors import NothingToPublish, NotPublishable
from eventapp.programme.exchange import read_programme
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.public import SigningParty
from eventapp.programme.queries import programme_of, session_of
from eventapp.programme.release_queries import public_programme
from eventapp.programme.states import ContributorState, SessionState


@pytest.fixture
def event(app) -> Event:
    return make_event()


@pytest.fixture
def demo(app) -> Event:
    document = read_programme(DEMO.read_bytes())
    event = make_event(
        starts_at=document.event.starts_at,
        ends_at=document.event.ends_at,
        doors_at=document.event.doors_at,
    )
    import_programme(event, document, by=SYSTEM)
    publish_programme(event, by=SYSTEM)
    return event


def test_publishing_shows_all_drafts_that_have_a_time(event):
    planned = make_session(event, state=SessionState.DRAFT)
    parked = make_session(event, state=SessionState.DRAFT, starts_at=None, ends_at=None)

    assert len(publish_programme(event, by=SYSTEM).differences) == 1

    assert planned.state is SessionState.PUBLISHED
    assert planned.published_at == event.programme_published_at
    assert parked.state is SessionState.DRAFT
    assert event.revision == 2


def test_a_hard_conflict_keeps_everything_back_and_is_named(event):
    room = rooms_of(event)[0]
    for title in ("Eins", "Zwei"):
        make_session(event, state=SessionState.DRAFT, room=room, title_de=title)

    with pytest.raises(NotPublishable) as refused:
        publish_programme(event, by=SYSTEM)

    assert [each.rule for each in refused.value.conflicts] == ["room_overlap"]
    assert {each.state for each in programme_of(event).sessions} == {SessionState.DRAFT}
    assert event.programme_published_at is None


def test_a_soft_conflict_keeps_nothing_back(event):
    person = make_contributor(event, available_from=event.ends_at)
    session = make_session(event, state=SessionState.DRAFT)
    make_contribution(session, person)

    assert len(publish_programme(event, by=SYSTEM).differences) == 1


def test_a_cancelled_session_is_in_nobodys_way(event):
    room = rooms_of(event)[0]
    cancel_session(make_session(event, room=room), by=SYSTEM)
    make_session(event, state=SessionState.DRAFT, room=room)

    found = publish_programme(event, by=SYSTEM).differences
    assert {kind for each in found for kind in each.kinds} == {"cancelled", "added"}


def test_there_must_be_something_to_publish(event):
    with pytest.raises(NothingToPublish):
        publish_programme(event, by=SYSTEM)


def test_rounds_of_a_slot_stand_side_by_side_under_its_name(demo):
    programme = public_programme(demo)

    assert len(programme.entries) == 14
    rounds = programme.entries[6]
    assert (rounds.title, rounds.minutes, rounds.parallel) == ("Talk-Runden I", 45, True)
    assert [(each.code, each.room.name, each.room.step_free) for each in rounds.sessions] == [
        ("T1", "Akademie 1", True),
        ("T2", "Akademie 2", True),
        ("T3", "Werkstatt", False),
    ]
    assert [
        (part.role, [each.name for each in part.people]) for part in rounds.sessions[0].parts
    ] == [
        (Role.MODERATION, ["Jördis Kampschulte-Öhm"]),
        (Role.INPUT, ["Prof. Dr. Ägidius Grothehenne"]),
    ]


def test_the_panel_and_the_signing_bring_their_people(demo):
    by_kind = {
        each.kind: each for entry in public_programme(demo).entries for each in entry.sessions
    }

    panel, signing = by_kind[SessionKind.PANEL], by_kind[SessionKind.CEREMONY].signing
    assert [(each.name, each.position, each.organisation) for each in panel.panel] == [
        ("Guntram Feilerhoff-Nolte", "Geschäftsführer", "Nordhelle Commerce GmbH"),
        ("Friedlinde Kappelströd", "Technische Leitung", "FreiCode Systeme GmbH"),
        ("Frerk Ummelmannsen", "Vorstand", "Offenpost AG"),
    ]
    assert [part.role for part in panel.parts] == [Role.MODERATION]
    assert [(party.organisation, [each.name for each in party.people]) for party in signing] == [
        ("Strukturagentur Südwestfalen (Demo)", ["Ricarda Höltershagen", "Holger Dachtenbrück"]),
        (
            "Wirtschaftsförderung Nachbarstadt (Demo)",
            ["Tassilo Rautenfelser", "Henrike Müßenich-Tross"],
        ),
    ]
    assert isinstance(signing[0], SigningParty)


@pytest.mark.parametrize(
    "state",
    [
        ContributorState.PENCILLED,
        ContributorState.ASKED,
        ContributorState.DECLINED,
        ContributorState.DROPPED_OUT,
    ],
)
def test_only_who_has_agreed_is_named(event, state):
    """T-07."""
    session = make_session(event)
    make_contribution(session, make_contributor(event, last_name="Geheimnis"), state=state)

    assert "Geheimnis" not in str(public_programme(event))


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": SessionState.DRAFT},
        {"state": SessionState.CHECKED},
        {"public": False},
        {"starts_at": None, "ends_at": None},
    ],
)
def test_drafts_and_internal_sessions_are_nowhere(event, hidden):
    """T-07."""
    make_session(event, title_de="Geheimnis", **hidden)

    programme = public_programme(event)

    assert not programme
    assert "Geheimnis" not in str(programme)


def test_minute_takers_and_addresses_are_not_public(demo):
    shown = str(public_programme(demo))

    assert "Notizheimer" not in shown
    assert "@mitwirkende-demo" not in shown


def test_a_cancelled_session_is_told_apart(event):
    session = make_session(event, title_de="Rundgang")
    cancel_session(session, by=SYSTEM)
    publish_programme(event, by=SYSTEM)

    programme = public_programme(event)

    assert (programme.entries, [each.title for each in programme.cancelled]) == ((), ["Rundgang"])


def test_sessions_of_equal_times_without_a_slot_stand_side_by_side_too(event):
    make_session(event, key="P2")
    make_session(event, key="P10")
    make_session(event, key="P3", ends_at=event.starts_at + timedelta(minutes=60))

    entries = public_programme(event).entries

    assert [[each.title for each in entry.sessions] for entry in entries] == [
        ["Fabrik ohne Inseln"] * 2,
        ["Fabrik ohne Inseln"],
    ]


def test_a_round_that_begins_a_little_later_stays_in_its_slot(event):
    slot = make_slot(event)
    times = {"slot_id": slot.id, "kind": SessionKind.TALK_ROUND, "ends_at": slot.ends_at}
    make_session(event, key="T1", starts_at=slot.starts_at, **times)
    make_session(
        event, key="K1", starts_at=slot.starts_at + timedelta(minutes=2), ends_at=slot.ends_at
    )
    make_session(event, key="T2", starts_at=slot.starts_at + timedelta(minutes=5), **times)

    entries = public_programme(event).entries
    assert [[each.code for each in entry.sessions] for entry in entries] == [["T1", "T2"], [""]]


def test_the_public_programme_costs_the_same_for_3_sessions_and_300(event):
    def cost(sessions: int) -> int:
        many_sessions(event, sessions)
        with statement_count() as sent:
            public_programme(event)
        return len([each for each in sent if each != "BEGIN"])

    assert [cost(3), cost(300)] == [1, 1]


def test_a_session_of_another_event_is_not_found(event):
    """T-01, T-02."""
    assert session_of(event, make_session(make_event()).id) is None
