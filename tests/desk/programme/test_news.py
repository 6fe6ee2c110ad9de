"""What has changed today stands above every public page of the event, on its days."""

import pytest
from desk.programme.released import THURSDAY, page_of, release, save
from factories import make_event, make_session, moment
from statements import statement_count

from eventapp.desk.kept_pages import forget_pages
from eventapp.events.models import Event, Room
from eventapp.foundation import clock
from eventapp.foundation.database import transaction
from eventapp.programme.models import Session

NOON = f"{THURSDAY}T10:00"  # in Arnsberg
MINUTES_LATER = f"{THURSDAY}T10:05"


@pytest.fixture
def event(app) -> Event:
    return make_event(starts_at=moment(f"{THURSDAY}T13:30"), ends_at=moment(f"{THURSDAY}T19:00"))


@pytest.fixture
def talk(event) -> Session:
    return make_session(event, title_de="Daten teilen", room_id=event.venue.rooms[0].id)


def moved(talk: Session, room: Room, at: str) -> None:
    save(talk, room_id=room.id)
    release(talk.event, at)


def news_at(client, event, at: str, path: str = "/news") -> str:
    with clock.held(moment(at)):
        return page_of(client, event, path)


@pytest.mark.parametrize("path", ["/news", "/", "/programme", "/embed", "session"])
def test_a_change_of_today_is_told_in_words_and_since_when(client, event, talk, path):
    moved(talk, event.venue.rooms[1], NOON)

    page = news_at(client, event, MINUTES_LATER,
                   f"/sessions/{talk.uid}" if path == "session" else path)  # fmt: skip

    assert "Heute geändert" in page
    assert "Akademie 1 statt Plenum" in page
    assert "seit 12:00 Uhr" in page
    assert 'role="status"' in page or path in {"/news", "/embed"}


@pytest.mark.parametrize(
    ("released", "read"),
    [
        ("2027-06-22T10:00", "2027-06-22T10:05"),  # more than a day before
        ("2027-06-23T14:00", NOON),  # of yesterday
        (NOON, f"{THURSDAY}T19:00"),  # over
    ],
)
def test_on_other_days_nothing_is_told_above_the_pages(client, event, talk, released, read):
    moved(talk, event.venue.rooms[1], released)

    assert news_at(client, event, read) == ""
    assert "Heute geändert" not in news_at(client, event, read, "/")


def test_the_day_before_is_told_as_well(client, event, talk):
    moved(talk, event.venue.rooms[1], "2027-06-23T14:00")

    assert "Akademie 1 statt Plenum" in news_at(client, event, "2027-06-23T15:00")


def test_what_came_back_to_where_it_was_is_no_news(client, event, talk):
    hall, academy = event.venue.rooms
    moved(talk, academy, NOON)
    moved(talk, hall, f"{THURSDAY}T10:30")

    assert news_at(client, event, f"{THURSDAY}T10:31") == ""


def test_two_changes_of_one_session_are_one_line(client, event, talk):
    moved(talk, event.venue.rooms[1], NOON)
    save(talk, title_de="Daten nutzen")
    release(event, f"{THURSDAY}T10:30")

    page = news_at(client, event, f"{THURSDAY}T10:31")

    assert page.count("<li>") == 1
    assert "Akademie 1 statt Plenum; hieß bisher „Daten teilen“" in page
    assert "seit 12:30 Uhr" in page


def test_a_revised_description_is_no_news(client, event, talk):
    save(talk, teaser_de="Genauer gesagt")
    release(event, NOON)

    assert news_at(client, event, MINUTES_LATER) == ""


def test_sessions_that_changed_since_the_day_before_are_marked(client, event, talk):
    moved(talk, event.venue.rooms[1], "2027-06-23T14:00")

    assert "geändert</span>" in news_at(client, event, NOON, "/programme")


def test_what_changed_long_before_is_not_marked(client, event, talk):
    moved(talk, event.venue.rooms[1], "2027-06-02T14:00")

    assert "geändert</span>" not in news_at(client, event, NOON, "/programme")


def test_an_open_page_hears_of_a_change_by_its_mark(client, event, talk):
    with clock.held(moment(NOON)):
        held = {"If-None-Match": client.get(f"/e/{event.slug}/news").headers["ETag"]}
        again = client.get(f"/e/{event.slug}/news", headers=held)
    moved(talk, event.venue.rooms[1], NOON)
    with clock.held(moment(MINUTES_LATER)):
        then = client.get(f"/e/{event.slug}/news", headers=held)

    assert (again.status_code, then.status_code) == (304, 200)


def test_a_phone_that_asks_in_vain_costs_one_statement(client, event, talk):
    with clock.held(moment(NOON)):
        mark = client.get(f"/e/{event.slug}/news").headers["ETag"]
        with statement_count() as sent:
            client.get(f"/e/{event.slug}/news", headers={"If-None-Match": mark})

    assert [one.split()[0] for one in sent if one != "BEGIN"] == ["SELECT"]


def test_forms_of_guests_go_without_news_and_without_a_script(client, event):
    page = page_of(client, event, "/register")

    assert "data-news" not in page
    assert "<script" not in page


def test_t07_news_of_what_is_internal_by_now_are_not_told(client, event, talk):
    """T-07."""
    moved(talk, event.venue.rooms[1], NOON)
    save(talk, public=False)
    release(event, f"{THURSDAY}T10:30")
    forget_pages()

    assert "Daten teilen" not in news_at(client, event, f"{THURSDAY}T10:31")


def test_called_off_events_tell_no_changes(client, event, talk):
    moved(talk, event.venue.rooms[1], NOON)
    with transaction():
        event.state = type(event.state).CANCELLED
        event.note_change()

    assert news_at(client, event, MINUTES_LATER) == ""
