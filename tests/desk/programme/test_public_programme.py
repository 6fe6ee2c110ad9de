"""Programme pages for everybody: by time, room and kind; sessions; people; never the draft."""

from datetime import timedelta

import pytest
from desk.programme.released import THURSDAY, headings, page_of, release, save
from factories import (
    make_contribution,
    make_contributor,
    make_event,
    make_session,
    make_slot,
    moment,
    show,
)
from programme.rows import many_sessions
from statements import statement_count

from eventapp.accounts.audit import SYSTEM
from eventapp.desk.kept_pages import forget_pages
from eventapp.events.models import Event
from eventapp.programme.actions import cancel_session
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.states import ContributorState, SessionState


@pytest.fixture
def event(app) -> Event:
    return make_event(starts_at=moment(f"{THURSDAY}T13:30"), ends_at=moment(f"{THURSDAY}T19:00"))


def at(event: Event, minutes: int, length: int = 20) -> dict:
    starts = event.starts_at + timedelta(minutes=minutes)
    return {"starts_at": starts, "ends_at": starts + timedelta(minutes=length)}


def test_the_programme_stands_by_time_unless_something_else_is_asked_for(client, event):
    make_session(event, title_de="Zweites", **at(event, 30))
    make_session(event, title_de="Erstes")

    page = page_of(client, event, "/programme")

    assert headings(page, 3) == ["Erstes", "Zweites"]
    assert headings(page_of(client, event, "/programme?by=odd&day=odd"), 3) == headings(page, 3)


def test_by_room_each_has_its_sessions_in_the_order_of_the_house(client, event):
    hall, academy = event.venue.rooms
    make_session(event, title_de="Dort", room_id=academy.id)
    make_session(event, title_de="Später hier", room_id=hall.id, **at(event, 60))
    make_session(event, title_de="Hier", room_id=hall.id)
    make_session(event, title_de="Noch nirgends")

    page = page_of(client, event, "/programme?by=room")

    assert headings(page, 3) == ["Plenum stufenlos", "Akademie 1 stufenlos", "Raum noch offen"]
    assert headings(page, 4) == ["Hier", "Später hier", "Dort", "Noch nirgends"]


def test_by_kind_what_is_of_one_kind_stands_together(client, event):
    make_session(event, title_de="Impuls")
    make_session(event, title_de="Runde", kind=SessionKind.TALK_ROUND, key="T1", **at(event, 30))
    make_session(event, title_de="Noch ein Impuls", **at(event, 60))

    page = page_of(client, event, "/programme?by=kind")

    assert headings(page, 3) == ["Keynote", "Talk-Runde"]
    assert headings(page, 4) == ["Impuls", "Noch ein Impuls", "T1 Runde"]


def test_several_days_have_tabs_and_the_night_belongs_to_its_evening(client):
    event = make_event(starts_at=moment(f"{THURSDAY}T13:30"), ends_at=moment("2027-06-25T19:00"))
    make_session(event, title_de="Nachmittags")
    make_session(event, title_de="Nachts", **at(event, 11 * 60))  # 02:30 in Arnsberg
    make_session(event, title_de="Am Freitag", **at(event, 20 * 60))

    first = page_of(client, event, "/programme")
    second = page_of(client, event, "/programme?day=2027-06-25")

    assert headings(first, 3) == ["Nachmittags", "Nachts"]
    assert headings(second, 3) == ["Am Freitag"]
    assert "Fr., 25.06.2027</a>" in first
    assert headings(page_of(client, event, "/"), 3)[:2] == [
        "Donnerstag, 24. Juni 2027", "Nachmittags",
    ]  # fmt: skip


def test_without_a_programme_the_page_says_so(client, event):
    assert "noch nicht veröffentlicht" in page_of(client, event, "/programme")


def test_a_session_has_a_page_with_people_by_role_and_what_else_is_on(client, event):
    slot = make_slot(event)
    room = event.venue.rooms[0]
    one = make_session(event, title_de="Daten teilen", kind=SessionKind.TALK_ROUND, key="T1",
                       slot_id=slot.id, room_id=room.id, teaser_de="Worum es geht")  # fmt: skip
    make_session(event, title_de="Nebenan", kind=SessionKind.TALK_ROUND, key="T2", slot_id=slot.id)
    make_session(event, title_de="Viel später", **at(event, 200))
    person = make_contributor(event, first_name="Anna", last_name="Ohm", position="Leiterin")
    make_contribution(one, person, Role.MODERATION)
    show(one)

    page = page_of(client, event, f"/sessions/{one.uid}")

    assert headings(page, 1) == ["Daten teilen"]
    assert headings(page, 2) == ["Moderation", "Zur gleichen Zeit"]
    assert "Worum es geht" in page
    assert "stufenlos" in page
    assert "Leiterin" in page
    assert f"/e/{event.slug}/people/{person.public_id}" in page
    assert "Nebenan" in page
    assert "Viel später" not in page
    assert f"/e/{event.slug}/sessions/{one.uid}.ics" in page


