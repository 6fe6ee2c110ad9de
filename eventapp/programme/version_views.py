"""Pages for organisers: every version of the programme that was public, and two side by side."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.programme import release_queries as queries
from eventapp.programme.actions import pending_of
from eventapp.programme.change_words import grouped
from eventapp.programme.comparing import Version, compare
from eventapp.programme.editing import frame
from eventapp.programme.history import chapters
from eventapp.programme.permissions import release_for_organiser
from eventapp.programme.snapshots import draft_version

blueprint = Blueprint(
    "programme_versions", __name__, url_prefix="/organise/<slug>/programme/versions"
)
DRAFT = "draft"


@blueprint.route("")
@signed_in(*ORGANISERS)
def versions(slug: str) -> str:
    """All releases, newest first, with who made them, why, and how much changed."""
    event = own_event(slug)
    releases = queries.releases_of(event)
    return render_template(
        "programme/organiser/versions.html",
        chapters=chapters(releases, queries.changed_sessions(event)),
        **frame(event, "versions"),
    )


@blueprint.route("/<int:release_number>")
@signed_in(*ORGANISERS)
def version(slug: str, release_number: int) -> str:
    """The programme as everybody could read it then."""
    event = own_event(slug)
    release = release_for_organiser(event, release_number)
    return render_template(
        "programme/organiser/version.html",
        release=release,
        shown=queries.programme_in(release),
        newest=queries.newest_release(event),
        **frame(event, "versions"),
    )


@blueprint.route("/compare")
@signed_in(*ORGANISERS)
def comparison(slug: str) -> ResponseReturnValue:
    """What differs between two versions, or a version and the draft."""
    event = own_event(slug)
    releases = queries.releases_of(event)
    before, after = _side(event, request.args.get("from")), _side(event, request.args.get("to"))
    differences = compare(before.sessions, after.sessions)
    return render_template(
        "programme/organiser/comparison.html",
        releases=releases,
        before=before,
        after=after,
        groups=grouped(differences, event.zone),
        **frame(event, "versions"),
    )


@dataclass(frozen=True)
class Side:
    """One of the two that are compared, as the form names it."""

    name: str
    sessions: Version


def _side(event: Event, wanted: str | None) -> Side:
    """The version of this number, else the draft. Raises NotFound for numbers of no release."""
    if wanted is None or not wanted.isdecimal():
        pending = pending_of(event)
        released = pending.released.sessions
        return Side(DRAFT, draft_version(pending.programme.sessions, released))
    release = release_for_organiser(event, int(wanted[:9]))
    return Side(str(release.number), queries.kept(release).sessions)
