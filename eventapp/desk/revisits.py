"""Repeated visits to a public page that find nothing new, answered before the application begins.

A browser that has the page asks with its ETag. That costs one small SELECT here; through session,
hooks and log it would cost twice as much. Everything else passes on untouched: this may only say
what the page itself would.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.exc import OperationalError

from eventapp.desk.kept_pages import held_already, known_page, validators
from eventapp.desk.queries import front_version
from eventapp.foundation.database import db
from eventapp.foundation.http import allowed_hosts
from eventapp.foundation.i18n import locale_of_visit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PAGE = re.compile(r"/e/([a-z0-9-]+)/")


class RevisitAnswers:
    """Stands before the application and sends 304 where a visitor has the current page."""

    def __init__(self, app: Flask) -> None:
        """`app` with its extensions; what it did before it goes on doing behind this."""
        self._app = app
        self._hosts = allowed_hosts(app.config["SETTINGS"])
        self._behind: WSGIApplication = app.wsgi_app
        with app.app_context():
            self._engine = db.engine

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer, or pass on."""
        try:
            headers = self._nothing_new(environ)
        except OperationalError:  # the application has a page for a database that is away
            headers = None
        if headers is None:
            return self._behind(environ, start_response)
        start_response("304 NOT MODIFIED", list(headers.items()))
        return []

    def _nothing_new(self, environ: "WSGIEnvironment") -> dict[str, str] | None:
        """The headers of the 304 for a page that this process has rendered before; else None."""
        if "HTTP_IF_NONE_MATCH" not in environ or environ.get("QUERY_STRING"):
            return None
        page = PAGE.fullmatch(environ["PATH_INFO"])
        if page is None or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return None
        if environ.get("HTTP_HOST") not in self._hosts:
            return None
        version = front_version(page[1], self._engine)
        locale = locale_of_visit(environ) or self._app.config["DEFAULT_LOCALE"]
        kept = known_page((locale, version)) if version else None
        if kept is None:
            return None
        headers = validators(kept, environ.get("HTTP_ACCEPT_ENCODING", ""))
        return headers if held_already(headers["ETag"], environ["HTTP_IF_NONE_MATCH"]) else None
