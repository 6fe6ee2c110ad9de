"""The rail beside every organiser page of an event: the same numbers everywhere."""

import re
from datetime import timedelta

import pytest
from factories import (
    make_account,
    make_contact,
    make_event,
    make_invitation,
    make_registration,
    make_session,
    moment,
)
from statements import statement_count
from world import ON_SQLITE, make_world, pages

from eventapp.desk.figures_queries import figures_of
from eventapp.desk.rail import rail_of
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.i18n import use_locale
from eventapp.invitations.models import Substitute
from eventapp.invitations.states import InvitationState
from eventapp.programme.kinds import SessionKind
from eventapp.programme.states import SessionState
from eventapp.registrations.states import RegistrationKind, RegistrationState

NUMBER = re.compile(r"<span>(\d+)</span></a>")


def fill(event):
    """Two of each thing that counts, and one of each that does not."""
    for state in (RegistrationState.CONFIRMED, RegistrationState.WAITING):
        main = make_registration(event, state=state)
    make_registration(event, kind=RegistrationKind.COMPANION, main_id=main.id)
    make_registration(event, state=RegistrationState.CANCELLED)
    for state in (
        InvitationState.SENT,
        InvitationState.ACCEPTED,
        InvitationState.PLANNED,
        InvitationState.WITHDRAWN,
    ):
        asked = make_invitation(event, make_contact(event.host), state=state)
    make_invitation(
        event,
        substitute=Substitute(first_name="Ludmila", last_name="Frøhlich", email="l@x.example"),
        state=InvitationState.ACCEPTED,
        substitute_for_id=asked.id,
    )
    make_session(event, kind=SessionKind.TALK_ROUND)
    make_session(event)
    make_session(event, kind=SessionKind.TALK_ROUND, state=SessionState.CANCELLED)


def test_the_rail_counts_as_the_overview_does(app):
    event = make_event()
    fill(event)
    fill(make_event(event.host))

    counts = rail_of(event).counts

    assert counts == {"guests": 3, "invitations": 2, "programme": 2, "rounds": 1}
    figures = figures_of([event.id])[event.id]
    assert (counts["guests"], counts["invitations"], counts["programme"]) == (
        figures.guests,
        figures.invited,
        figures.sessions,
    )


def test_one_statement_tells_all_numbers(app):
    event = make_event()
    fill(event)

    with statement_count() as sent:
        rail_of(event)

    assert len([statement for statement in sent if statement.startswith("SELECT")]) == 1


@ON_SQLITE
@pytest.mark.parametrize(
    ("state", "days", "words"),
    [
        (EventState.OPEN, 14, "in 14 days"),
        (EventState.DRAFT, 1, "tomorrow"),
        (EventState.OPEN, 0, "today"),
        (EventState.OPEN, -3, ""),
        (EventState.CANCELLED, 14, ""),
        (EventState.POSTPONED, 14, ""),
    ],
)
def test_the_rail_says_how_near_the_event_is(app, state, days, words):
    event = make_event(state=state, starts_at=moment("2027-06-24T13:30:00"))
    late_evening = moment("2027-06-24T21:30:00") - timedelta(days=days)

    with clock.held(late_evening), use_locale("en"):
        assert str(rail_of(event).nearness) == words


@ON_SQLITE
def test_every_organiser_page_of_an_event_shows_the_numbers(app, sign_in):
    world = make_world()
    fill(world.event)
    browser = sign_in(app.test_client(), world.accounts["organiser"])
    numbers = {}
    for page in pages(app, world):
        if page.path.startswith(f"/organise/{world.event.slug}/") and "GET" in page.methods:
            answer = browser.get(page.path, buffered=True)
            if answer.mimetype == "text/html" and "rail__event" in answer.text:
                numbers[page.endpoint] = NUMBER.findall(answer.text.partition("</nav>")[0])

    expected = rail_of(world.event).counts
    wanted = [str(expected[key]) for key in ("guests", "invitations", "programme")]
    assert len(numbers) > 20
    assert {name: found for name, found in numbers.items() if found != wanted} == {}


def test_the_pages_of_the_organisation_show_none(client, organiser):
    make_event(organiser.memberships[0].host)

    assert NUMBER.search(client.get("/organise/contacts").text.partition("</nav>")[0]) is None


def test_another_organisations_event_has_no_rail(client, organiser):
    foreign = make_event(make_account().memberships[0].host)

    assert client.get(f"/organise/{foreign.slug}/").status_code == 404
