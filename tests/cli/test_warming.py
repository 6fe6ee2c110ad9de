"""The web server opens a few pages of its own before its workers part."""

import logging
from concurrent.futures import ThreadPoolExecutor

from factories import make_event, make_host

from eventapp.cli import warming
from eventapp.cli.warming import warm_up
from eventapp.events.models import Event
from eventapp.events.states import EventState, RegistrationMode
from eventapp.foundation.database import db, transaction


def opened(app, monkeypatch) -> list[tuple[str, int]]:
    seen = []

    def note(response):
        from flask import request

        seen.append((request.path, response.status_code))
        return response

    monkeypatch.setitem(app.after_request_funcs, None, [*app.after_request_funcs[None], note])
    start(app)
    return seen


def start(app) -> None:
    """Warm up as a server does: in no context, and nobody holds a connection yet."""
    db.session.remove()
    with ThreadPoolExecutor(1) as server:
        server.submit(warm_up, app).result()


def test_pages_of_no_event_and_of_a_public_event_are_opened_in_both_languages(app, monkeypatch):
    event = make_event(make_host(), state=EventState.OPEN)
    with transaction():
        event.registration_mode = RegistrationMode.OPEN
    slug = event.slug
    addresses = opened(app, monkeypatch)
    assert sorted({path for path, _status in addresses}) == [
        "/",
        f"/e/{slug}/",
        f"/e/{slug}/calendar.ics",
        f"/e/{slug}/register",
        "/organise/signin",
    ]
    assert len(addresses) == 10
    assert {status for _path, status in addresses} <= {200, 303}


def test_no_event_that_is_not_public_is_opened(app, monkeypatch):
    make_event(make_host(), state=EventState.DRAFT)
    assert {path for path, _status in opened(app, monkeypatch)} == {"/", "/organise/signin"}


def test_nothing_is_changed_and_no_connection_is_kept(app):
    event = make_event(make_host(), state=EventState.OPEN)
    row, before = event.id, event.revision
    start(app)
    assert db.engine.pool.checkedout() == 0
    assert db.session.get_one(Event, row).revision == before


def test_a_database_that_is_away_keeps_no_server_from_starting(app, monkeypatch):
    def away(_app):
        raise ConnectionError

    monkeypatch.setattr(warming, "_open_pages", away)
    start(app)
    assert logging.root.manager.disable == logging.NOTSET
