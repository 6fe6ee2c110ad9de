"""The public programme for everybody: by time, room, kind; each session and person; changes."""

from typing import cast

from flask import Blueprint, Flask, Response, render_template, request
from flask.sansio.blueprints import BlueprintSetupState

from eventapp.desk.kept_pages import kept_page, page_answer, page_of
from eventapp.desk.programme import queries
from eventapp.desk.programme.arranging import (
    Arrangement,
    all_sessions,
    beside,
    chosen_day,
    days_of,
    people_in,
    sections_of,
)
from eventapp.desk.programme.linked_data import Describer
from eventapp.desk.programme.news import history_of_session
from eventapp.desk.programme.polls import NewsPolls, news_key
from eventapp.desk.programme.reading import read
from eventapp.desk.programme.surroundings import about, base_url, version_of
from eventapp.desk.queries import FrontVersion
from eventapp.events.permissions import public_event
from eventapp.events.queries import rooms_of
from eventapp.foundation.access import public
from eventapp.foundation.errors import NotFound, found
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.qr import qr_code
from eventapp.programme.kinds import kind_label

blueprint = Blueprint("desk_programme", __name__)


@blueprint.record_once
def answer_polls_early(state: BlueprintSetupState) -> None:
    """Phones that ask whether something has changed need not wait for the whole application."""
    app = cast("Flask", state.app)
    app.wsgi_app = NewsPolls(app)  # type: ignore[method-assign]  # Flask documents it


@blueprint.route("/e/<slug>/programme")
@public
def programme(slug: str) -> Response:
    """A day of the programme by time, by room or by kind."""
    version = version_of(slug)
    by, day = _arrangement(request.args.get("by", "")), request.args.get("day", "")
    if day:  # anybody can write any day: only what everybody opens is kept
        return page_answer(page_of(_programme(slug, version, by, day)))
    key = ("programme", current_locale(), version.of_programme, by)
    return page_answer(kept_page(key, lambda: _programme(slug, version, by, "")))


def _arrangement(name: str) -> Arrangement:
    return Arrangement(name) if name in set(Arrangement) else Arrangement.TIME


def _programme(slug: str, version: FrontVersion, by: Arrangement, asked: str) -> str:
    shown = read(public_event(slug), version.news_on)
    event, days = shown.event, days_of(shown.programme, shown.event.zone)
    day = chosen_day(days, asked, version.news_on)
    url = f"{base_url()}/e/{event.slug}/programme"
    in_sections = day is not None and by is not Arrangement.TIME
    return render_template(
        "desk/programme/programme.html",
        **about(shown),
        by=by,
        days=days,
        day=day,
        sections=sections_of(day, by, rooms_of(event)) if day and in_sections else [],
        page_url=url,
        qr=qr_code(url),
        json_ld=Describer(event, shown.people, base_url()).whole(shown.programme),
    )


@blueprint.route("/e/<slug>/sessions/<uid>")
@public
def session(slug: str, uid: str) -> Response:
    """One session: when, where, who, what else is on, and what has changed about it."""
    version = version_of(slug)
    shown = read(public_event(slug), version.news_on)
    one = found({each.uid: each for each in all_sessions(shown.programme)}.get(uid))
    cancelled = one.id in {each.id for each in shown.programme.cancelled}
    changed = shown.programme.stand is not None
    history = queries.history_of(shown.event) if changed else []
    page = render_template(
        "desk/programme/session.html",
        **about(shown),
        session=one,
        cancelled=cancelled,
        kind=kind_label(one.kind),
        changes=history_of_session(history, one.id, shown.event.zone),
        beside=beside(one, shown.programme),
        json_ld=Describer(shown.event, shown.people, base_url()).one(one, cancelled=cancelled),
    )
    return page_answer(page_of(page))


@blueprint.route("/e/<slug>/people/<speaker_id>")
@public
def person(slug: str, speaker_id: str) -> Response:
    """A person whom the programme names, and all their sessions."""
    version = version_of(slug)
    shown = read(public_event(slug), version.news_on)
    contributor = found(queries.contributor_at(shown.event, speaker_id))
    parts = [
        (each, one)
        for each in all_sessions(shown.programme)
        for one in people_in(each)
        if one.id == contributor.id
    ]
    if not parts:  # named in the draft alone, or not any more
        raise NotFound
    page = render_template(
        "desk/programme/person.html",
        **about(shown),
        person=parts[0][1],
        contributor=contributor,
        sessions=list({each.id: each for each, _one in parts}.values()),
        off={each.id for each in shown.programme.cancelled},
    )
    return page_answer(page_of(page))


@blueprint.route("/e/<slug>/news")
@public
def news(slug: str) -> Response:
    """What has changed today, to be put into a page that is open."""
    version = version_of(slug)
    key = news_key(current_locale(), version)
    return page_answer(kept_page(key, lambda: _news(slug, version)))


def _news(slug: str, version: FrontVersion) -> str:
    event = public_event(slug)
    if version.news_on is None:
        return ""
    return render_template("desk/programme/news.html", **about(read(event, version.news_on)))
