"""Flask without what it asks anew for each request, though the answer never changes.

Every request passes here, so what it costs is paid by the most cached page as well. See 0044.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response
from flask.globals import _cv_request
from flask.sessions import (
    SecureCookieSession,
    SecureCookieSessionInterface,
    SessionMixin,
)
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule


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
            self._serializer, self._keys = super().get_signing_serializer(app), keys
        return self._serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """As Flask's; who brings no cookie has an empty session."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """As Flask's; what nobody looked at has not changed, and is not kept beyond the browser."""
        if session.accessed or session.modified:
            super().save_session(app, session, response)


class WebApplication(Flask):
    """The application; its views and hooks are ordinary functions, its addresses have no host."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """As Flask's."""
        super().__init__(*args, **options)
        self.session_interface = CookieSessions()
        self._only_rules: dict[str, Rule | None] = {}

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """`func` itself. Flask looks a dozen times a request whether it is a coroutine."""
        return func

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
