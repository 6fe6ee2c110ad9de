"""Pages for guests and for everybody: start page, an event's public page, the personal page."""

from typing import cast

from flask import Blueprint, Flask, Response, g, render_template
from flask.sansio.blueprints import BlueprintSetupState
from flask_babel import refresh

from eventapp.accounts.queries import only_host
from eventapp.calendars.answers import calendar_answer
from eventapp.desk import queries
from eventapp.desk.front import big_day, front_of, heading_of
from eventapp.desk.kept_pages import kept_page, page_answer
from eventapp.desk.personal_sheet import personal_sheet
from eventapp.desk.programme.arranging import days_of
from eventapp.desk.programme.linked_data import Describer
from eventapp.desk.programme.reading import read
from eventapp.desk.programme.surroundings import about, base_url
from eventapp.desk.queries import FrontVersion
from eventapp.desk.revisits import RevisitAnswers
from eventapp.desk.standing import off, places_fact
from eventapp.events.calendar_entry import event_calendar_file, tentative_calendar_file
from eventapp.events.permissions import public_event
from eventapp.events.queries import past_public_events, public_events, rooms_of
from eventapp.foundation.access import bearer, public
from eventapp.foundation.errors import NotFound
from eventapp.foundation.i18n import current_locale
from eventapp.registrations.by_link_queries import Opened
from eventapp.registrations.permissions import (
    opened_for_guest,
)
from eventapp.registrations.states import RegistrationState

blueprint = Blueprint("desk", __name__)


@blueprint.record_once
def answer_revisits_early(state: BlueprintSetupState) -> None:
    """Repeated visits with nothing new to tell need not wait for the rest of the application."""
    app = cast("Flask", state.app)
    app.wsgi_app = RevisitAnswers(app)  # type: ignore[method-assign]  # Flask documents it


@blueprint.route("/")
@public
def index() -> str:
    """What is coming up, next event first, and what has been."""
    rows = [
        (event, heading_of(event), big_day(event), places_fact(event, version), off(version.phase))
        for event, version in queries.with_versions(public_events())
    ]
    past = [(event, heading_of(event)) for event in past_public_events()]
    return render_template("desk/index.html", rows=rows, past=past, host=only_host())


@blueprint.route("/e/<slug>/")
@public
def event_page(slug: str) -> Response:
    """Date, place, programme, calendar and partners of an event."""
    version = queries.front_version(slug)
    if version is None:
        raise NotFound
    return page_answer(kept_page((current_locale(), version), lambda: _front_page(slug, version)))


def _front_page(slug: str, version: FrontVersion) -> str:
    event = public_event(slug)
    shown = read(event, version.news_on)
    return render_template(
        "desk/event_page.html",
        **about(shown),
        front=front_of(event, rooms_of(event), shown.programme, version),
        days=days_of(shown.programme, event.zone),
        json_ld=Describer(event, shown.people, base_url()).whole(shown.programme),
        phase=version.phase,
    )


@blueprint.route("/r/<token>")
@bearer
def personal_page(token: str) -> str:
    """A guest's own page: where they stand, the pass, the calendar, consents, what to change."""
    return personal_sheet(token, _opened(token))


@blueprint.route("/r/<token>/calendar.ics")
@bearer
def personal_calendar_file(token: str) -> Response:
    """The event as one calendar entry, the same that the confirmation carries.

    Tentative for who waits. Raises NotFound for who does not come.
    """
    registration = _opened(token).registration
    if not registration.is_live:
        raise NotFound
    event = registration.event
    waits = registration.state is not RegistrationState.CONFIRMED
    make = tentative_calendar_file if waits else event_calendar_file
    return calendar_answer(
        lambda: make(event, current_locale(), base_url()),
        etag=f"{event.id}-{event.revision}-{registration.state}-{current_locale()}",
        last_modified=event.last_modified_at,
        name=event.slug,
    )


def _opened(token: str) -> Opened:
    opened = opened_for_guest(token)
    g.guest_locale = opened.registration.locale
    refresh()
    return opened
