"""Public pages are rendered once for everybody, and a repeated visit costs next to nothing."""

import gzip

from factories import make_event, make_registration
from statements import statement_count

from eventapp.desk.kept_pages import forget_pages
from eventapp.events.actions import touch_event
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.database import transaction


def page_of(client, event, **headers):
    return client.get(f"/e/{event.slug}/", headers=headers)


def test_a_repeat_with_the_etag_is_not_sent_again(client):
    event = make_event()
    first = page_of(client, event)

    again = page_of(client, event, **{"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "W/" not in first.headers["ETag"]


def test_a_held_page_is_sent_again_in_another_language(client):
    event = make_event()
    german = page_of(client, event)

    english = page_of(
        client, event, **{"If-None-Match": german.headers["ETag"], "Accept-Language": "en"}
    )

    assert english.status_code == 200
    assert '<html lang="en">' in english.text


def test_a_held_page_of_an_event_that_became_a_draft_is_gone(client):
    event = make_event()
    etag = page_of(client, event).headers["ETag"]
    with transaction():
        event.state = EventState.DRAFT

    assert page_of(client, event, **{"If-None-Match": etag}).status_code == 404


def test_all_processes_name_a_page_alike(client):
    event = make_event()
    etag = page_of(client, event).headers["ETag"]

    forget_pages()

    assert page_of(client, event, **{"If-None-Match": etag}).status_code == 304


def test_a_repeat_needs_one_statement(client):
    event = make_event()
    etag = page_of(client, event).headers["ETag"]

    with statement_count() as sent:
        page_of(client, event, **{"If-None-Match": etag})

    assert [statement.split()[0] for statement in sent if statement != "BEGIN"] == ["SELECT"]


def test_the_packed_page_is_the_same_page_under_its_own_etag(client):
    event = make_event()

    first, packed = page_of(client, event), page_of(client, event, **{"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed.data) == first.data
    assert packed.headers["ETag"] != first.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_every_change_makes_a_new_page(client):
    event = make_event(capacity=2)
    etags = [page_of(client, event).headers["ETag"]]

    make_registration(event)
    etags.append(page_of(client, event).headers["ETag"])
    with transaction():
        event.title_de = "Anders"
        touch_event(event)
    etags.append(page_of(client, event).headers["ETag"])
    with transaction():
        event.host.name, event.host.version = "Andere Agentur", event.host.version
    etags.append(page_of(client, event).headers["ETag"])
    with clock.held(event.ends_at):
        etags.append(page_of(client, event).headers["ETag"])

    assert len(set(etags)) == len(etags)


def test_the_page_sets_no_cookie_and_may_be_kept_by_everybody(client, organiser):
    event = make_event(organiser.memberships[0].host)

    page = page_of(client, event)

    assert "Set-Cookie" not in page.headers
    assert organiser.name not in page.text
    assert page.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert {"Accept-Language", "Cookie"} <= set(page.vary)


def test_t25_a_repeat_under_a_foreign_name_gets_what_every_page_gets(client):
    event = make_event()
    etag = page_of(client, event).headers["ETag"]

    again = page_of(client, event, **{"If-None-Match": etag, "Host": "evil.example"})

    assert again.status_code == 400
