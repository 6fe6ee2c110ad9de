"""For everybody: what has changed in the programme, as a page and as a feed. Never a draft."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid5

from flask import Blueprint, Response, current_app, render_template

from eventapp.events.models import Event
from eventapp.events.permissions import public_event
from eventapp.foundation.access import public
from eventapp.foundation.http import conditional
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.message import Message
from eventapp.programme import release_queries as queries
from eventapp.programme.change_words import REASON_WORDS, ToldChange, grouped
from eventapp.programme.history import Chapter, chapters, without_internal
from eventapp.programme.release_models import ProgrammeRelease
from eventapp.programme.states import ReleaseReason

blueprint = Blueprint("programme", __name__)
SHOWN = 50
ATOM = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class ToldRelease:
    """A release in the reader's language; the first one says how many sessions it has."""

    release: ProgrammeRelease
    reason: Message | None
    groups: list[tuple[Message, list[ToldChange]]]
    sessions: int
    is_first: bool


@blueprint.route("/e/<slug>/changes")
@public
def changes(slug: str) -> Response:
    """The releases of the programme, newest first, each with what it changed."""
    event = public_event(slug)
    page = render_template("programme/changes.html", event=event, releases=_told(event))
    return _answer(page, "text/html; charset=utf-8")


@blueprint.route("/e/<slug>/changes.atom")
@public
def changes_feed(slug: str) -> Response:
    """The same as an Atom feed (RFC 4287), to be subscribed to."""
    event = public_event(slug)
    releases = _told(event)
    own_id = UUID(event.uid.partition("@")[0])
    feed = render_template(
        "programme/changes.xml",
        event=event,
        feed_id=own_id.urn,
        entry_ids={
            one.release.number: uuid5(own_id, f"release {one.release.number}").urn
            for one in releases
        },
        releases=releases,
        updated=releases[0].release.released_at if releases else event.created_at,
        base_url=str(current_app.config["SETTINGS"].base_url),
        language=current_locale(),
    )
    return _answer(feed, ATOM)


def _answer(text: str, content_type: str) -> Response:
    response = Response(text, content_type=content_type)
    return conditional(response, sha256(text.encode()).hexdigest()[:32])


def _told(event: Event) -> list[ToldRelease]:
    """The newest releases; what by now is internal has never been there. Two statements."""
    changed = without_internal(queries.changed_sessions(event))
    told = chapters(queries.releases_of(event), changed)[:SHOWN]
    return [_one(chapter, event.zone) for chapter in told if _says_something(chapter)]


def _says_something(chapter: Chapter) -> bool:
    return bool(chapter.differences or chapter.release.note_de or chapter.release.note_en)


def _one(chapter: Chapter, zone: str) -> ToldRelease:
    reason = chapter.release.reason
    shown = [] if chapter.is_first else grouped(chapter.differences, zone)
    return ToldRelease(
        release=chapter.release,
        reason=None if reason is ReleaseReason.DECIDED else REASON_WORDS[reason],
        groups=shown,
        sessions=len(chapter.differences),
        is_first=chapter.is_first,
    )
