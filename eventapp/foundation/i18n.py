"""Languages at the edge: which one the reader wants, and how dates and numbers look in it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.support import NullTranslations
from flask import Flask, g, has_app_context, request
from flask.globals import _cv_app, _cv_request
from flask_babel import Babel, Domain, force_locale, get_domain, get_locale
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header, parse_cookie

from eventapp.foundation.message import N_, Message, install_translator, message, plural_message

__all__ = ["N_", "Message", "message", "plural_message"]  # so that edges need one import

LOCALES = ("de", "en")
COOKIE = "lang"
_DAY = {"de": "EEE, dd.MM.yyyy", "en": "EEE d MMM yyyy"}
_LONG_DAY = {"de": "EEEE, d. MMMM yyyy", "en": "EEEE, d MMMM yyyy"}
_DAY_OF_YEAR = {"de": "dd.MM.", "en": "d MMM"}
_SHORT_DAY = {"de": "dd.MM.yyyy", "en": "d MMM yyyy"}
_CLOCK_SUFFIX = {"de": " Uhr", "en": ""}
_catalogues: dict[str, NullTranslations] = {}


def init_i18n(app: Flask, *, default: str) -> None:
    """Set up translations, filters and the choice of language."""
    babel = Babel(
        app,
        default_locale=default,
        default_translation_directories=str(Path(__file__).parent.parent / "translations"),
        locale_selector=choose_locale,
    )
    babel.domain_instance = _Words()
    app.config["DEFAULT_LOCALE"] = default
    install_translator(_translate)
    app.after_request(_remember_choice)
    for helper in FILTERS:
        app.add_template_filter(helper)
    app.add_template_global(current_locale)
    # newstyle: Jinja itself fills in placeholders, and escapes what goes into them
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # Babel's extension
        lambda text: _catalogue().ugettext(text),
        lambda one, many, count: _catalogue().ungettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals.update(_=_written_out, gettext=_written_out)


class _Words(Domain):  # type: ignore[misc]  # Flask-Babel says nothing of its types
    """Where Python's own texts come from."""

    def get_translations(self) -> NullTranslations:
        """Past Flask-Babel's way, which writes out the name of the locale for each text."""
        return _catalogue()

    def read(self) -> NullTranslations:
        """The catalogue of the current language, from its file."""
        words: NullTranslations = super().get_translations()
        return words


@pass_context
def _written_out(context: Context, text: str, **values: Any) -> str:
    """A text of a template as Jinja's own function gives it, which takes three calls for one."""
    words = _catalogue().ugettext(text)
    if context.eval_ctx.autoescape:
        words = Markup(words)  # noqa: S704 - our own words; what goes into them is escaped
    return words % values if values or "%" in words else words


def _catalogue() -> NullTranslations:
    """The page's texts, quickly: a page has hundreds, and Flask-Babel takes 0.03 ms for each."""
    if not has_app_context():
        return NullTranslations()  # as Flask-Babel says it then: and not to be kept for others
    locale = current_locale()
    if locale not in _catalogues:
        _catalogues[locale] = get_domain().read()
    return _catalogues[locale]


def _translate(text: Message) -> str:
    words = _catalogue()
    if text.plural is not None:
        return text.fill(words.ungettext(text.msgid, text.plural, text.count))
    return text.fill(words.ugettext(text.msgid))


def choose_locale() -> str | None:
    """The language asked for, chosen before, of the guest, or of the browser; else the default."""
    context = _cv_request.get(None)  # the very object: every request comes here
    if context is None:
        return None
    visit = context.request
    asked = visit.args.get("lang") if visit.query_string else None
    asked = asked or visit.cookies.get(COOKIE) or g.get("guest_locale")
    if asked in LOCALES:
        return str(asked)
    return locale_of_browser(visit.environ.get("HTTP_ACCEPT_LANGUAGE", ""))


def locale_of_visit(environ: Mapping[str, Any]) -> str | None:
    """What `choose_locale` says of a request that asks for no language and shows no guest."""
    cookies = environ.get("HTTP_COOKIE", "")
    chosen = parse_cookie(cookies).get(COOKIE) if COOKIE in cookies else None
    if chosen in LOCALES:
        return chosen
    return locale_of_browser(environ.get("HTTP_ACCEPT_LANGUAGE", ""))


@lru_cache(maxsize=500)
def locale_of_browser(accepted: str) -> str | None:
    """The best of our languages for a header Accept-Language; None where it wants neither."""
    return parse_accept_header(accepted, LanguageAccept).best_match(LOCALES)


def _remember_choice(response: Any) -> Any:
    """Keep an explicit choice; a feed never gets a cookie, a page says what it depends on.

    A view sets `g.language_once` where the language is the address's alone: no cookie remembers it.
    """
    asked = request.args.get("lang") if request.query_string else None
    if asked in LOCALES and response.mimetype == "text/html" and not g.get("language_once"):
        response.set_cookie(
            COOKIE, asked, max_age=31536000, samesite="Lax", httponly=True, secure=request.is_secure
        )
    return response


