"""Door signs as PDF, of what everybody sees."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import NotFound, found
from eventapp.foundation.papers import PDF, typeset
from eventapp.programme.day_of import queries
from eventapp.programme.day_of.permissions import day_shown
from eventapp.programme.day_of.signs import Sign, change_signs, paper, room_signs, session_sign
from eventapp.programme.permissions import release_for_organiser

blueprint = Blueprint(
    "programme_door_signs", __name__, url_prefix="/organise/<slug>/programme/signs"
)
TEMPLATE = "programme/day_of/signs.typ"


@blueprint.route("/rooms.pdf")
@signed_in(*ORGANISERS)
def rooms(slug: str) -> Response:
    """A sign for each room with what takes place there on a day."""
    event = own_event(slug)
    sessions = queries.day_of(event).on
    days = {one.starts_at.astimezone(ZoneInfo(event.zone)).date() for one in sessions}
    day = _asked(event, sorted(days))
    return _pdf(event, room_signs(event, sessions, day), f"tuerschilder-{day.isoformat()}")


def _asked(event: Event, days: Sequence[date]) -> date:
    wanted = request.args.get("day", "")
    shown = day_shown(event)
    usual = shown if shown in days else (days or [shown])[0]
    return next((day for day in days if day.isoformat() == wanted), usual)


@blueprint.route("/<int:session_id>.pdf")
@signed_in(*ORGANISERS)
def session(slug: str, session_id: int) -> Response:
    """The sign of one session."""
    event = own_event(slug)
    on = queries.day_of(event).on
    shown = found(next((one for one in on if one.session_id == session_id), None))
    return _pdf(event, [session_sign(event, shown)], f"tuerschild-{shown.key}")


@blueprint.route("/version-<int:release_number>.pdf")
@signed_in(*ORGANISERS)
def moved(slug: str, release_number: int) -> Response:
    """What a release made otherwise: "moved to …" for the old door, "does not take place"."""
    event = own_event(slug)
    release = release_for_organiser(event, release_number)
    differences = queries.differences_of(event, release)
    return _pdf(event, change_signs(event, differences), f"tuerschilder-fassung-{release.number}")


def _pdf(event: Event, signs: Sequence[Sign], name: str) -> Response:
    if not signs:
        raise NotFound
    response = Response(typeset(TEMPLATE, paper(event, signs)), content_type=PDF)
    filename = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name)
    response.headers["Content-Disposition"] = f'inline; filename="{filename}.pdf"'
    return response
