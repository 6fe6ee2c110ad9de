"""Flask without what it asks anew for each request, though the answer never changes.

Every request passes here, so what it costs is paid by the most cached page as well. See 0044.
"""

import re
from collections.abc import Callable
from typing import Any, cast

from flask import Flask, Request, Response
from flask.globals import _cv_request
from flask.sessions import (
    SecureCookieSession,
    SecureCookieSessionInterface,
    SessionMixin,
)
from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.routing import MapAdapter, Rule
from werkzeug.sansio.http import parse_cookie
from werkzeug.utils import cached_property

from eventapp.foundation.signing import KeyedSerializer

OK = 200
BODILESS = frozenset({204, 304})
PLAIN_PLACE = re.compile(r"[A-Za-z0-9/._~?&=-]*")  # stays as it is when written as an address
Cookies = ImmutableMultiDict[str, str]
PLAIN_HOST = re.compile(r"[a-z0-9.-]{1,250}(:(?!80$|443$)[0-9]{1,5})?")  # with no port of its kind


class LateRule(Rule):
    """Werkzeug's rule, whose code for writing addresses is compiled when the first is written.

    Doing so for all of them took most of the time in which the application is made.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - Werkzeug's own form
        compiled = super()._compile_builder
        name = "_build_unknown" if append_unknown else "_build"

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            ready = compiled(append_unknown).__get__(rule, None)
            setattr(rule, name, ready)
            return cast(tuple[str, str], ready(**values))

        return build


class CookieSessions(SecureCookieSessionInterface):
    """Flask's signed cookie; one signer for all requests, asked only where there is a cookie."""

    def __init__(self) -> None:
        """One for each application, since each has keys of its own."""
        self._keys: tuple[Any, ...] = ()
        self._serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """As Flask's, made once for the application's keys."""
        keys = (app.secret_key, *(app.config["SECRET_KEY_FALLBACKS"] or ()))
        if keys != self._keys:
            self._serializer, self._keys = _keyed(super().get_signing_serializer(app)), keys
        return self._serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """As Flask's; who brings no cookie has an empty session."""
        if self.get_cookie_name(app) not in request.environ.get("HTTP_COOKIE", ""):
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """As Flask's; one that has not changed is not written, as it ends with the browser."""
        if session.modified or session.permanent:
            super().save_session(app, session, response)
        elif session.accessed and "Cookie" not in response.headers.get("Vary", ""):
            response.vary.add("Cookie")


def _keyed(flasks: URLSafeTimedSerializer | None) -> KeyedSerializer | None:
    """What Flask signs with, by the shorter way."""
    if flasks is None:
        return None
    return KeyedSerializer(
        flasks.secret_keys,
        salt=flasks.salt,
        serializer=flasks.serializer,
        signer_kwargs=flasks.signer_kwargs,
    )


class PageRequest(Request):
    """Flask's request, which knows at once where its cookies are."""

    @cached_property
    def cookies(self) -> Cookies:
        """As Werkzeug's, which looks through all headers for more of them than a server gives."""
        sent = self.environ.get("HTTP_COOKIE", "")
        return cast(Cookies, parse_cookie(sent, cls=self.dict_storage_class))


class PageResponse(Response):
    """Flask's answer, whose headers are not copied where nothing has to be mended in them."""

    def get_wsgi_headers(self, environ: dict[str, Any]) -> Headers:
        """As Werkzeug's; an ordinary page lacks its length at most."""
        present = {name.lower(): value for name, value in self.headers}
        has_body = self.status_code >= OK and self.status_code not in BODILESS
        if not has_body or not self.is_sequence or "content-location" in present:
            return super().get_wsgi_headers(environ)
        if not PLAIN_PLACE.fullmatch(present.get("location", "")):
            return super().get_wsgi_headers(environ)
        if "content-length" not in present:
            self.headers.add("Content-Length", sum(map(len, self.iter_encoded())))
        return self.headers


class WebApplication(Flask):
    """The application; its views and hooks are ordinary functions, its addresses have no host."""

    url_rule_class = LateRule
    request_class = PageRequest
    response_class = PageResponse

    def __init__(self, *args: Any, **options: Any) -> None:
        """As Flask's."""
        super().__init__(*args, **options)
        self.session_interface = CookieSessions()
        self._only_rules: dict[str, Rule | None] = {}

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """`func` itself. Flask looks a dozen times a request whether it is a coroutine."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """As Flask's; the name of the host is looked at by `http`, which knows ours."""
        if request is None or not _is_plain(request.environ):
            return super().create_url_adapter(request)
        environ = request.environ
        request.host = environ["HTTP_HOST"]
        return MapAdapter(
            self.url_map, request.host, environ.get("SCRIPT_NAME") or "/", "",
            environ["wsgi.url_scheme"], environ["PATH_INFO"] or "/", environ["REQUEST_METHOD"],
            environ.get("QUERY_STRING"),
        )  # fmt: skip

    def url_for(
        self,
        /,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """As Flask's, in a third of the time for a plain path that has a single rule."""
        special = _anchor or _method or _scheme or _external
        path = None if special else self._path_here(endpoint, values)
        if path is not None:
            return path
        return super().url_for(
            endpoint, _anchor=_anchor, _method=_method, _scheme=_scheme, _external=_external,
            **values,
        )  # fmt: skip

    def _path_here(self, endpoint: str, values: dict[str, Any]) -> str | None:
        """The path within this request; None outside of one, or where one rule is not enough."""
        context = _cv_request.get(None)
        if context is None or context.url_adapter is None:
            return None
        if endpoint[:1] == ".":
            endpoint = f"{context.request.blueprint or ''}{endpoint}".lstrip(".")
        if endpoint not in self._only_rules:
            self._only_rules[endpoint] = self._only_rule(endpoint)
        rule = self._only_rules[endpoint]
        given = {name: value for name, value in values.items() if value is not None}
        if rule is None or not rule.arguments <= given.keys():
            return None
        built = rule.build(given)
        script = context.url_adapter.script_name.rstrip("/")
        return f"{script}/{built[1].lstrip('/')}" if built is not None else None

    def _only_rule(self, endpoint: str) -> Rule | None:
        """The only rule of an endpoint, if it has neither defaults nor a method of its own."""
        rules = [rule for rule in self.url_map.iter_rules() if rule.endpoint == endpoint]
        plain = len(rules) == 1 and not rules[0].defaults and not self.url_default_functions
        return rules[0] if plain else None


def _is_plain(environ: dict[str, Any]) -> bool:
    """Whether names and paths are such as Werkzeug would leave as they are."""
    host = environ.get("HTTP_HOST", "")
    return (
        PLAIN_HOST.fullmatch(host) is not None
        and f"{environ.get('SCRIPT_NAME', '')}{environ['PATH_INFO']}".isascii()
        and "HTTP_UPGRADE" not in environ
    )
