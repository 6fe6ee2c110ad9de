"""The programme for programs of others: what everybody may see, never a draft."""

from collections.abc import Callable

from flask import Blueprint, Response, current_app, request, url_for

from eventapp.events.permissions import public_event
from eventapp.foundation.access import public
from eventapp.foundation.http import conditional
from eventapp.foundation.i18n import LOCALES, localised, use_locale
from eventapp.programme.release_queries import public_programme
from eventapp.programme.schedule_files import to_schedule_json, to_schedule_xml
from eventapp.programme.schedule_plan import Head, Plan, plan_of

blueprint = Blueprint("programme_schedule", __name__)
CACHING = "public, max-age=300"


@blueprint.route("/e/<slug>/schedule.xml")
@public
def schedule_xml(slug: str) -> Response:
    """The programme as frab and pretalx write it."""
    return _answer(slug, "application/xml", to_schedule_xml)


@blueprint.route("/e/<slug>/schedule.json")
@public
def schedule_json(slug: str) -> Response:
    """The same in JSON."""
    return _answer(slug, "application/json", to_schedule_json)


def _answer(slug: str, mimetype: str, write: Callable[[Plan], bytes]) -> Response:
    """The file, or 304 where the asker has it; the same for everybody."""
    event = public_event(slug)
    locale = _language()
    response = Response(mimetype=mimetype)
    response.headers["Cache-Control"] = CACHING
    conditional(response, f"{event.id}-{event.revision}-{locale}-{mimetype}")
    if response.status_code == 304:
        return response
    with use_locale(locale):
        head = Head(
            title=localised(event, "title"),
            slug=event.slug,
            url=f"{current_app.config['SETTINGS'].base_url}{url_for('desk.event_page', slug=slug)}",
            zone=event.zone,
            version=str(event.revision),
            first_day=event.starts_on,
        )
        response.data = write(plan_of(head, public_programme(event)))
    return response


def _language() -> str:
    """The language asked for in the address; headers and cookies differ from poll to poll."""
    asked = request.args.get("lang")
    return asked if asked in LOCALES else str(current_app.config["DEFAULT_LOCALE"])