def current_locale() -> str:
    """ "de" or "en": the language in which the current page or mail is written."""
    context = _cv_app.get(None)  # the very object: a page asks this hundreds of times
    kept = context.g.get("_flask_babel") if context is not None else None
    chosen: Locale | None = getattr(kept, "babel_locale", None) or _settled()
    return chosen.language if chosen is not None and chosen.language in LOCALES else "de"


def _settled() -> Locale | None:
    """What Flask-Babel will say from now on in this request, without its parsing the name."""
    context, asked = _cv_app.get(None), choose_locale()
    if context is None or asked is None:
        return cast("Locale | None", get_locale())
    kept = context.g.setdefault("_flask_babel", SimpleNamespace())
    kept.babel_locale = _locale(asked)
    return _locale(asked)


@lru_cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@contextmanager
def use_locale(locale: str) -> Iterator[None]:
    """Write in another language than the page's, as mails do."""
    with force_locale(locale):
        yield


def localised(thing: object, name: str, locale: str | None = None) -> str:
    """The text `name` of a thing in the reader's language, else in the other one, else ""."""
    first = locale or current_locale()
    second = "en" if first == "de" else "de"
    return getattr(thing, f"{name}_{first}", "") or getattr(thing, f"{name}_{second}", "") or ""


def written_in(thing: object, name: str) -> str:
    """The language of what `localised` gives: the reader's if the thing has a text in it."""
    first = current_locale()
    return first if getattr(thing, f"{name}_{first}", "") else ("en" if first == "de" else "de")


@lru_cache(maxsize=2000)
def _written(day: date, pattern: str, locale: str) -> str:
    """A day in words; a list shows the same few again and again."""
    return format_date(day, pattern, locale=locale)


def format_day(day: date) -> str:
    """ "Do., 24.06.2027" or "Thu 24 Jun 2027"."""
    locale = current_locale()
    return _written(day, _DAY[locale], locale)


def format_long_day(day: date) -> str:
    """ "Donnerstag, 24. Juni 2027"."""
    locale = current_locale()
    return _written(day, _LONG_DAY[locale], locale)


def format_day_of_year(day: date) -> str:
    """ "24.06." or "24 Jun", where the year is plain."""
    locale = current_locale()
    return _written(day, _DAY_OF_YEAR[locale], locale)


def format_short_day(moment: datetime, zone: str) -> str:
    """ "24.06.2027" or "24 Jun 2027", for columns of tables."""
    locale = current_locale()
    day = moment.astimezone(ZoneInfo(zone)).date()
    return _written(day, _SHORT_DAY[locale], locale)


def format_time(moment: datetime, zone: str) -> str:
    """ "15:30" on the wall clock of the zone."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def format_moment(moment: datetime, zone: str) -> str:
    """ "Do., 24.06.2027, 15:30 Uhr" on the wall clock of the zone."""
    day = format_day(moment.astimezone(ZoneInfo(zone)).date())
    return f"{day}, {format_time(moment, zone)}{_CLOCK_SUFFIX[current_locale()]}"


def format_clock(moment: datetime, zone: str) -> str:
    """ "15:30 Uhr" on the wall clock of the zone."""
    return format_time(moment, zone) + _CLOCK_SUFFIX[current_locale()]


def format_day_of(moment: datetime, zone: str) -> str:
    """ "Do., 24.06.2027": the day of a moment on the wall calendar of the zone."""
    return format_day(moment.astimezone(ZoneInfo(zone)).date())


def format_span(start: datetime, end: datetime, zone: str) -> str:
    """ "Do., 24.06.2027, 15:30–21:00 Uhr", with both days where a night lies between."""
    if end - start < timedelta(hours=24):
        return f"{format_day_of(start, zone)}, {format_range(start, end, zone)}"
    return f"{format_moment(start, zone)} – {format_moment(end, zone)}"


def format_range(start: datetime, end: datetime, zone: str) -> str:
    """ "16:50–17:35 Uhr" on the wall clock of the zone."""
    times = f"{format_time(start, zone)}–{format_time(end, zone)}"
    return times + _CLOCK_SUFFIX[current_locale()]


def format_number(number: float) -> str:
    """ "1.234" in German, "1,234" in English."""
    return _number_in(number, current_locale())


@lru_cache(maxsize=2000)  # Babel takes 0.1 ms, and pages show the same counts again and again
def _number_in(number: float, locale: str) -> str:
    return format_decimal(number, locale=locale)


FILTERS = (
    format_day,
    format_day_of_year,
    format_short_day,
    format_long_day,
    format_moment,
    format_range,
    format_time,
    format_clock,
    format_day_of,
    format_span,
    format_number,
    localised,
)
"""What templates may do to dates, numbers and texts."""
