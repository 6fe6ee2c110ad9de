"""Taking the demo's programme file over, once, twice, and after changes."""

from dataclasses import replace

import pytest
from factories import make_event, make_session
from programme.programmes import DEMO
from programme.rows import many_sessions
from statements import statement_count

from eventapp.accounts.audit import SYSTEM
from eventapp.events.models import Event
from eventapp.events.queries import rooms_of
from eventapp.foundation.database import transaction
from eventapp.programme.actions import (
    Verdict,
    import_programme,
    preview_programme,
    publish_programme,
    set_contribution_state,
)
from eventapp.programme.exchange import ProgrammeDocument, read_programme
from eventapp.programme.kinds import Role
from eventapp.programme.queries import contributors_of, programme_of, slots_of
from eventapp.programme.states import ContributorState, SessionState


@pytest.fixture
def document() -> ProgrammeDocument:
    return read_programme(DEMO.read_bytes())


@pytest.fixture
def event(app, document) -> Event:
    entry = document.event
    return make_event(starts_at=entry.starts_at, ends_at=entry.ends_at, doors_at=entry.doors_at)


def test_the_demo_comes_in_as_drafts_without_a_conflict(event, document):
    report = import_programme(event, document, by=SYSTEM)

    programme = programme_of(event)
    assert report.conflicts == ()
    assert report.counts == {"added": 4 + 21 + 2 + 18, "changed": 0, "unchanged": 1}
    assert [session.key for session in programme.sessions] == [
        "P01",
        "P02",
        "P03",
        "P04",
        "P05",
        "P06",
        "T1",
        "T2",
        "T3",
        "P07",
        "T4",
        "T5",
        "T6",
        "P08",
        "P09",
        "P10",
        "P11",
        "P12",
    ]
    assert {session.state for session in programme.sessions} == {SessionState.DRAFT}
    assert [room.name for room in rooms_of(event)] == [  # the venue had the first two already
        "Plenum",
        "Akademie 1",
        "Lichtforum (Plenum)",
        "Akademie 2",
        "Werkstatt",
        "Foyer",
    ]


def test_a_round_comes_with_slot_room_places_and_people_in_their_order(event, document):
    import_programme(event, document, by=SYSTEM)

    round_four = next(each for each in programme_of(event).sessions if each.key == "T4")
    assert (round_four.slot.name_de, round_four.room.name, round_four.capacity) == (
        "Talk-Runden II",
        "Akademie 1",
        50,
    )
    cast = round_four.contributions
    assert [(each.contributor.name, each.role, each.state) for each in cast] == [
        ("Sönke Vaßholz", Role.MODERATION, ContributorState.AGREED),
        ("Wencke Raßmannstorf", Role.INPUT, ContributorState.AGREED),
        ("Thea Düppelmann", Role.INPUT, ContributorState.AGREED),
        ("Levke Notizheimer", Role.PROTOCOL, ContributorState.AGREED),
    ]


def test_the_same_file_twice_changes_nothing(event, document):
    import_programme(event, document, by=SYSTEM)
    publish_programme(event, by=SYSTEM)
    before = [(each.uid, each.version, each.sequence) for each in programme_of(event).sessions]
    revision = event.revision

    report = import_programme(event, document, by=SYSTEM)

    assert report.counts == {"added": 0, "changed": 0, "unchanged": 46}
    assert [
        (each.uid, each.version, each.sequence) for each in programme_of(event).sessions
    ] == before
    assert event.revision == revision


def test_a_later_file_moves_a_session_and_with_the_release_its_calendar_entry(event, document):
    import_programme(event, document, by=SYSTEM)
    publish_programme(event, by=SYSTEM)
    last = document.sessions[-1]
    later = replace(
        document,
        sessions=(
            *document.sessions[:-1],
            replace(last, starts_at=last.starts_at.replace(minute=55), title="Netzwerken"),
        ),
    )

    report = import_programme(event, later, by=SYSTEM)

    moved = programme_of(event).sessions[-1]
    assert [row.entry for row in report.rows if row.verdict is Verdict.CHANGED] == ["sessions P12"]
    assert (moved.title_de, moved.state, moved.sequence) == ("Netzwerken", SessionState.CHANGED, 0)
    publish_programme(event, by=SYSTEM)
    assert (moved.state, moved.sequence) == (SessionState.PUBLISHED, 1)


def test_a_promise_never_falls_back_to_a_question(event, document):
    import_programme(event, document, by=SYSTEM)
    keynote = next(each for each in programme_of(event).sessions if each.key == "P04")
    set_contribution_state(keynote.contributions[0], ContributorState.CONFIRMED, by=SYSTEM)
    asked = tuple(replace(speaker, state=ContributorState.ASKED) for speaker in document.speakers)

    import_programme(event, replace(document, speakers=asked), by=SYSTEM)

    states = {
        each.state for session in programme_of(event).sessions for each in session.contributions
    }
    assert states == {ContributorState.AGREED, ContributorState.CONFIRMED}


def test_what_the_file_does_not_mention_stays(event, document):
    make_session(event, key="Z9", title_de="Pressegespräch")

    import_programme(event, document, by=SYSTEM)

    assert "Pressegespräch" in [each.title_de for each in programme_of(event).sessions]


def test_a_preview_says_the_same_and_keeps_nothing(event, document):
    foreseen = preview_programme(event, document, by=SYSTEM)

    assert (contributors_of(event), slots_of(event), programme_of(event).sessions) == ([], [], [])
    assert import_programme(event, document, by=SYSTEM) == foreseen


def test_an_import_that_fails_half_way_leaves_nothing_behind(event, document):
    class Broken(Exception):
        pass

    steps = iter(range(30))

    def advance() -> None:
        if next(steps) == 29:
            raise Broken

    with pytest.raises(Broken):
        import_programme(event, document, by=SYSTEM, advance=advance)

    assert (contributors_of(event), programme_of(event).sessions) == ([], [])


def test_an_event_without_a_place_gets_the_one_in_the_file(app, document):
    event = make_event(
        starts_at=document.event.starts_at,
        ends_at=document.event.ends_at,
        doors_at=document.event.doors_at,
    )
    with transaction():
        event.venue = None

    import_programme(event, document, by=SYSTEM)

    assert (event.venue.name, event.venue.city) == ("Lichtforum", "Arnsberg")
    assert len(rooms_of(event)) == 5


def test_the_programme_is_read_in_as_many_statements_for_300_sessions_as_for_3(event, document):
    def cost(sessions: int) -> int:
        many_sessions(event, sessions)
        with statement_count() as sent:
            programme_of(event)
        return len([each for each in sent if each != "BEGIN"])

    import_programme(event, document, by=SYSTEM)

    assert [cost(3), cost(300)] == [5, 5]