def test_the_calendar_file_is_still_beside_the_page(client, event):
    one = make_session(event)

    file = client.get(f"/e/{event.slug}/sessions/{one.uid}.ics")

    assert file.mimetype == "text/calendar"


def test_a_cancelled_session_says_so_wherever_it_was_announced(client, event):
    one = make_session(event, title_de="Fällt aus")
    cancel_session(one, by=SYSTEM)
    release(event, "2027-06-02T08:00")

    assert "Dieser Programmpunkt entfällt." in page_of(client, event, f"/sessions/{one.uid}")
    assert "<s>" in page_of(client, event, "/programme")


def test_what_has_changed_about_a_session_stands_on_its_page_in_words(client, event):
    one = make_session(event, room_id=event.venue.rooms[0].id)
    save(one, room_id=event.venue.rooms[1].id)
    release(event, "2027-06-02T08:00")
    save(one, **at(event, 10))
    release(event, "2027-06-03T08:00")

    page = page_of(client, event, f"/sessions/{one.uid}")

    assert "Akademie 1 statt Plenum" in page
    assert "15:40–16:00 Uhr statt 15:30–15:50 Uhr" in page
    assert page.index("15:40–16:00 Uhr statt") < page.index("Akademie 1 statt")


def test_a_person_has_a_page_with_their_words_and_sessions(client, event):
    person = make_contributor(
        event,
        first_name="Anna",
        last_name="Ohm",
        position="Leiterin",
        organisation_name="Werk Nord",
        biography_de="Baut Brücken.",
    )
    for minutes, title in ((0, "Früh"), (60, "Spät")):
        one = make_session(event, title_de=title, **at(event, minutes))
        make_contribution(one, person, Role.KEYNOTE)
        show(one)

    page = page_of(client, event, f"/people/{person.public_id}")

    assert headings(page, 1) == ["Anna Ohm"]
    assert headings(page, 3) == ["Früh", "Spät"]
    for words in ("Leiterin", "Werk Nord", "Baut Brücken."):
        assert words in page


def test_t07_who_is_named_in_the_draft_alone_has_no_page(client, event):
    """T-07."""
    asked, agreed, unnamed = (make_contributor(event) for _ in range(3))
    make_contribution(make_session(event), asked, state=ContributorState.ASKED)
    make_contribution(make_session(event, state=SessionState.DRAFT), agreed)

    for person in (asked, agreed, unnamed):
        assert client.get(f"/e/{event.slug}/people/{person.public_id}").status_code == 404


def test_t07_no_step_in_the_draft_changes_a_page_of_the_programme(client, event):
    """T-07."""
    one = make_session(event, title_de="Alt")
    make_contribution(one, make_contributor(event))
    show(one)
    paths = ("/programme", "/programme?by=room", f"/sessions/{one.uid}", "/embed", "/screen")
    before = [page_of(client, event, path) for path in paths]

    save(one, title_de="Geheim", **at(event, 30))
    forget_pages()

    assert [page_of(client, event, path) for path in paths] == before


def test_t02_sessions_and_people_of_another_event_have_no_page_here(client, event):
    """T-02."""
    other = make_event()
    person, one = make_contributor(other), make_session(other)
    make_contribution(one, person)
    show(one)

    assert client.get(f"/e/{event.slug}/people/{person.public_id}").status_code == 404
    assert client.get(f"/e/{event.slug}/sessions/{one.uid}").status_code == 404


def test_the_pages_speak_english_to_those_who_ask_for_it(client, event):
    one = make_session(event, title_de="Fabrik", title_en="Factory")

    page = page_of(client, event, f"/sessions/{one.uid}", **{"Accept-Language": "en"})

    assert headings(page, 1) == ["Factory"]


def test_a_kept_page_is_new_after_a_release(client, event):
    one = make_session(event, title_de="Alt")
    page_of(client, event, "/programme")
    save(one, title_de="Neu")
    release(event, "2027-06-02T08:00")

    assert headings(page_of(client, event, "/programme"), 3) == ["Neu"]


def test_three_hundred_sessions_take_as_many_statements_as_three(client, event):
    """T-65; all pages of one programme, which takes a while to make."""
    page_of(client, event, "/")
    counts = []
    for more in (3, 297):
        many_sessions(event, more)
        one = make_session(event)
        forget_pages()
        paths = ("/", "/programme", "/programme?by=room", "/embed", "/screen", "/news")
        counts.append([_statements(client, event, path)
                       for path in (*paths, f"/sessions/{one.uid}")])  # fmt: skip

    few, many = (dict(one) for one in counts)
    assert list(few.values()) == list(many.values())


def _statements(client, event, path):
    with statement_count() as sent:
        page_of(client, event, path)
    return path, len([one for one in sent if one != "BEGIN"])
