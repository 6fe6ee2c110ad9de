"""The programme where it hangs or stands elsewhere: the foyer's screen, frames on other sites."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, current_app, g, render_template, request

from eventapp.desk.kept_pages import kept_page, page_answer
from eventapp.desk.programme.arranging import days_of
from eventapp.desk.programme.reading import read
from eventapp.desk.programme.slides import Slide, slides_of
from eventapp.desk.programme.surroundings import about, version_of
from eventapp.desk.queries import FrontVersion
from eventapp.events.models import Event
from eventapp.events.permissions import public_event
from eventapp.foundation import clock
from eventapp.foundation.access import public
from eventapp.foundation.http import for_frames_anywhere
from eventapp.foundation.i18n import LOCALES, locale_of_browser, localised, use_locale
from eventapp.foundation.message import message

blueprint = Blueprint("desk_frames", __name__)


@blueprint.route("/e/<slug>/embed")
@public
def embed(slug: str) -> Response:
    """The programme in a frame of any other site: no script, no form, no cookie."""
    version, locale = version_of(slug), _asked() or _of_browser()
    key = ("embed", locale, version.of_programme)
    with use_locale(locale):
        return for_frames_anywhere(page_answer(kept_page(key, lambda: _embed(slug, version))))


def _embed(slug: str, version: FrontVersion) -> str:
    shown = read(public_event(slug), version.news_on)
    days = days_of(shown.programme, shown.event.zone)
    return render_template("desk/programme/embed.html", **about(shown), days=days)


@blueprint.route("/e/<slug>/screen")
@public
def screen(slug: str) -> Response:
    """Now, next, rooms and changes, for a large screen; in both languages unless one is asked for.

    What is shown depends on the clock, to the minute.
    """
    version, asked = version_of(slug), _asked()
    now = clock.now().replace(second=0, microsecond=0)
    key = ("screen", asked, version.of_programme, now)
    return page_answer(kept_page(key, lambda: _screen(slug, version, asked, now)))


def _screen(slug: str, version: FrontVersion, asked: str, now: datetime) -> str:
    event = public_event(slug)
    boards = [_board(event, version, locale) for locale in ([asked] if asked else LOCALES)]
    with use_locale(asked or boards[0].locale):
        return render_template(
            "desk/programme/screen.html", event=event, boards=boards, now=now, zone=event.zone
        )


@dataclass(frozen=True)
class Board:
    """All that the screen shows in one language, and the few words around it."""

    locale: str
    title: str
    slides: Sequence[Slide]
    stand: str
    offline: str
    pause: str
    go_on: str


def _board(event: Event, version: FrontVersion, locale: str) -> Board:
    with use_locale(locale):
        shown = read(event, version.news_on)
        return Board(
            locale,
            localised(event, "title"),
            slides_of(event, shown.programme, shown.latest.today),
            *(str(words) for words in _WORDS),
        )


_WORDS = (
    message("As of {time}"),
    message("No connection, as of {time}"),
    message("Pause"),
    message("Go on"),
)
"""The screen fills in the time itself."""


def _asked() -> str:
    """The language of the address, which is this page's alone; "" where it names none."""
    g.language_once = True
    asked = request.args.get("lang", "")
    return asked if asked in LOCALES else ""


def _of_browser() -> str:
    accepted = request.headers.get("Accept-Language", "")
    return locale_of_browser(accepted) or str(current_app.config["DEFAULT_LOCALE"])
