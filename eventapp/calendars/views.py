"""Calendar feeds and files for everybody."""

from typing import cast

from flask import Blueprint, Flask, Response, current_app, request
from flask.sansio.blueprints import BlueprintSetupState

from eventapp.calendars import feeds, queries
from eventapp.calendars.answers import calendar_answer
from eventapp.calendars.polls import PollAnswers
from eventapp.calendars.queries import FeedVersion
from eventapp.foundation.access import public
from eventapp.foundation.errors import NotFound
from eventapp.foundation.i18n import LOCALES

blueprint = Blueprint("calendars", __name__)


@blueprint.record_once
def answer_polls_early(state: BlueprintSetupState) -> None:
    """Put the short answer before the long way."""
    app = cast(Flask, state.app)
    app.wsgi_app = PollAnswers(app)  # type: ignore[method-assign]  # Flask documents this way


@blueprint.route("/e/<slug>/calendar.ics")
@public
def event_feed(slug: str) -> Response:
    """All sessions of the event, to subscribe to."""
    version, locale, base_url = _public_version(slug), _language(), _base_url()
    etag = feeds.etag_of(version, "feed", locale, base_url)
    return calendar_answer(
        lambda: feeds.event_feed(version, etag, locale, base_url),
        etag=etag, last_modified=version.last_modified_at, name=slug,
    )  # fmt: skip


@blueprint.route("/e/<slug>/event.ics")
@public
def event_file(slug: str) -> Response:
    """The event as one entry, to import once."""
    version, locale, base_url = _public_version(slug), _language(), _base_url()
    return calendar_answer(
        lambda: feeds.event_file(version, locale, base_url),
        etag=feeds.etag_of(version, "event", locale, base_url),
        last_modified=version.last_modified_at, name=slug,
    )  # fmt: skip


@blueprint.route("/e/<slug>/sessions/<uid>.ics")
@public
def session_file(slug: str, uid: str) -> Response:
    """One session, to import once."""
    version, locale, base_url = _public_version(slug), _language(), _base_url()
    session = queries.session_in_calendar(version, uid)
    if session is None:
        raise NotFound
    return calendar_answer(
        lambda: feeds.session_file(version, session, locale, base_url),
        etag=feeds.etag_of(version, "session", uid, locale, base_url),
        last_modified=version.last_modified_at, name=f"{slug}-{session.key}",
    )  # fmt: skip


def _public_version(slug: str) -> FeedVersion:
    version = queries.feed_version(slug)
    if version is None:
        raise NotFound
    return version


def _language() -> str:
    """The language asked for in the address; headers and cookies differ from poll to poll."""
    asked = request.args.get("lang")
    return asked if asked in LOCALES else str(current_app.config["DEFAULT_LOCALE"])


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].base_url)
