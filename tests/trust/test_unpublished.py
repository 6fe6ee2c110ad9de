"""What is not published is nowhere (T-07)."""

import pytest
from factories import make_contribution, make_contributor, make_session
from world import MARKER, make_world, pages

from eventapp.events.states import EventState
from eventapp.foundation.access import Visitor
from eventapp.foundation.database import db, transaction
from eventapp.programme.models import Session
from eventapp.programme.states import ContributorState, SessionState

SECRET = "Geheimwort"


def public_answers(app, world):
    """But for contributors' own pages: they are asked before anything is published."""
    browser = app.test_client()
    for page in pages(app, world):
        if page.path.startswith("/s/"):
            continue
        if page.access.visitor is not Visitor.SIGNED_IN and "GET" in page.methods:
            yield page.endpoint, browser.get(page.path, buffered=True).text


def where_it_shows(app, world, word):
    return [endpoint for endpoint, text in public_answers(app, world) if word in text]


def test_t07_a_draft_event_is_nowhere(app):
    world = make_world(state=EventState.DRAFT)
    with transaction():
        world.host.name = "Agentur"  # the organisation itself may be known

    shown = where_it_shows(app, world, MARKER)

    assert [
        endpoint
        for endpoint in shown
        if app.view_functions[endpoint].access.visitor is Visitor.PUBLIC
    ] == []


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": SessionState.DRAFT},
        {"state": SessionState.CHECKED},
        {"public": False},
    ],
    ids=["draft", "checked", "internal"],
)
def test_t07_a_hidden_session_is_nowhere(app, hidden):
    world = make_world()
    session = make_session(
        world.event, title_de=SECRET, title_en=SECRET, teaser_de=SECRET, questions=SECRET, **hidden
    )
    make_contribution(session, make_contributor(world.event, last_name=SECRET))
    world.rows["uid"] = session.uid

    assert where_it_shows(app, world, SECRET) == []


@pytest.mark.parametrize(
    "state",
    [
        ContributorState.PENCILLED,
        ContributorState.ASKED,
        ContributorState.DECLINED,
        ContributorState.DROPPED_OUT,
    ],
)
def test_t07_who_has_not_agreed_is_named_nowhere(app, state):
    world = make_world()
    session = db.session.get(Session, world.rows["session_id"])
    make_contribution(session, make_contributor(world.event, last_name=SECRET), state=state)

    assert where_it_shows(app, world, SECRET) == []


def test_t07_the_crawl_itself_would_notice(app):
    """Positive control: what is published is found by the same walk."""
    world = make_world()

    shown = where_it_shows(app, world, f"Vortrag {MARKER}")

    assert "desk.event_page" in shown
    assert "calendars.event_feed" in shown
