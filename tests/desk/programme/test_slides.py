"""What the screen in the foyer shows at which moment: now, next, changes, before and after."""

from datetime import timedelta

import pytest
from desk.programme.released import THURSDAY, page_of, release, save
from factories import make_event, make_session, moment

from eventapp.desk.programme.slides import slides_of
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.database import transaction
from eventapp.programme.kinds import SessionKind
from eventapp.programme.release_queries import public_programme


@pytest.fixture
def event(app) -> Event:
    return make_event(starts_at=moment(f"{THURSDAY}T13:30"), ends_at=moment(f"{THURSDAY}T19:00"))


def shown(event: Event, minutes: float) -> list[str]:
    """Headings and titles on the screen, so many minutes after the beginning."""
    now = event.starts_at + timedelta(minutes=minutes)
    slides = slides_of(event, public_programme(event), [])
    return [f"{one.heading}: {one.title}" for one in slides if one.shown_at(now)]


def talk(event: Event, title: str, minutes: float, length: float = 20, **given) -> None:
    starts = event.starts_at + timedelta(minutes=minutes)
    make_session(event, title_de=title, starts_at=starts,
                 ends_at=starts + timedelta(minutes=length), **given)  # fmt: skip


def test_now_and_next_stand_side_by_side(event):
    talk(event, "Erstes", 0)
    talk(event, "Zweites", 20)
    talk(event, "Drittes", 40)

    assert shown(event, 5) == ["Jetzt bis 15:50: Erstes", "Danach 15:50: Zweites"]
    assert shown(event, 20) == ["Jetzt bis 16:10: Zweites", "Danach 16:10: Drittes"]
    assert shown(event, 45) == ["Jetzt bis 16:30: Drittes"]


def test_all_that_begins_together_comes_next(event):
    talk(event, "Erstes", 0)
    talk(event, "Hier", 20)
    talk(event, "Dort", 20, 40)

    assert shown(event, 5)[1:] == ["Danach 15:50: Hier", "Danach 15:50: Dort"]


def test_during_what_comes_before_a_break_the_rooms_after_it_are_told_as_well(event):
    talk(event, "Erstes", 0)
    talk(event, "Pause", 20, 10, kind=SessionKind.BREAK)
    talk(event, "Zweites", 30)

    assert shown(event, 5)[1:] == ["Danach 15:50: Pause", "Danach 16:00: Zweites"]
    assert shown(event, 25) == ["Jetzt bis 16:00: Pause", "Danach 16:00: Zweites"]


def test_the_day_before_welcomes_and_the_morning_tells_what_comes_first(event):
    talk(event, "Erstes", 0)

    assert [one.partition(":")[0] for one in shown(event, -24 * 60)] == ["Herzlich willkommen"]
    assert shown(event, -60)[1:] == ["Danach 15:30: Erstes"]


def test_afterwards_it_says_thank_you_and_goes_on_saying_so(event):
    talk(event, "Erstes", 0)

    for minutes in (20, 400, 10_000):
        assert shown(event, minutes) == ["Vielen Dank: Fachimpuls „Licht“"]


def test_between_two_days_it_tells_when_it_goes_on(app):
    event = make_event(starts_at=moment(f"{THURSDAY}T13:30"), ends_at=moment("2027-06-25T19:00"))
    talk(event, "Donnerstags", 0)
    talk(event, "Freitags", 20 * 60)

    assert shown(event, 120) == ["Es geht weiter: Fachimpuls „Licht“"]
    assert shown(event, 19 * 60) == ["Danach 11:30: Freitags", "Es geht weiter: Fachimpuls „Licht“"]


def test_without_a_programme_it_welcomes_until_the_end(event):
    assert [one.partition(":")[0] for one in shown(event, 30)] == ["Herzlich willkommen"]
    assert [one.partition(":")[0] for one in shown(event, 600)] == ["Vielen Dank"]


def test_an_event_that_is_called_off_says_nothing_else(event):
    talk(event, "Erstes", 0)
    with transaction():
        event.state = type(event.state).CANCELLED

    assert len(shown(event, 5)) == 1
    assert shown(event, 5)[0].endswith("Die Veranstaltung fällt aus.")


def test_at_every_moment_there_is_something_to_read(event):
    for minutes in (0, 20, 75, 200):
        talk(event, "Etwas", minutes)

    assert [at for at in range(-3000, 3000, 5) if not shown(event, at)] == []


def test_a_change_of_today_is_on_the_screen(client, event):
    one = make_session(event, room_id=event.venue.rooms[0].id)
    save(one, room_id=event.venue.rooms[1].id)
    release(event, f"{THURSDAY}T13:00")

    with clock.held(moment(f"{THURSDAY}T13:31")):
        page = page_of(client, event, "/screen?lang=de")

    assert "Geändert 15:00" in page
    assert "Akademie 1 statt Plenum" in page


def test_the_screen_has_both_languages_unless_one_is_asked_for(client, event):
    talk(event, "Fabrik", 0, title_en="Factory")

    assert page_of(client, event, "/screen").count("data-board ") == 2
    only = page_of(client, event, "/screen?lang=en")
    assert ("Factory" in only, "Fabrik" in only) == (True, False)


def test_a_screen_that_asks_again_is_sent_nothing_and_no_cookie(client, event):
    talk(event, "Erstes", 0)
    with clock.held(event.starts_at):
        first = client.get(f"/e/{event.slug}/screen?lang=de")
    with clock.held(event.starts_at + timedelta(minutes=3)):
        held = {"If-None-Match": first.headers["ETag"]}
        again = client.get(f"/e/{event.slug}/screen?lang=de", headers=held)
    with clock.held(event.starts_at + timedelta(minutes=30)):
        then = client.get(f"/e/{event.slug}/screen?lang=de", headers=held)

    assert (again.status_code, then.status_code) == (304, 200)
    assert "Set-Cookie" not in first.headers
