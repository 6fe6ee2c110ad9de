"""The start page: what is coming up, of all hosts."""

from datetime import timedelta

from factories import make_event
from statements import statement_count

from eventapp.events.states import EventState
from eventapp.foundation import clock


def test_events_of_all_hosts_stand_in_the_order_of_their_days(client):
    late = make_event(title_de="Später", starts_at=clock.now() + timedelta(days=40))
    soon = make_event(title_de="Bald", starts_at=clock.now() + timedelta(days=2))

    page = client.get("/").text

    assert page.index(f"/e/{soon.slug}/") < page.index(f"/e/{late.slug}/")


def test_t07_drafts_are_not_announced(client):
    make_event(title_de="Heimlich", state=EventState.DRAFT)

    assert "Heimlich" not in client.get("/").text


def test_what_is_over_stands_below(client):
    make_event(title_de="Vorbei", starts_at=clock.now() - timedelta(days=2))

    page = client.get("/").text

    assert page.index("Vergangene Veranstaltungen") < page.index("Vorbei")


def test_a_postponed_event_is_still_to_come_though_its_old_day_is_over(client):
    make_event(title_de="Aufgeschoben", starts_at=clock.now() - timedelta(days=2),
               state=EventState.POSTPONED)  # fmt: skip

    page = client.get("/").text

    assert "Aufgeschoben" in page
    assert "Vergangene Veranstaltungen" not in page


def test_an_empty_start_page_says_why(client):
    assert "Zurzeit ist nichts angekündigt" in client.get("/").text


def test_many_events_need_no_more_statements_than_few(client):
    def statements():
        with statement_count() as sent:
            client.get("/")
        return len(sent)

    make_event()
    few = statements()
    for _ in range(20):
        make_event()

    assert statements() == few
